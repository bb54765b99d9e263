import CloudAPI
import Glibc
import Retention
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

/// A text that runs: what the journal keeps of it.
struct RunText: Sendable {
  var kind: RunHeader.Kind
  var source: SourceText
  var arguments: [String] = []
  /// The digest of the plan that it carries out.
  var plan: String?
}

/// The run of the text that is going on: it is begun in the journal with its first change, so that
/// reading needs no journal.
final class RunKeeper: Sendable {
  private let chosen: CurrentSettings
  private var settings: Settings { chosen.value }
  let journal: JournalFile
  private struct State {
    var text: RunText?
    var run: Run?
    var beginning: Task<Result<Run, JournalError>, Never>?
    var statement = 0
    /// How many changes the statement that runs has; 0 where that isn't known.
    var expected = 0
    /// How many operations a run had that is resumed and has done nothing yet.
    var untouchedCount: Int?
    /// Operations that were shown and written down before their statement began.
    var planned: [OperationKey: [Operation]] = [:]
    /// What earlier processes of the same run did.
    var before: [OperationKey: [OperationRecord]] = [:]
  }
  private let state = Mutex(State())

  init(settings: CurrentSettings, journal: JournalFile) {
    chosen = settings
    self.journal = journal
  }

  /// Before a text runs; a run that is being resumed goes on.
  func begin(_ text: RunText) {
    state.withLock { state in
      guard state.run == nil else { return }
      state = State(text: text)
    }
  }

  /// Takes up a run of an earlier process; what it did is not done again. One that is `untouched` and gets
  /// nowhere can be resumed once more.
  func resume(_ run: Run, _ records: [OperationRecord], untouched: Bool) {
    state.withLock { state in
      state = State(run: run, statement: records.map(\.context.statement).max() ?? 0)
      state.untouchedCount = untouched ? run.count : nil
      for record in records {
        state.before[OperationKey(record.step, record.context.origin), default: []].append(record)
      }
    }
  }

  var current: Run? { state.withLock { $0.run } }

  /// - Throws: `Failure`, and then nothing may be sent.
  func run() async throws -> Run {
    // The bodies of a parallel loop come here at the same time: one of them begins the run.
    let beginning = try state.withLock { state in
      if let run = state.run { return Task { Result<Run, JournalError>.success(run) } }
      if let beginning = state.beginning { return beginning }
      guard let text = state.text else { throw Failure(.unknown, "nothing is running") }
      let beginning = Task { await self.begun(text) }
      state.beginning = beginning
      return beginning
    }
    do throws(JournalError) { return try await beginning.value.get() } catch {
      throw Failure(error, isSending: true)
    }
  }

  private func begun(_ text: RunText) async -> Result<Run, JournalError> {
    do throws(JournalError) {
      let run = try await journal.opened().begin(header(of: text))
      state.withLock { state in
        (state.run, state.beginning) = (run, nil)
        run.expect(state.expected)
      }
      return .success(run)
    } catch {
      state.withLock { $0.beginning = nil }
      return .failure(error)
    }
  }

  private func header(of text: RunText) -> RunHeader {
    let name = text.source.name
    return RunHeader(
      kind: text.kind, name: name,
      path: text.kind == .script && !name.hasPrefix("<") ? Self.absolute(name) : nil,
      text: String(decoding: text.source.bytes, as: UTF8.self), arguments: text.arguments,
      endpoint: settings.endpointName, profile: settings.profile, user: Self.user,
      process: Int(getpid()), zone: settings.zone.name, limits: settings.limits, plan: text.plan)
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static var user: String {
    getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
  }

  func nextStatement() -> Int {
    state.withLock { state in
      state.statement += 1
      return state.statement
    }
  }

  /// Writes down steps that were shown before they are sent.
  func plan(_ groups: [Preview.Group]) async throws {
    // What works on a snapshot that is yet to be made is written down when it exists.
    let groups = groups.filter { $0.changes.steps.allSatisfy { $0.needs == nil } }
    guard !groups.isEmpty else { return }
    let run = try await run()
    var steps: [(step: Step, context: OperationContext)] = []
    for group in groups {
      steps += entries(
        for: group.changes, at: group.changes.steps.indices, origin: group.span.place,
        from: steps.count)
    }
    let operations: [Operation]
    do throws(JournalError) { operations = try await run.plan(steps) } catch {
      throw Failure(error, isSending: true)
    }
    state.withLock { state in
      for (operation, planned) in zip(operations, steps) {
        state.planned[OperationKey(planned.step, planned.context.origin), default: []]
          .append(operation)
      }
    }
  }

  /// What is written down for some steps of a command: the steps, then the guards of those that have
  /// one, which are sent before them.
  ///
  /// `first` is the index of the first of them in the call of `Run.plan`.
  func entries(
    for changes: Changes, at indices: some Collection<Int>, origin: String, from first: Int
  ) -> [(step: Step, context: OperationContext)] {
    let (guardStatement, statement) = (nextStatement(), nextStatement())
    var entries: [(step: Step, context: OperationContext)] = []
    var guards: [(step: Step, context: OperationContext)] = []
    for (place, index) in indices.enumerated() {
      let step = changes.steps[index]
      entries.append(
        (
          step,
          OperationContext(
            origin: origin, statement: statement, waits: changes.wait != nil,
            timeout: changes.wait?.timeout?.microseconds, undoes: changes.undoes[index])
        ))
      guard let create = changes.guard(of: index) else { continue }
      guards.append(
        (
          create,
          OperationContext(
            origin: origin, statement: guardStatement, waits: true, guards: first + place)
        ))
    }
    return entries + guards
  }

  /// The operation that was written down for a step; with the step as it is now.
  func takePlanned(_ step: Step, _ origin: String) -> Operation? {
    state.withLock { state in
      let key = OperationKey(step, origin)
      guard let operation = state.planned[key]?.take(like: step, \.step) else { return nil }
      return Operation(number: operation.number, step: step)
    }
  }

  /// What an earlier process did about a step.
  func takeBefore(_ step: Step, _ origin: String) -> OperationRecord? {
    state.withLock { state in
      let key = OperationKey(step, origin)
      guard let record = state.before[key]?.take(like: step, \.step) else { return nil }
      // A guard is no command of the script: it comes with its restore.
      guard record.step.verb == .restore else { return record }
      for key in state.before.keys {
        state.before[key]?.removeAll { $0.context.guards == record.number }
      }
      return record
    }
  }

  /// What earlier processes did that the text has not come to yet, in its order.
  var ahead: [OperationRecord] {
    state.withLock { $0.before.values.joined() }.sorted { $0.number < $1.number }
  }

  /// Without the steps that earlier processes did.
  func open(_ groups: [Preview.Group]) -> [Preview.Group] {
    var before = state.withLock { $0.before }
    guard !before.isEmpty else { return groups }
    return groups.map { group in
      var group = group
      group.changes = group.changes.keeping { step in
        before[OperationKey(step, group.span.place)]?.take(like: step, \.step) == nil
      }
      return group
    }.filter { !$0.changes.steps.isEmpty }
  }

  /// How many changes the statement has, where that was found out before.
  var expected: Int { state.withLock { $0.expected } }

  func expect(_ count: Int) {
    state.withLock { state in
      state.expected = count
      state.run?.expect(count)
    }
  }

  /// After a statement that ended well: what it did not come to is not to be done.
  func endStatement(well: Bool) async {
    let (run, left) = state.withLock { state in
      defer { (state.planned, state.expected) = ([:], 0) }
      return (state.run, state.planned.values.joined().map(\.number))
    }
    guard well, let run, !left.isEmpty else { return }
    // Not to be known is no harm: the run says so when it is resumed.
    try? await run.set(.skipped, of: left, because: "the statement did not come to it")
  }

  /// Writes the end of the run; gives its id when there was one.
  func end(exitCode: Int32) async -> Int? {
    let (run, untouchedCount) = state.withLock { state in
      defer { state = State() }
      return (state.run, state.untouchedCount)
    }
    guard let run else { return nil }
    if exitCode != ExitCode.done, run.count == untouchedCount {
      run.close()
      return run.id
    }
    // The operations are written; a run without its end is taken for one that was broken off.
    try? await run.end(exitCode: exitCode)
    return run.id
  }
}

extension Array {
  /// Takes out the first whose step is that of `step`. Of those with one key, the names that they give
  /// tell: the very name first; where the name holds today's date, one that differs in dates and times
  /// alone, for it is made of the time.
  fileprivate mutating func take(like step: Step, _ path: KeyPath<Element, Step>) -> Element? {
    guard step.verb == .create, let name = step.newName else {
      return isEmpty ? nil : removeFirst()
    }
    if let index = firstIndex(where: { $0[keyPath: path].newName == name }) {
      return remove(at: index)
    }
    guard TimelessName.isOfNow(name) else { return nil }
    let timeless = TimelessName(name)
    let index = firstIndex { element in
      element[keyPath: path].newName.map { TimelessName($0).isSame(as: timeless) } ?? false
    }
    return index.map { remove(at: $0) }
  }
}

/// A name without the dates, times and stamps that are in it.
private struct TimelessName {
  private let parts: [Substring]

  init(_ name: String) {
    parts = name.split(separator: Self.time, omittingEmptySubsequences: false)
  }

  /// Whether the name holds a date or a stamp of today, give or take a day.
  static func isOfNow(_ name: String) -> Bool {
    let now = Clock.microseconds()
    return [-1, 0, 1].contains { day in
      let time = now + day * 86_400_000_000
      let date = Timestamp.dateText(time)
      // Seconds since 1970 change their first five digits about once a day.
      return [date, date.filter { $0 != "-" }, String(time / 100_000_000_000)].contains {
        name.contains($0)
      }
    }
  }

  /// Whether both hold a time, and all else is the same.
  func isSame(as other: TimelessName) -> Bool { parts.count > 1 && parts == other.parts }

  // A date, with a time or without; a time; a run of digits as long as a stamp.
  private nonisolated(unsafe) static let time =
    /\d{4}-\d{2}-\d{2}(?:[T ]?\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?Z?)?|\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?|\d{6,}/
}

/// By what an operation is known again when its script runs once more: the place of its command and
/// what it works on.
struct OperationKey: Hashable {
  let origin: String
  let verb: Step.Verb
  let slice: Int
  let snapshot: Int?

  init(_ step: Step, _ origin: String) {
    self.origin = origin
    verb = step.verb
    slice = step.slice.rawValue
    snapshot = step.snapshot?.id.rawValue
  }
}

extension Span {
  /// `nightly.snap:3:5`.
  var place: String {
    let position = source.position(of: range.lowerBound)
    let name = source.name.split(separator: "/").last ?? ""
    return "\(name):\(position.line):\(position.column)"
  }
}

extension Duration {
  var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
