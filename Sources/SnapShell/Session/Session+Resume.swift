import CloudAPI
import CloudClient
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

extension Session {
  /// Brings a run to its end that was broken off: looks up what may have been sent, waits for what
  /// was accepted, sends what is left, and lets its script go on from there.
  func resume(_ id: Int?) throws -> Flow {
    guard let record = try unfinishedRun(id) else {
      console.note("there is no unfinished run")
      return .nothing
    }
    try checkSame(record)
    if settings.isDryRun { return try preview(record) }
    let settings = current.value
    takeSettings(of: record.header)
    defer { current.restore(settings) }
    let (run, records) = try reopen(record)
    runs.resume(run, [], untouched: true)
    let executor = try executor()
    var resumption = try takeUp(records, executor)
    try refuseUnknown(resumption, run)
    let dropped = try dropDrifted(&resumption, executor)
    let steps = resumption.remaining.map(\.operation.step)
    deletions.withLock { $0 = records.count { $0.isDeletion && $0.state.wasSent } }
    try checkLimits(of: steps)
    try consultAboutAll(steps)
    try ask(about: steps.filter(\.isDestructive))
    if !steps.isEmpty || !dropped.isEmpty { runs.resume(run, [], untouched: false) }
    let results = dropped + finish(resumption, executor)
    if !results.isEmpty { console.note(RunSummary(results).text) }
    try check(RunSummary(results))
    return try goOn(record, run, untouched: results.isEmpty)
  }

  private func unfinishedRun(_ id: Int?) throws -> RunRecord? {
    let endpoint = settings.endpointName
    let found = try runs.journal.use { journal in
      if let id { return try journal.run(id) }
      return try journal.runs().first { $0.isUnfinished && $0.header.endpoint == endpoint }
    }
    if let id, found == nil {
      throw Failure(.notfound, "there is no run \(id)", help: "'runs' shows them")
    }
    if let found, !found.isAlive, !found.isUnfinished {
      throw Failure(
        .usage, "run \(found.id) has come to its end: \(found.outcome)",
        help: "'runs show \(found.id)' shows what it did", exitCode: ExitCode.usage)
    }
    return found
  }

  /// What is left, in a dry run: nothing is looked up, for that would be written down.
  private func preview(_ record: RunRecord) throws -> Flow {
    let records = try runs.journal.use { try $0.operations(ofRun: record.id) }
    console.note("dry run: nothing is sent")
    for record in records where record.state == .sending || record.state == .unknown {
      console.note("in doubt, to be looked up first: \(record.step.summary)")
    }
    if record.header.kind == .script || record.header.kind == .code {
      console.note("then '\(RunRows.command(record.header))' goes on from there")
    }
    return .rows(
      RowStream(records.filter(\.isToBeSent).map { ChangeRecords.plan($0.step) }))
  }

  /// The zone and the limits are those of the run; a limit that is given now counts as well.
  private func takeSettings(of header: RunHeader) {
    current.take(zone: header.zone, mostDeletions: header.limits.mostDeletions)
  }

  /// Another endpoint, profile or script is refused: what was decided was decided about that one.
  private func checkSame(_ record: RunRecord) throws {
    let header = record.header
    guard !record.isAlive else {
      throw Failure(
        .conflict, "run \(record.id) is going on in process \(header.process)",
        exitCode: ExitCode.failed)
    }
    guard header.endpoint == settings.endpointName, header.profile == settings.profile else {
      throw Failure(
        .usage,
        "run \(record.id) was on '\(header.profile)' (\(header.endpoint)), and this is '\(settings.profile)' (\(settings.endpointName))",
        help: "--profile \(header.profile) chooses it", exitCode: ExitCode.usage)
    }
    guard let path = header.path else { return }
    guard let text = try? ScriptFile.read(path),
      Digest.sha256(String(decoding: text.bytes, as: UTF8.self)) == header.digest
    else {
      throw Failure(
        .usage, "the script '\(path)' is not what run \(record.id) ran; nothing was sent",
        help: "bring the old text back, or decide with 'resolve' and run the new one",
        exitCode: ExitCode.usage)
    }
  }

  private func reopen(_ record: RunRecord) throws -> (Run, [OperationRecord]) {
    guard let run = try runs.journal.use({ try $0.reopen(record) }) else {
      throw Failure(.conflict, "run \(record.id) is being resumed by another process")
    }
    return (run, try runs.journal.use { try $0.operations(ofRun: record.id) })
  }

  private func takeUp(_ records: [OperationRecord], _ executor: Executor) throws -> Resumption {
    let resumption = try wait {
      do throws(CloudError) { return try await executor.takeUp(records) } catch {
        throw Failure(error)
      }
    }
    for result in resumption.found { console.note("found: \(RunSummary.line(result))") }
    return resumption
  }

  /// What isn't known comes first: nothing is sent until a person has decided.
  private func refuseUnknown(_ resumption: Resumption, _ run: Run) throws {
    guard let first = resumption.unknown.first else { return }
    for operation in resumption.unknown {
      console.line("unknown: operation \(operation.number): \(operation.step.summary)")
    }
    throw Failure(
      .unknown,
      "\(resumption.unknown.count) of run \(run.id) may or may not have been done; nothing was sent",
      help: "look at the slice, then: resolve \(run.id) \(first.number) done, retry or skip",
      exitCode: ExitCode.unknownOutcome)
  }

  /// Takes out what is not any more what was decided about, and gives it.
  private func dropDrifted(
    _ resumption: inout Resumption, _ executor: Executor
  ) throws -> [StepResult] {
    let remaining = resumption.remaining
    let drifts = try drifts(of: remaining.map(\.operation.step))
    let results = drifts.map { index, drift in
      let operation = remaining[index].operation
      console.note("not sent: \(operation.step.summary): \(drift)")
      let result = StepResult(step: operation.step, outcome: .changed(drift), snapshot: nil)
      try? wait { await executor.note(result, of: operation) }
      return result
    }
    let dropped = Set(drifts.map(\.index))
    resumption.remaining = remaining.indices.filter { !dropped.contains($0) }.map { remaining[$0] }
    return results
  }

  /// Sends what is left, statement by statement, and waits for what was accepted.
  private func finish(_ resumption: Resumption, _ executor: Executor) -> [StepResult] {
    var results: [StepResult] = []
    if !resumption.accepted.isEmpty {
      let accepted = resumption.accepted
      results += (try? wait { await executor.await(accepted, .init(timeout: nil)) }) ?? []
    }
    let made = Self.made(
      by: (try? runs.journal.use { try $0.operations(ofRun: executor.run.id) }) ?? [])
    results += sendStatements(resumption.remaining, made: made, executor)
    return results
  }

  /// The snapshots that creations of a run have made.
  private static func made(by records: [OperationRecord]) -> [Int: SnapshotID] {
    var made: [Int: SnapshotID] = [:]
    for record in records where record.step.verb == .create { made[record.number] = record.result }
    return made
  }

  /// The rest of the script: it runs again from its beginning, and what the run did is not done again.
  private func goOn(_ record: RunRecord, _ run: Run, untouched: Bool) throws -> Flow {
    guard record.header.kind == .script || record.header.kind == .code,
      let runScript = nested.withLock({ $0 })
    else {
      return .nothing
    }
    let runs = runs
    let records = try runs.journal.use { try $0.operations(ofRun: run.id) }
    runs.resume(run, records, untouched: untouched)
    cloud.look(before: { runs.ahead })
    defer { cloud.look(before: nil) }
    let name = record.header.path ?? record.header.name
    let code = runScript(
      RunText(
        kind: record.header.kind, source: SourceText(name: name, text: record.header.text),
        arguments: record.header.arguments))
    guard code == ExitCode.done else {
      throw Failure(
        .unknown, "the script of run \(record.id) ended with exit code \(code)", exitCode: code)
    }
    return .nothing
  }
}

extension OperationRecord {
  fileprivate var isDeletion: Bool { step.verb == .delete }
}

extension OperationState {
  /// Whether the cloud may have got it.
  fileprivate var wasSent: Bool {
    switch self {
    case .planned, .skipped, .failed: false
    case .sending, .accepted, .done, .gone, .unknown: true
    }
  }
}
