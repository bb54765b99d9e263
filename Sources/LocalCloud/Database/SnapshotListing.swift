package import CloudAPI
import GRDB
package import OrderedJSON

/// The answers of the two list calls.
extension LocalCloud {
  /// "List All Snapshots": page `page`, from 1, of the snapshots whose name or whose slice's name
  /// contains `query`, by id. A page behind the last one is empty.
  package func list(query: String?, page: Int) async throws -> JSON {
    let pageSize = pageSize
    // The text itself is looked for, in lower case: LIKE knows wildcards, and only ASCII's cases.
    let text = (query ?? "").lowercased()
    return try await catalog.read { database in
      let matching = """
        FROM snapshot n JOIN slice s ON s.id = n.slice
        WHERE instr(lowercase(n.name), :text) OR instr(lowercase(s.name), :text)
        """
      let results =
        try Int.fetchOne(database, sql: "SELECT count(*) \(matching)", arguments: ["text": text])
        ?? 0
      let pages = max(1, (results + pageSize - 1) / pageSize)
      let rows =
        page > pages
        ? []
        : try Row.fetchAll(
          database,
          sql:
            "SELECT \(SnapshotListing.columns) \(matching) ORDER BY n.id LIMIT :limit OFFSET :skip",
          arguments: ["text": text, "limit": pageSize, "skip": (page - 1) * pageSize])
      return [
        "data": .array(rows.map(SnapshotListing.row)),
        "page": .int(page), "pages": .int(pages), "results": .int(results),
      ]
    }
  }

  /// "List Snapshots for a Slice": all of them, by id. A removed slice is known as long as it has
  /// snapshots.
  package func list(of slice: SliceID) async throws -> JSON {
    try await catalog.read { database in
      guard let record = try SliceRecord.find(slice, in: database) else {
        throw LocalCloudError.unknownSlice(slice.description)
      }
      let sql = """
        SELECT \(SnapshotListing.columns)
        FROM snapshot n JOIN slice s ON s.id = n.slice WHERE s.id = ? ORDER BY n.id
        """
      let rows = try Row.fetchAll(database, sql: sql, arguments: [slice.rawValue])
      guard !record.isDeleted || !rows.isEmpty else {
        throw LocalCloudError.unknownSlice(slice.description)
      }
      return ["data": .array(rows.map(SnapshotListing.sliceRow))]
    }
  }
}

/// How the rows of the lists are made.
private enum SnapshotListing {
  static let columns = """
    n.id, n.slice, n.name, n.perms, n.size, n.created, n.duration,
    s.name AS slice_name, s.region, s.perms AS slice_perms, s.deleted,
    (SELECT kind FROM operation o WHERE o.snapshot = n.id AND o.outcome IS NULL
      ORDER BY o.id LIMIT 1) AS in_progress,
    (SELECT progress FROM operation o WHERE o.snapshot = n.id AND o.outcome IS NULL
      ORDER BY o.id LIMIT 1) AS progress
    """

  /// This cloud has one datacenter and one user.
  private static let datacenter = 1
  private static let user = 1

  /// The fields of "List All Snapshots", in the documentation's order.
  static func row(_ row: Row) -> JSON {
    typealias Field = SnapshotRow.Field
    return [
      Field.created: .string(row["created"]),
      Field.datacenterID: .int(datacenter),
      Field.duration: text(row["duration"]),
      Field.id: .int(row["id"]),
      Field.inProgress: text(row["in_progress"]),
      Field.legacy: nil,
      Field.name: .string(row["name"]),
      Field.perms: .string(row["perms"]),
      Field.progress: number(row["progress"]),
      Field.region: .string(row["region"]),
      Field.snapshotSize: .int(gigabytes(row["size"])),
      Field.vmDatacenterID: .int(datacenter),
      Field.vmDeleted: text(row["deleted"]),
      Field.vmID: .int(row["slice"]),
      Field.vmPerms: .string(row["slice_perms"]),
      Field.vmUserID: .int(user),
      Field.vmname: .string(row["slice_name"]),
    ]
  }

  /// The fields of "List Snapshots for a Slice", and the two by which a client sees that an
  /// operation has ended.
  static func sliceRow(_ row: Row) -> JSON {
    typealias Field = SnapshotRow.Field
    return [
      Field.backupFullSize: .int(gigabytes(row["size"])),
      Field.created: .string(row["created"]),
      Field.duration: text(row["duration"]),
      Field.id: .int(row["id"]),
      Field.inProgress: text(row["in_progress"]),
      Field.name: .string(row["name"]),
      Field.progress: number(row["progress"]),
    ]
  }

  private static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
  private static func number(_ value: Int?) -> JSON { value.map(JSON.int) ?? .null }

  /// Whole gigabytes (10⁹ bytes), rounded up, at least one.
  private static func gigabytes(_ bytes: Int) -> Int {
    max(1, (bytes + 999_999_999) / 1_000_000_000)
  }
}
