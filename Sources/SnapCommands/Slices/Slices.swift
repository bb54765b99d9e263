import CloudAPI
package import SnapLanguage

/// `slices`: the slices that the list of snapshots tells of, for the API has no call that lists them.
package struct Slices: Callable {
  let cloud: CloudSession

  static let columns = [
    "vm_id", "vmname", "region", "vm_perms", "snapshots", "newest", "size", "running",
  ]

  package let signature = Signature(
    "slices", group: .read, about: "List the slices that have snapshots",
    details: "The local cloud shows its slices without snapshots too.",
    flags: [Flag("query", .string, about: "a part of a slice's or snapshot's name")],
    effect: .read,
    examples: [Signature.Example("slices | where snapshots < 3", "slices with few snapshots")],
    columns: .fixed(Slices.columns))

  package func run(_ call: Call) throws -> Outcome {
    let cloud = cloud
    let query = call.flag("query")?.stringValue
    let (rows, known) = try call.host.wait {
      (try await cloud.list(query: query), try await cloud.knownSlices())
    }
    var bySlice: [SliceID: [SnapshotRow]] = [:]
    var order: [SliceID] = []
    for row in rows {
      guard let slice = row.slice else { continue }
      if bySlice[slice] == nil { order.append(slice) }
      bySlice[slice, default: []].append(row)
    }
    var values = order.sorted().map { Self.value($0, bySlice[$0] ?? []) }
    for slice in known where bySlice[slice.id] == nil {
      guard query.map({ slice.name.lowercased().contains($0.lowercased()) }) ?? true else {
        continue
      }
      values.append(Self.value(slice))
    }
    return .rows(RowStream(values))
  }

  private static let shape = Shape(
    columns, forms: columns.map { $0 == "newest" ? .timestamp : $0 == "size" ? .gigabytes : .plain }
  )

  private static func value(_ slice: SliceID, _ rows: [SnapshotRow]) -> Value {
    let last = rows.last
    let newest = rows.compactMap(\.created).max()
    let gigabytes = rows.compactMap(\.gigabytes).reduce(0, +)
    return .record(
      Record(
        shape: shape,
        wireValues: [
          .int(slice.rawValue), last?.sliceName.map(Value.string) ?? .null,
          last?.region.map(Value.string) ?? .null, last?.slicePerms.map(Value.string) ?? .null,
          .int(rows.count), newest.map(Value.string) ?? .null, .int(gigabytes),
          .int(rows.count(where: \.isInProgress)),
        ]))
  }

  private static func value(_ slice: CloudSession.KnownSlice) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .int(slice.id.rawValue), .string(slice.name), slice.region.map(Value.string) ?? .null,
          slice.perms.map(Value.string) ?? .null, .int(0), .null, .int(0), .int(0),
        ]))
  }
}
