import CloudAPI
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapRun

extension JournalFile {
  /// The jobs that were not over when they were last looked at, as Tab offers them.
  func jobs(at endpoint: String) -> [(value: String, about: String)] {
    // What can't be read is not offered.
    let records = (try? use { try $0.acceptedOperations(at: endpoint) }) ?? []
    return Dictionary(grouping: records, by: \.run).sorted { $0.key > $1.key }.map { run, records in
      let summary = records.first?.step.summary ?? ""
      return ("%\(run)", records.count == 1 ? summary : "\(summary), and \(records.count - 1) more")
    }
  }
}

/// `jobs`: what the cloud is still doing.
struct JobsCommand: Callable {
  let services: ShellServices

  private static let columns = [
    "job", "command", "operations", "running", "progress", "since", "ids",
  ]

  let signature = Signature(
    "jobs", group: .read, about: "Show what the cloud is still doing",
    details: """
      A job is what one run has begun and was not waited for: %12 is what run 12 did. It goes on in
      the cloud when the shell has ended; 'wait %12' waits for it, in any session. What others have
      begun has no job.
      """,
    effect: .read,
    examples: [
      Signature.Example("jobs", "what goes on"), Signature.Example("wait %12", "until it is over"),
    ],
    columns: .fixed(Self.columns))

  /// Three reads, which prove the end of what ends without a sign; fewer of a long list.
  private static let look = Duration.milliseconds(400)

  func run(_ call: Call) throws -> Outcome {
    guard let endpoint = services.settings?.value.endpointName else { return .nothing }
    let records = try services.journal.use { try $0.acceptedOperations(at: endpoint) }
    let (cloud, journal) = (services.cloud, services.journal)
    let accepted = records.map { StepResult(accepted: $0) }
    var waiting = Executor.Wait(timeout: Self.look)
    waiting.ages = records.map(\.age)
    let look = waiting
    let results: [StepResult] =
      accepted.isEmpty
      ? []
      : try call.host.wait {
        let (results, failure) = await (try await cloud.client()).ends(
          of: accepted, look)
        if let failure { throw Failure(failure) }
        await journal.take(results, of: records)
        return results
      }
    let rows = try call.host.wait { try await cloud.list(query: nil) }
    return .rows(
      RowStream(try Self.values(zip(records, results).filter { $1.isOpen }, rows, journal)))
  }

  private static func values(
    _ open: [(OperationRecord, StepResult)], _ rows: [SnapshotRow], _ journal: JournalFile
  ) throws -> [Value] {
    var running = Dictionary(
      rows.lazy.filter(\.isInProgress).map { ($0.id, $0) }
    ) { first, _ in first }
    var values: [Value] = []
    for (id, entries) in Dictionary(grouping: open, by: { $0.0.run }).sorted(by: { $0.key < $1.key }
    ) {
      guard let run = try journal.use({ try $0.run(id) }) else { continue }
      let ids = entries.compactMap { $1.snapshot }
      let shown = ids.compactMap { running.removeValue(forKey: $0) }
      let percents = shown.compactMap(\.progressPercent)
      values.append(
        value(
          .string("%\(id)"), .string(RunRows.command(run.header)), entries.count, shown.count,
          percents.isEmpty ? nil : percents.reduce(0, +) / percents.count,
          entries.compactMap { $0.0.sent }.min(), ids))
    }
    for row in running.values.sorted(by: { $0.id < $1.id }) {
      let what = row.fields[SnapshotRow.Field.inProgress]?.stringValue ?? "running"
      values.append(
        value(.null, .string(what), 1, 1, row.progressPercent, nil, [row.id]))
    }
    return values
  }

  private static let shape = Shape(columns)

  private static func value(
    _ job: Value, _ command: Value, _ count: Int, _ running: Int, _ percent: Int?, _ since: Int?,
    _ ids: [SnapshotID]
  ) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          job, command, .int(count), .int(running), percent.map { .string("\($0) %") } ?? .null,
          since.map(Value.datetime) ?? .null, .list(ids.map { .int($0.rawValue) }),
        ]))
  }
}
