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
    let (run, records) = try reopen(record)
    runs.resume(run, [])
    let executor = try executor()
    var resumption = try takeUp(records, executor)
    try refuseUnknown(resumption, run)
    try dropDrifted(&resumption, executor)
    try consultAboutAll(resumption.remaining.map(\.operation.step))
    try ask(about: resumption.remaining.map(\.operation.step).filter(\.isDestructive))
    let results = finish(resumption, executor)
    if !results.isEmpty { console.note(RunSummary(results).text) }
    if let error = run.failure { throw Failure(error, isSending: true) }
    try cancellation.check()
    if let failure = RunSummary(results).failure { throw failure }
    return try goOn(record, run)
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
    return found
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

  /// Takes out what is not any more what was decided about.
  private func dropDrifted(_ resumption: inout Resumption, _ executor: Executor) throws {
    let remaining = resumption.remaining
    let drifts = try drifts(of: remaining.map(\.operation.step))
    for (index, drift) in drifts {
      let operation = remaining[index].operation
      console.note("not sent: \(operation.step.summary): \(drift)")
      try? wait {
        await executor.note(
          StepResult(step: operation.step, outcome: .changed(drift), snapshot: nil), of: operation)
      }
    }
    let dropped = Set(drifts.map(\.index))
    resumption.remaining = remaining.indices.filter { !dropped.contains($0) }.map { remaining[$0] }
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
  private func goOn(_ record: RunRecord, _ run: Run) throws -> Flow {
    guard record.header.kind == .script || record.header.kind == .code,
      let runScript = nested.withLock({ $0 })
    else {
      return .nothing
    }
    let runs = runs
    runs.resume(run, try runs.journal.use { try $0.operations(ofRun: run.id) })
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
