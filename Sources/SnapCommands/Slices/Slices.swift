import CloudAPI
import OrderedJSON
package import SnapLanguage
import SnapOutput

/// `slices`: the slices that the list of snapshots tells of, for the API has no call that lists them.
package struct Slices: Callable {
  let cloud: CloudSession

  static let columns = [
    "vm_id", "vmname", "region", "vm_perms", "snapshots", "newest", "oldest", "size", "running",
  ]

  package let signature = Signature(
    "slices", group: .read, about: "List the slices that have snapshots",
    details: """
      For each how many snapshots it has, when the newest and the oldest were made, what they take
      together, and the operation that is running on one of them. The local cloud shows its slices
      without snapshots too.
      """,
    flags: [Flag("query", .string, about: "a part of a slice's or snapshot's name")],
    effect: .read,
    examples: [
      Signature.Example("slices | where snapshots < 3", "slices with few snapshots"),
      Signature.Example("slices | sort-by size --desc | first 5", "those that take most"),
    ],
    columns: .fixed(Slices.columns),
    columnTypes: [
      "vm_id": .int, "vmname": .string, "region": .string, "vm_perms": .string, "snapshots": .int,
      "newest": .datetime, "oldest": .datetime, "size": .size, "running": .string,
    ])

  package func run(_ call: Call) throws -> Outcome {
    let cloud = cloud
    let query = call.flag("query")?.stringValue
    let (rows, known) = try call.host.wait {
      (try await cloud.list(query: query), try await cloud.knownSlices())
    }
    let found = known.filter { slice in
      query.map { slice.name.lowercased().contains($0.lowercased()) } ?? true
    }
    return .rows(RowStream(SliceSnapshots.grouped(rows, known: found).map(Self.value)))
  }

  private static let shape = Shape(
    columns,
    forms: columns.map { column in
      switch column {
      case "newest", "oldest": .timestamp
      case "size": .gigabytes
      default: .plain
      }
    })

  private static func value(_ slice: SliceSnapshots) -> Value {
    let times = slice.rows.compactMap(\.created)
    let gigabytes = slice.rows.compactMap(\.gigabytes).reduce(0, +)
    let running = slice.rows.first(where: \.isInProgress)?.fields[SnapshotRow.Field.inProgress]
    return .record(
      Record(
        shape: shape,
        wireValues: [
          .int(slice.id.rawValue), .optional(slice.name), .optional(slice.region),
          .optional(slice.perms), .int(slice.rows.count), .optional(times.max()),
          .optional(times.min()), .int(gigabytes), running.map { Value(json: $0) } ?? .null,
        ]))
  }
}

extension Value {
  /// A text, or null.
  fileprivate static func optional(_ text: String?) -> Value { text.map(Value.string) ?? .null }
}
