import CloudAPI
import CloudClient
import SnapCommands
import SnapLanguage
import SnapRun

extension Session {
  /// Waits for what runs have begun and the cloud has accepted, of this session or of any before.
  func wait(for request: JobRequest) throws -> Flow {
    let jobs = try request.runs.map { id in
      guard let job = try Job(id, runs.journal) else {
        throw Failure(.notfound, "there is no job %\(id)", help: "'jobs' shows them")
      }
      guard job.run.header.endpoint == settings.endpointName else {
        throw Failure(
          .usage, "job %\(id) is on '\(job.run.header.profile)' (\(job.run.header.endpoint))",
          help: "--profile \(job.run.header.profile) chooses it", exitCode: ExitCode.usage)
      }
      return job
    }
    let accepted = jobs.flatMap(\.accepted)
    guard !accepted.isEmpty else {
      console.note("nothing of it goes on any more")
      return .nothing
    }
    guard !settings.isDryRun else {
      console.note("dry run: left out: waiting for \(accepted.count) operations")
      return .nothing
    }
    let client = try connect()
    let limit = request.timeout
    let tracker = ProgressTracker(
      accepted.map(\.step), durations: cloud.durations, awaitsEnds: true)
    let durations = cloud.durations
    var waiting = Executor.Wait(timeout: limit)
    waiting.ages = accepted.map(\.age)
    waiting.expected = { durations.expected($0).map { .microseconds($0) } }
    let (results, failure) = try wait { [console, waiting] in
      await console.showing(tracker) {
        await client.ends(of: accepted.map { StepResult(accepted: $0) }, waiting) {
          tracker.note(.progress($0))
        }
      }
    }
    for result in results where !result.isOpen { console.note(RunSummary.line(result)) }
    try wait { [runs] in await runs.journal.take(results, of: accepted) }
    cloud.noteChange(results)
    try cancellation.check()
    if let failure { throw Failure(failure) }
    return try outcome(of: results)
  }
}

/// What a run has begun in the cloud and no read has shown to be over.
struct Job {
  let run: RunRecord
  let accepted: [OperationRecord]

  /// Nil when there is no such run.
  init?(_ id: Int, _ journal: JournalFile) throws {
    guard let run = try journal.use({ try $0.run(id) }) else { return nil }
    self.run = run
    accepted = try journal.use { try $0.operations(ofRun: id) }.filter { $0.state == .accepted }
  }
}

extension StepResult {
  /// What is known of an operation that the cloud has accepted.
  init(accepted record: OperationRecord) {
    self.init(
      step: record.step, outcome: .accepted, snapshot: record.result ?? record.step.snapshot?.id)
  }

  /// Whether no read has shown its end.
  var isOpen: Bool {
    switch outcome {
    case .accepted, .timedOut: true
    default: false
    }
  }
}

extension OperationRecord {
  /// For how long the cloud has had it.
  var age: Duration {
    .microseconds(max(0, (answered ?? sent).map { Clock.microseconds() - $0 } ?? 0))
  }
}

extension JournalFile {
  /// Writes down which accepted operations have come to their ends. A run that another process is at
  /// writes them itself.
  func take(_ results: [StepResult], of records: [OperationRecord]) async {
    let ended = zip(records, results).filter { !$1.isOpen }
    for (id, entries) in Dictionary(grouping: ended, by: { $0.0.run }) {
      guard let journal = try? opened(), let record = try? journal.run(id),
        let run = try? journal.reopen(record)
      else { continue }
      for (record, result) in entries {
        // What could not be written is found again by the next look.
        try? await run.note(result, of: Operation(number: record.number, step: record.step))
      }
      run.close()
    }
  }
}
