import CloudAPI
import CloudClient
package import SnapLanguage

/// `wait`: until nothing runs on some snapshots, or on any.
package struct Wait: Callable {
  let cloud: CloudSession

  package private(set) var signature = Signature(
    "wait", group: .read, about: "Wait for running operations",
    details: "Without an argument, for all that run now.",
    parameters: [
      Parameter(
        "snapshot", .snapshot, about: "an id, a name, a row, or a job such as %12", required: false,
        rest: true)
    ],
    flags: [Flag("timeout", .duration, about: "how long at most; then the exit code is 124")],
    input: .optional, effect: .local,
    examples: [
      Signature.Example("wait", "for everything that runs"),
      Signature.Example("wait 14901 --timeout 5min", "for one snapshot"),
      Signature.Example("wait %12", "for what run 12 has begun, as 'jobs' shows it"),
    ],
    columns: .fixed(SnapshotRecords.columns), columnTypes: SnapshotRecords.columnTypes)

  /// `jobs` are those that Tab offers.
  init(cloud: CloudSession, jobs: Candidates?) {
    self.cloud = cloud
    signature.parameters[0].candidates = jobs
  }

  package func run(_ call: Call) throws -> Outcome {
    let cloud = cloud
    let values = try call.targets("snapshot")
    var timeout: Duration?
    if case .duration(let microseconds)? = call.flag("timeout") {
      timeout = .microseconds(microseconds)
    }
    let jobs = values.compactMap { $0.stringValue.flatMap { JobRequest.number($0) } }
    if !jobs.isEmpty {
      guard jobs.count == values.count else {
        throw Failure(
          .usage, "'wait' takes either jobs or snapshots", help: "wait %12",
          exitCode: ExitCode.usage)
      }
      return .effects(JobRequest(runs: jobs, timeout: timeout))
    }
    let rows =
      if values.isEmpty, call.input == nil {
        try call.host.wait { try await cloud.list(query: nil).filter(\.isInProgress) }
      } else {
        try Targets(cloud: cloud, host: call.host).snapshots(values).map(\.row)
      }
    // A plan shows what each change will have led to when it has ended.
    guard !rows.isEmpty, !cloud.isPlanning, !call.host.leavesOut(call.span.text) else {
      return .rows(RowStream(SnapshotRecords.values(rows)))
    }
    let limit = timeout
    let outcomes = try call.host.wait { try await cloud.wait(for: rows, timeout: limit) }
    if outcomes.contains(where: { $0.end == .timedOut }) {
      throw Failure(
        .timeout, "the time to wait is over; the cloud goes on", help: "'wait' waits again",
        exitCode: ExitCode.timedOut)
    }
    return .rows(RowStream(SnapshotRecords.values(outcomes.flatMap(\.rows))))
  }
}
