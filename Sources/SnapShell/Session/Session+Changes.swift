import CloudAPI
import CloudClient
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapRun
import Synchronization

extension Session {
  /// Carries out what a command wants changed: checked, asked about, written down, sent.
  func perform(_ changes: Changes, at span: Span) throws -> Flow {
    guard !changes.steps.isEmpty else {
      console.note("nothing to change")
      guard settings.isDryRun, let report = changes.report else { return .value(.list([])) }
      return .rows(RowStream(report.judged))
    }
    try checkStop()
    try check(changes.steps)
    if settings.isDryRun {
      try refuseHandles(in: changes.steps)
      let changes = try permitted(changes)
      if !isWritingPlan.withLock({ $0 }) { console.note("dry run: nothing is sent") }
      let planned = planner.add(changes, at: span)
      return .rows(RowStream(changes.report?.judged ?? planned.map(ChangeRecords.plan)))
    }
    let origin = span.place
    let before = changes.steps.map { runs.takeBefore($0, origin) }
    let undone = changes.steps.indices.filter { before[$0] == nil }
    let leftOut = Set(try consult(undone.map { changes.steps[$0] }).map { undone[$0] })
    let open = undone.filter { !leftOut.contains($0) }
    try settle(open.map { changes.steps[$0] })
    var changes = try agree(to: changes, open, at: span)
    if guardsFirst.withLock({ $0 }) { changes = changes.guarded() }
    var results = changes.steps.map { StepResult(step: $0, outcome: .notStarted, snapshot: nil) }
    for (index, record) in before.enumerated() {
      if let record { results[index] = StepResult(record) }
    }
    if !open.isEmpty {
      let executor = try executor()
      let (operations, guards) = try planned(changes, open, origin, executor)
      try take(guards, executor)
      let ended = send(operations, wait: changes.wait, executor)
      for (index, result) in zip(open, ended) { results[index] = result }
    }
    return try outcome(of: results.indices.filter { !leftOut.contains($0) }.map { results[$0] })
  }

  /// - Throws: `Failure` as well when the journal can't be written; then nothing may be sent.
  func executor() throws -> Executor {
    guard !settings.isDryRun else {
      throw Failure(.denied, "a dry run sends nothing", exitCode: ExitCode.declined)
    }
    let client = try connect()
    let runs = runs
    let run = try wait { try await runs.run() }
    return Executor(client: client, run: run) { [self] in tell($0) }
  }

  /// Checks the steps as a whole, and counts their deletions with those of the run before them.
  private func check(_ steps: [Step]) throws {
    try checkLimits(of: steps)
    deletions.withLock { $0 += steps.count { $0.verb == .delete } }
  }

  /// - Throws: `Failure` when there are too many deletions, with those of the run before, or when a
  ///   permission is known to lack.
  func checkLimits(of steps: [Step]) throws {
    do throws(Refusal) {
      try settings.limits.check(steps, deletionsBefore: deletions.withLock { $0 })
    } catch { throw Failure(error) }
  }

  /// Several deletions go by a list that has been read until it stood still.
  func settle(_ steps: [Step]) throws {
    let deletions = steps.filter { step in
      step.verb == .delete && agreed.withLock { $0[Agreement(step, made: [])] == nil }
    }
    guard deletions.count > 1 else { return }
    let drifts = try drifts(of: deletions)
    guard let first = drifts.first else { return }
    throw Failure(
      .conflict, "\(first.drift); nothing was sent",
      help: "look at the list and do it again", exitCode: ExitCode.stale)
  }

  /// What stands against steps by a fresh read of the list. Of several that work on one snapshot the
  /// first is judged: the others find what it has made of it.
  func drifts(of steps: [Step]) throws -> [(index: Int, drift: Drift)] {
    let client = try connect()
    let preconditions = try wait {
      do throws(CloudError) { return try await Preconditions(of: steps, by: client) } catch {
        throw Failure(error)
      }
    }
    guard let preconditions else {
      throw Failure(
        .conflict, "the list of snapshots changes while it is read; nothing was sent",
        help: "try again when fewer others create and delete")
    }
    var seen: Set<SnapshotID> = []
    let first = Set(
      steps.indices.filter { index in
        steps[index].snapshot.map { seen.insert($0.id).inserted } ?? false
      })
    return preconditions.drifts.filter { first.contains($0.index) }
  }

  /// The operations of the steps at `open` and of their guards, in the journal.
  private func planned(
    _ changes: Changes, _ open: [Int], _ origin: String, _ executor: Executor
  ) throws -> (operations: [Operation], guards: [Operation]) {
    let found = open.map { runs.takePlanned(changes.steps[$0], origin) }
    let missing = zip(open, found).filter { $0.1 == nil }.map(\.0)
    let new = try write(
      runs.entries(for: changes, at: missing, origin: origin, from: 0), executor)
    var rest = new.prefix(missing.count).makeIterator()
    let operations = found.compactMap { $0 ?? rest.next() }
    let knownGuards = open.compactMap { index in
      changes.guard(of: index).flatMap { runs.takePlanned($0, origin) }
    }
    return (operations, knownGuards + new.dropFirst(missing.count))
  }

  func write(
    _ steps: [(step: Step, context: OperationContext)], _ executor: Executor
  ) throws -> [Operation] {
    guard !steps.isEmpty else { return [] }
    return try wait {
      do throws(JournalError) { return try await executor.run.plan(steps) } catch {
        throw Failure(error, isSending: true)
      }
    }
  }

  /// Runs off the interpreter's thread; a cancellation lets what was sent come to its end.
  func send(
    _ operations: [Operation], wait: Executor.Wait?, _ executor: Executor
  ) -> [StepResult] {
    let tracker = ProgressTracker(
      operations.map(\.step), durations: cloud.durations, awaitsEnds: wait != nil)
    let executor = Executor(client: executor.client, run: executor.run) { [self] event in
      tracker.note(event)
      tell(event)
    }
    if !operations.isEmpty { changedSomething.withLock { $0 = true } }
    let results: [StepResult]
    var wait = wait
    let durations = cloud.durations
    wait?.expected = { durations.expected($0).map { .microseconds($0) } }
    do {
      results = try self.wait { [console, wait] in
        await console.showing(tracker) { await executor.perform(operations, wait: wait) }
      }
    } catch {
      results = operations.map {
        StepResult(step: $0.step, outcome: .notStarted, snapshot: $0.step.snapshot?.id)
      }
    }
    note(results)
    return results
  }

  /// Takes the snapshots that `--guard` asks for and waits for them.
  ///
  /// - Throws: `Failure` when one of them is not complete; then nothing is restored.
  private func take(_ guards: [Operation], _ executor: Executor) throws {
    guard !guards.isEmpty else { return }
    let results = send(guards, wait: Executor.Wait(timeout: nil), executor)
    _ = try outcome(of: results)
    for result in results {
      guard case .done = result.outcome else {
        throw Failure(
          .unknown, "the guard '\(result.step.summary)' is not complete, so nothing was restored")
      }
    }
  }

  private func note(_ results: [StepResult]) {
    let isSent = results.contains { if case .notStarted = $0.outcome { false } else { true } }
    guard isSent else { return }
    statementEnds.withLock { $0.note(results) }
    changedSomething.withLock { $0 = true }
    made.withLock { made in
      made.formUnion(results.lazy.filter { $0.step.verb == .create }.compactMap(\.snapshot))
    }
    cloud.noteChange(results)
    noteForHooks(results)
  }

  /// - Throws: `Failure` when a step did not succeed, `Cancelled` when the run was broken off.
  func outcome(of results: [StepResult]) throws -> Flow {
    let summary = RunSummary(results)
    if results.count > 1 || !summary.isSuccess { console.note(summary.text) }
    try check(summary)
    return .value(.list(results.map(ChangeRecords.result)))
  }

  /// - Throws: `Failure` when a step did not succeed, which then has the results, `Cancelled` when the
  ///   run was broken off, `RunStopped` when it was stopped before.
  func check(_ summary: RunSummary) throws {
    if let error = runs.current?.failure { throw Failure(error, isSending: true) }
    if var failure = summary.failure {
      failure.thrown = .list(summary.rows)
      throw failure
    }
    try cancellation.check()
    guard let left = summary.notStarted else { return }
    try checkStop()
    throw left
  }

  /// - Throws: `RunStopped` when something has happened in the run after which nothing may be sent.
  func checkStop() throws {
    guard let stop = runs.current?.stop else { return }
    throw RunStopped(stop)
  }

  private func tell(_ event: Executor.Event) {
    switch event {
    case .ended(let result): console.note(RunSummary.line(result))
    case .waitingForSlice(let step):
      if settings.isVerbose { console.note("waiting for the slice: \(step.summary)") }
    case .retrying(let step, let attempt, let error):
      console.note("trying again (\(attempt)): \(step.summary): \(error)")
    case .progress: break
    }
  }
}

extension StepResult {
  /// What an earlier process of the run did about a step.
  init(_ record: OperationRecord) {
    self.init(
      step: record.step, outcome: .before(record.state, record.error),
      snapshot: record.result ?? record.step.snapshot?.id)
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
