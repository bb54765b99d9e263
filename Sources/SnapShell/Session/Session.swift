import CloudAPI
import CloudClient
import SnapCommands
package import SnapLanguage
import SnapOutput
import SnapPlugins
import SnapRun
import Synchronization

/// What a running script sees of the program: where results go, and who carries out changes.
package final class Session: Host {
  let current: CurrentSettings
  var settings: Settings { current.value }
  let console: Console
  let cloud: CloudSession
  let runs: RunKeeper
  let planner: Planner
  package let cancellation = Cancellation()
  /// Whether a person has asked for the very results: at the prompt or by a command of its own.
  private let mayPage: Bool
  private let environmentValues: [String: String]
  private let canAsk: Bool
  /// Held while a question is open: the bodies of a parallel loop ask one after the other.
  let asking = Mutex(())
  /// Changes of the statement that is running that a person has agreed to, and how often.
  let agreed = Mutex<[Agreement: Int]>([:])
  /// Deletions that count against the limit already.
  let deletions = Mutex(0)
  let changedSomething = Mutex(false)
  /// Whether a person wants guards for all restores of the statement.
  let guardsFirst = Mutex(false)
  /// How the changes of the statement's commands have ended.
  let statementEnds = Mutex(StatementEnds())
  /// Snapshots that the statement has made.
  let made = Mutex<Set<SnapshotID>>([])
  /// Whether a plan is being written: a script's results are not shown then.
  let isWritingPlan = Mutex(false)
  /// The plugins that are asked and told; nil where there can be none.
  let hooks = Mutex<PluginHooks?>(nil)
  /// What a person has agreed to because a hook wanted to know.
  let hookAgreed = Mutex<Set<String>>([])
  /// What the statement that runs has changed, for hooks.
  let endedSteps = Mutex<[StepResult]>([])
  /// Runs a text on its own: a script that is planned, or the rest of a run that is resumed.
  let nested = Mutex<(@Sendable (RunText) -> Int32)?>(nil)

  init(
    settings: CurrentSettings, console: Console, cloud: CloudSession, journal: JournalFile,
    environment: [String: String], canAsk: Bool, mayPage: Bool
  ) {
    self.mayPage = mayPage
    current = settings
    self.console = console
    self.cloud = cloud
    runs = RunKeeper(settings: settings, journal: journal)
    planner = Planner(cloud)
    environmentValues = environment
    self.canAsk = canAsk
  }

  package var isPreviewing: Bool { false }

  var question: Question {
    Question(settings: settings, console: console, canAsk: canAsk, hasSent: hasChanged)
  }

  /// Whether the script, or the line of the prompt, has sent a change.
  var hasChanged: Bool { changedSomething.withLock { $0 } }

  package func environment(_ name: String) -> String? { environmentValues[name] }

  package func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try cloud.row(for: value, as: type, host: self)
  }

  package func note(_ failure: Failure) {
    showResults(of: failure)
    console.report(failure)
  }

  /// What became of each change of a command of which some went wrong, in a form for programs.
  func showResults(of failure: Failure) {
    guard case .list(var rows)? = failure.thrown, ChangeRecords.areResults(rows), !isForPeople
    else { return }
    // Who goes on with ids means what was done.
    if settings.output == .ids { rows.removeAll { !ChangeRecords.isSuccess($0) } }
    // Whoever reads has gone, or learns of it by the failure.
    try? show(.value(.list(rows)))
  }

  package func leavesOut(_ what: String) -> Bool {
    guard settings.isDryRun else { return false }
    console.note("dry run: left out: \(what)")
    return true
  }

  package func show(_ flow: Flow) throws {
    if case .value(.list(let rows)) = flow, ChangeRecords.areResults(rows), isForPeople { return }
    if isWritingPlan.withLock({ $0 }) {
      _ = try flow.collect()
      return
    }
    let isList = if case .rows = flow { true } else { false }
    do {
      let written = try write(flow)
      if isList, written.rows == 0, isForPeople { console.note("no rows") }
      let help = mayPage ? "set output wide" : "-o wide"
      if let note = written.note(help: help) { console.note(note) }
    } catch let error as EncodeError {
      throw error.failure
    }
  }

  /// What a person has seen enough of in the pager counts as written.
  private func write(_ flow: Flow) throws -> ValueWriter.Written {
    let writer = ValueWriter(style: console.style(settings.output))
    guard mayPage,
      let pager = Pager(
        console: console, command: settings.pager, environment: environmentOfPager,
        cancellation: cancellation)
    else { return try writer.write(flow) { try console.data($0) } }
    do {
      let written = try writer.write(flow) { try pager.write($0) }
      try console.attended { try pager.finish() }
      return written
    } catch is PagerClosed {
      try pager.finish()
      return ValueWriter.Written(rows: 1)
    } catch {
      try console.attended { try pager.finish() }
      throw error
    }
  }

  /// Lines that are longer than the screen are moved sideways, not broken.
  private var environmentOfPager: [String: String] {
    settings.output == .wide
      ? environmentValues.merging(["LESS": "FRSX"]) { own, _ in own } : environmentValues
  }

  /// Whether results are shown in a form in which the lines on stderr have told the same.
  private var isForPeople: Bool { settings.output == .table || settings.output == .wide }

  package func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    switch effects {
    case let changes as Changes: try perform(changes, at: span)
    case let request as ResumeRequest: try resume(request.run)
    case let request as JobRequest: try wait(for: request)
    case let request as PlanRequest: try plan(request)
    case let request as ApplyRequest: try apply(request)
    case let request as ConfirmRequest: .value(.bool(try confirm(request.text)))
    default: .nothing
    }
  }

  func connect() throws -> CloudClient {
    let cloud = cloud
    return try wait { try await cloud.client() }
  }

  /// Before a script, or a line of the prompt.
  func begin(_ text: RunText) {
    deletions.withLock { $0 = 0 }
    changedSomething.withLock { $0 = false }
    if settings.isDryRun { planner.begin() } else { runs.begin(text) }
  }

  /// After it: says how to go on when something is left.
  func end(exitCode: Int32) {
    if settings.isDryRun, !isWritingPlan.withLock({ $0 }) { planner.end() }
    let runs = runs
    guard let run = try? wait(for: { await runs.end(exitCode: exitCode) }),
      exitCode != ExitCode.done, let record = try? runs.journal.opened().run(run)
    else { return }
    if record.isUnfinished {
      console.note("'resume \(run)' goes on from here; 'runs show \(run)' shows what was done")
    } else if exitCode == ExitCode.interrupted, record.counts[.accepted] ?? 0 > 0 {
      console.note("'jobs' shows what goes on in the cloud; 'wait %\(run)' waits for it again")
    }
  }
}
