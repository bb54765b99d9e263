import CloudAPI
package import SnapLanguage

/// `coverage`: which slices have a complete snapshot that is young enough, for monitoring.
package struct Coverage: Callable {
  let cloud: CloudSession

  static let columns = [
    "vm_id", "vmname", "region", "covered", "newest", "age", "snapshots",
  ]

  package let signature = Signature(
    "coverage", group: .read, about: "Show which slices have a young enough snapshot",
    details: """
      For each slice its newest complete snapshot; those that lack a young one come first. Running
      and failed snapshots prove nothing, and slices that are gone are left out. When some slice
      isn't covered the exit code is 1; in a pipe or in $( ), rows come and nothing fails. With
      -o prometheus it prints metrics for a node exporter's text file.
      """,
    flags: [
      Flag("within", .duration, about: "how young, such as 24h or 7d; required"),
      Flag("query", .string, about: "slices with this part in their name"),
    ], effect: .read,
    examples: [
      Signature.Example("coverage --within 24h", "a check for monitoring: 0 or 1"),
      Signature.Example(
        "coverage --within 7d | where not covered | get vmname", "the names of those that lack one"),
    ], columns: .fixed(Coverage.columns),
    columnTypes: [
      "vm_id": .int, "vmname": .string, "region": .string, "covered": .bool, "newest": .datetime,
      "age": .duration, "snapshots": .int,
    ])

  package func run(_ call: Call) throws -> Outcome {
    guard case .duration(let within)? = call.flag("within") else {
      throw Failure(
        .usage, "'coverage' needs --within", help: "such as coverage --within 24h",
        exitCode: ExitCode.usage)
    }
    guard within > 0 else {
      throw Failure(.usage, "'--within' must be more than 0", exitCode: ExitCode.usage)
    }
    let cloud = cloud
    let (rows, known) = try call.host.wait {
      (try await cloud.list(query: nil), try await cloud.knownSlices())
    }
    let query = call.flag("query")?.stringValue?.lowercased()
    let now = Clock.microseconds()
    let states = SliceSnapshots.grouped(rows, known: known)
      .filter { slice in
        !slice.isDeleted && (query.map { slice.label.lowercased().contains($0) } ?? true)
      }
      .map { State($0, within: within, now: now) }
      .sorted { $0.isWorse(than: $1) }
    let values = states.map(\.value)
    let lacking = states.filter { !$0.isCovered }.map(\.slice.label)
    guard call.isShown, !lacking.isEmpty else { return .rows(RowStream(values)) }
    try call.host.show(.rows(RowStream(values)))
    let names = lacking.prefix(5).joined(separator: ", ")
    let others = lacking.count > 5 ? " and \(lacking.count - 5) more" : ""
    throw Failure(
      .notfound,
      "\(lacking.count) of \(states.count) slices have no complete snapshot within "
        + "\(Units.durationText(within)): \(names)\(others)",
      exitCode: ExitCode.failed)
  }

  /// A slice, and the newest that proves something.
  private struct State {
    let slice: SliceSnapshots
    let newest: SnapshotRow?
    /// Microseconds.
    let age: Int?
    let isCovered: Bool

    init(_ slice: SliceSnapshots, within: Int, now: Int) {
      self.slice = slice
      let past = slice.rows.filter { $0.isComplete && ($0.createdTime ?? .max) <= now }
      newest = past.max { ($0.createdTime ?? 0, $0.id) < ($1.createdTime ?? 0, $1.id) }
      age = newest?.createdTime.map { now - $0 }
      isCovered = age.map { $0 <= within } ?? false
    }

    /// None at all is worst, then the oldest.
    func isWorse(than other: State) -> Bool {
      let (mine, others) = (age ?? .max, other.age ?? .max)
      return mine == others ? slice.label < other.slice.label : mine > others
    }

    var value: Value {
      .record(
        Record(
          shape: Coverage.shape,
          wireValues: [
            .int(slice.id.rawValue), slice.name.map(Value.string) ?? .null,
            slice.region.map(Value.string) ?? .null, .bool(isCovered),
            newest?.created.map(Value.string) ?? .null, age.map(Value.duration) ?? .null,
            .int(slice.rows.count),
          ]))
    }
  }

  private static let shape = Shape(
    columns, forms: columns.map { $0 == "newest" ? .timestamp : .plain })
}
