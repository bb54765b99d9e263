import CloudAPI
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

extension Session {
  /// Carries out what a plan says, once: nothing else, and only while what it was decided by holds.
  func apply(_ request: ApplyRequest) throws -> Flow {
    let text = try ScriptFile.read(request.path)
    let plan = try PlanFile(
      parsing: String(decoding: text.bytes, as: UTF8.self), path: request.path)
    try check(plan, request.path)
    guard !plan.operations.isEmpty else {
      console.note("nothing to change")
      return .nothing
    }
    let steps = plan.operations.map(\.step)
    try checkLimits(of: steps)
    try block(plan.operations)
    try consultAboutAll(steps)
    if settings.isDryRun {
      console.note("dry run: nothing is sent; the plan can be applied as it is")
      return .rows(RowStream(plan.operations.map(ChangeRecords.plan)))
    }
    try ask(about: steps.filter(\.isDestructive))
    if question.isNeeded { try block(plan.operations) }
    deletions.withLock { $0 += steps.count { $0.verb == .delete } }
    guard runs.current == nil else {
      throw Failure(
        .usage, "a plan is a run of its own; nothing of it was sent",
        help: "apply it in a line or a command of its own", exitCode: ExitCode.usage)
    }
    runs.begin(RunText(kind: .plan, source: text, plan: plan.digest))
    let executor = try executor()
    let operations = try write(entries(plan.operations), executor)
    let remaining = zip(operations, plan.operations).map { ($0, $1.context) }
    return try outcome(of: sendStatements(remaining, made: [:], executor))
  }

  /// - Throws: `Failure`: another cloud (exit code 2), expired or carried out already (7).
  private func check(_ plan: PlanFile, _ path: String) throws {
    guard plan.endpoint == settings.endpointName, plan.profile == settings.profile else {
      throw Failure(
        .usage,
        "the plan is for '\(plan.profile)' (\(plan.endpoint)), and this is '\(settings.profile)' (\(settings.endpointName)); nothing was sent",
        help: "--profile \(plan.profile) chooses it", exitCode: ExitCode.usage)
    }
    let digest = plan.digest
    if let run = try runs.journal.use({ try $0.run(ofPlan: digest) }) {
      var failure = Failure(planAppliedBy: run.id)
      if run.isUnfinished { failure.help = "'resume \(run.id)' brings it to its end" }
      throw failure
    }
    guard Clock.microseconds() < plan.expires else {
      throw Failure(
        .conflict, "the plan expired at \(Timestamp.text(plan.expires)); nothing was sent",
        help: "plan again", exitCode: ExitCode.stale)
    }
  }

  /// What has changed since and matters stands against the whole plan.
  private func block(_ operations: [PlannedOperation]) throws {
    let steps = operations.map(\.step)
    let drifts = try drifts(of: steps) + goneSlices(of: steps)
    guard !drifts.isEmpty else { return }
    for (index, drift) in drifts {
      let operation = operations[index]
      console.line("blocked: operation \(operation.number), \(operation.step.summary): \(drift)")
    }
    throw Failure(
      .conflict, "the cloud is not what the plan was made for; nothing was sent",
      help: "plan again", exitCode: ExitCode.stale)
  }

  /// The steps whose slice is gone. One of which the list has a snapshot, and not as of a removed one, is
  /// there; others are asked for.
  private func goneSlices(of steps: [Step]) throws -> [(index: Int, drift: Drift)] {
    let judged = steps.indices.filter { [.create, .restore].contains(steps[$0].verb) }
    guard !judged.isEmpty else { return [] }
    let cloud = cloud
    let slices = Set(judged.map { steps[$0].slice })
    let gone = try wait {
      let rows = try await cloud.list(query: nil)
      let there = Set(rows.lazy.filter { !$0.isOfRemovedSlice }.compactMap(\.slice))
      var gone: Set<SliceID> = []
      for slice in slices.subtracting(there) {
        do { _ = try await cloud.list(slice: slice) } catch let failure as Failure {
          guard failure.kind == .notfound else { throw failure }
          gone.insert(slice)
        }
      }
      return gone
    }
    return judged.filter { gone.contains(steps[$0].slice) }.map {
      ($0, .sliceGone(steps[$0].slice))
    }
  }

  /// In the form of `Run.plan`, where a guard tells its restore by the index.
  private func entries(
    _ operations: [PlannedOperation]
  ) -> [(step: Step, context: OperationContext)] {
    operations.map { operation in
      var context = operation.context
      context.guards = context.guards.map { $0 - 1 }
      return (operation.step, context)
    }
  }

  /// Sends operations of a plan or of a broken-off run, statement after statement, up to the first
  /// that doesn't end well.
  ///
  /// What one place of the text wants without waiting is sent together. `made` are the snapshots that
  /// operations have made before, by their numbers.
  func sendStatements(
    _ remaining: [(operation: Operation, context: OperationContext)], made: [Int: SnapshotID],
    _ executor: Executor
  ) -> [StepResult] {
    var made = made
    var results: [Int: StepResult] = [:]
    let needed = Set(remaining.compactMap(\.operation.step.needs))
    for group in Self.groups(remaining) {
      let sent = group.compactMap { entry -> Operation? in
        guard !isUnguarded(entry.operation, executor.run),
          let step = entry.operation.step.resolved(made)
        else { return nil }
        return entry.operation.with(step)
      }
      let waits = group.contains { $0.context.waits || needed.contains($0.operation.number) }
      let ended = send(sent, wait: waits ? Self.wait(group.map(\.context)) : nil, executor)
      for (operation, result) in zip(sent, ended) {
        results[operation.number] = result
        if operation.step.verb == .create { made[operation.number] = result.snapshot }
      }
      let isWell = ended.count == group.count && ended.allSatisfy(\.outcome.isSuccess)
      if !isWell || cancellation.isCancelled { break }
    }
    return remaining.map { entry in
      results[entry.operation.number]
        ?? StepResult(step: entry.operation.step, outcome: .notStarted, snapshot: nil)
    }
  }

  /// As long as one of them may be waited for; without a limit when one has none, or is needed by others.
  static func wait(_ contexts: [OperationContext]) -> Executor.Wait {
    let limits = contexts.map { $0.waits ? $0.timeout : nil }
    guard let longest = limits.compactMap(\.self).max(), !limits.contains(nil) else {
      return Executor.Wait(timeout: nil)
    }
    return Executor.Wait(timeout: .microseconds(longest))
  }

  private static func groups(
    _ remaining: [(operation: Operation, context: OperationContext)]
  ) -> [[(operation: Operation, context: OperationContext)]] {
    var groups: [[(operation: Operation, context: OperationContext)]] = []
    for entry in remaining.sorted(by: { $0.context.statement < $1.context.statement }) {
      if let last = groups.last?.last, goTogether(last, entry) {
        groups[groups.count - 1].append(entry)
      } else {
        groups.append([entry])
      }
    }
    return groups
  }

  private static func goTogether(
    _ a: (operation: Operation, context: OperationContext),
    _ b: (operation: Operation, context: OperationContext)
  ) -> Bool {
    if a.context.statement == b.context.statement { return true }
    return a.context.origin == b.context.origin && !a.context.waits && !b.context.waits
      && b.operation.step.needs == nil
  }

  /// Whether the operation is a restore whose guard is not complete: it stays undone.
  private func isUnguarded(_ operation: Operation, _ run: Run) -> Bool {
    guard operation.step.verb == .restore,
      let records = try? runs.journal.opened().operations(ofRun: run.id)
    else { return operation.step.verb == .restore }
    return records.contains { $0.context.guards == operation.number && $0.state != .done }
  }
}

/// What `apply` asks of the program.
struct ApplyRequest: Effects {
  let path: String
}
