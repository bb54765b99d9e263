import CloudAPI
import CloudClient
package import SnapCommands
package import SnapLanguage
import SnapOutput
import SnapRun
import Synchronization

/// What a running script sees of the program: where results go, and who carries out changes.
package final class Session: Host {
  let settings: Settings
  let console: Console
  let cloud: CloudSession
  package let cancellation = Cancellation()
  private let environmentValues: [String: String]
  /// Changes of the statement that is running that a person has agreed to, and how often.
  private let agreed = Mutex<[Endpoint: Int]>([:])
  private let question: Question
  /// Held while a question is open: the bodies of a parallel loop ask one after the other.
  private let asking = Mutex(())
  /// Deletions that count against the limit already.
  private let deletions = Mutex(0)
  private let pacer: Pacer
  private let changedSomething = Mutex(false)

  package init(
    settings: Settings, console: Console, cloud: CloudSession, environment: [String: String],
    canAsk: Bool
  ) {
    self.settings = settings
    self.console = console
    self.cloud = cloud
    environmentValues = environment
    question = Question(settings: settings, console: console, canAsk: canAsk)
    pacer = Pacer(rate: settings.limits.rate)
  }

  package var isPreviewing: Bool { false }

  /// Whether a change was sent since the session began.
  var hasChanged: Bool { changedSomething.withLock { $0 } }

  package func environment(_ name: String) -> String? { environmentValues[name] }

  package func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try cloud.row(for: value, as: type, host: self)
  }

  package func note(_ failure: Failure) { console.report(failure) }

  package func show(_ flow: Flow) throws {
    if case .value(.list(let rows)) = flow, ChangeRecords.areResults(rows), isForPeople { return }
    let isList = if case .rows = flow { true } else { false }
    do {
      let written = try ValueWriter(style: console.style(settings.output)).write(flow) { text in
        try console.data(text)
      }
      if isList, written.rows == 0, isForPeople { console.note("no rows") }
      if let note = written.note { console.note(note) }
    } catch let error as EncodeError {
      throw error.failure
    }
  }

  /// Whether results are shown in a form in which the lines on stderr have told the same.
  private var isForPeople: Bool { settings.output == .table || settings.output == .wide }

  package func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    guard let changes = effects as? Changes else { return .nothing }
    guard !changes.steps.isEmpty else {
      console.note("nothing to change")
      return .value(.list([]))
    }
    let client = try connect()
    let executor = Executor(client: client, limits: settings.limits, pacer: pacer) { [self] in
      tell($0)
    }
    try check(changes.steps, executor)
    if settings.isDryRun {
      console.note("dry run: nothing is sent")
      return .rows(RowStream(changes.steps.map(ChangeRecords.plan)))
    }
    try agree(to: changes.steps)
    let allowed = try takeGuards(changes, executor)
    let results = run(allowed, wait: changes.wait, executor)
    note(results)
    return try outcome(of: results, count: changes.steps.count)
  }

  private func connect() throws -> CloudClient {
    let cloud = cloud
    return try wait { try await cloud.client() }
  }

  /// Asks about what would be destroyed, unless that was shown before.
  private func agree(to steps: [Step]) throws {
    let open = agreed.withLock { agreed in
      steps.filter { step in
        guard step.isDestructive else { return false }
        guard let count = agreed[step.change], count > 0 else { return true }
        agreed[step.change] = count - 1
        return false
      }
    }
    try ask(about: open)
  }

  private func ask(about steps: [Step]) throws {
    try asking.withLock { _ in
      try question.agree(to: steps, isCancelled: { self.cancellation.isCancelled })
    }
  }

  /// Checks the steps as a whole, and counts their deletions with those of the run before them.
  private func check(_ steps: [Step], _ executor: Executor) throws {
    do {
      try deletions.withLock { before in
        try executor.check(steps, deletionsBefore: before)
        before += steps.count { $0.verb == .delete }
      }
    } catch let refusal as Refusal { throw Failure(refusal) }
  }

  /// Shows what a statement with several changes would do, and asks once for all of it.
  func agree(toPreviewed steps: [Step]) throws {
    let destructive = steps.filter(\.isDestructive)
    guard !destructive.isEmpty else { return }
    do {
      let executor = Executor(client: try connect(), limits: settings.limits) { _ in }
      try executor.check(steps, deletionsBefore: deletions.withLock { $0 })
    } catch let refusal as Refusal { throw Failure(refusal) }
    try ask(about: destructive)
    agreed.withLock { agreed in
      agreed = [:]
      for step in destructive { agreed[step.change, default: 0] += 1 }
    }
  }

  func forgetAgreement() { agreed.withLock { $0 = [:] } }

  /// Whether what a statement would destroy must be known before it begins.
  var needsPreview: Bool {
    question.isNeeded || (settings.limits.mostDeletions != nil && !settings.isDryRun)
  }

  /// Before a script, or a line of the prompt.
  func beginRun() { deletions.withLock { $0 = 0 } }

  /// Runs off the interpreter's thread; a cancellation lets what was sent come to its end.
  private func run(_ steps: [Step], wait: Executor.Wait?, _ executor: Executor) -> [StepResult] {
    defer { console.clearStatus() }
    do { return try self.wait { await executor.run(steps, wait: wait) } } catch {
      return steps.map { StepResult(step: $0, outcome: .notStarted, snapshot: $0.snapshot?.id) }
    }
  }

  /// Takes the snapshots that `--guard` asks for and waits for them; the steps whose guard stands.
  private func takeGuards(_ changes: Changes, _ executor: Executor) throws -> [Step] {
    guard !changes.guardNames.isEmpty else { return changes.steps }
    let guards = try changes.guardNames.sorted { $0.key < $1.key }.map { index, name in
      let step = changes.steps[index]
      return Step(
        .create(step.slice, name: name), snapshot: nil, slice: step.slice,
        sliceName: step.sliceName,
        slicePerms: step.slicePerms, knownIDs: try known(step.slice))
    }
    let results = run(guards, wait: Executor.Wait(timeout: nil), executor)
    note(results)
    _ = try outcome(of: results, count: guards.count)
    for result in results {
      guard case .done = result.outcome else {
        throw Failure(
          .unknown, "the guard '\(result.step.summary)' is not complete, so nothing was restored")
      }
    }
    return changes.steps
  }

  private func known(_ slice: SliceID) throws -> Set<SnapshotID> {
    let cloud = cloud
    return Set(try wait { try await cloud.list(slice: slice) }.map(\.id))
  }

  private func note(_ results: [StepResult]) {
    let isSent = results.contains { if case .notStarted = $0.outcome { false } else { true } }
    guard isSent else { return }
    changedSomething.withLock { $0 = true }
    cloud.noteChange()
  }

  /// - Throws: `Failure` when a step did not succeed, `Cancelled` when the run was broken off.
  private func outcome(of results: [StepResult], count: Int) throws -> Flow {
    let summary = RunSummary(results)
    if count > 1 || !summary.isSuccess { console.note(summary.text) }
    if let failure = summary.failure { throw failure }
    try cancellation.check()
    return .value(.list(results.map(ChangeRecords.result)))
  }

  private func tell(_ event: Executor.Event) {
    switch event {
    case .ended(let result): console.note(RunSummary.line(result))
    case .waitingForSlice(let step):
      if settings.isVerbose { console.note("waiting for the slice: \(step.summary)") }
    case .retrying(let step, let attempt, let error):
      console.note("trying again (\(attempt)): \(step.summary): \(error)")
    case .progress(let progress):
      let ended = progress.count { $0.end != nil }
      let percent = progress.flatMap(\.rows).compactMap(\.progressPercent).max()
      console.progress(
        ProgressLine(
          "waiting", done: ended, total: progress.count, detail: percent.map { "\($0)%" }))
    }
  }
}

extension Failure {
  fileprivate init(_ refusal: Refusal) {
    switch refusal {
    case .tooManyDeletions(let planned, let before, let limit):
      let more = before > 0 ? " more" : ""
      self.init(
        .denied,
        "\(planned) deletions are more than the limit of \(limit); nothing\(more) was sent",
        help: "raise --max-deletes", exitCode: ExitCode.declined)
    case .permissions(let lacking):
      let others = lacking.count > 3 ? " and \(lacking.count - 3) more" : ""
      self.init(
        .denied, lacking.prefix(3).joined(separator: "; ") + others + "; nothing was sent",
        help: "a restore needs rw on both the snapshot and the slice")
    }
  }
}
