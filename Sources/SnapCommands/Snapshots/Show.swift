package import SnapLanguage

/// `show`: all that the cloud tells of some snapshots.
package struct Show: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "show", group: .read, about: "Show all fields of snapshots",
    parameters: [
      Parameter("snapshot", .snapshot, about: "an id, a name or a row", required: false, rest: true)
    ],
    input: .optional, effect: .read,
    examples: [Signature.Example("show 14901", "one snapshot as a card")],
    columns: .fixed(SnapshotRecords.columns), columnTypes: SnapshotRecords.columnTypes)

  package func run(_ call: Call) throws -> Outcome {
    let values = try call.targets("snapshot")
    guard call.input != nil || !values.isEmpty else {
      throw Failure(
        .usage, "'show' needs a snapshot", help: signature.usage, exitCode: ExitCode.usage)
    }
    let snapshots = try Targets(cloud: cloud, host: call.host).snapshots(values)
    let rows = SnapshotRecords.values(snapshots.map(\.row))
    if let only = rows.first, rows.count == 1 { return .value(only) }
    return .rows(RowStream(rows))
  }
}
