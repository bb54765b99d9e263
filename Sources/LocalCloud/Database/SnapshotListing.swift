package import CloudAPI
import GRDB
package import OrderedJSON

/// The answers of the two list calls.
extension LocalCloud {
  /// "List All Snapshots": page `page`, from 1, of the snapshots whose name or whose slice's name
  /// contains `query`, by id. A page behind the last one is empty.
  package func list(query: String?, page: Int) async throws -> JSON {
    let pageSize = pageSize
    let text = (query ?? "").lowercased()
    return try await catalog.read { database in
      let found =
        text.isEmpty
        ? try SnapshotListing.all(page, of: pageSize, in: database)
        : try SnapshotListing.matching(text, page, of: pageSize, in: database)
      return [
        "data": .array(found.rows.map(SnapshotListing.row)), "page": .int(page),
        "pages": .int(max(1, (found.results + pageSize - 1) / pageSize)),
        "results": .int(found.results),
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
      let rows = try SnapshotListing.rows(
        "WHERE n.slice = ? ORDER BY n.id", [slice.rawValue], in: database)
      guard !record.isDeleted || !rows.isEmpty else {
        throw LocalCloudError.unknownSlice(slice.description)
      }
      return ["data": .array(rows.map(SnapshotListing.sliceRow))]
    }
  }
}

/// How the rows of the lists are found and made.
private enum SnapshotListing {
  typealias Found = (rows: [Row], results: Int)

  /// The rows of a page; the rows before it are counted in an index, and not read.
  static func all(_ page: Int, of size: Int, in database: Database) throws -> Found {
    let results = try Int.fetchOne(database, sql: "SELECT count(*) FROM snapshot") ?? 0
    let (skipped, overflow) = (page - 1).multipliedReportingOverflow(by: size)
    guard !overflow, skipped < results else { return ([], results) }
    let first = "(SELECT id FROM snapshot INDEXED BY snapshot_id ORDER BY id LIMIT 1 OFFSET ?)"
    let rows = try rows(
      "WHERE n.id >= \(first) ORDER BY n.id LIMIT ?", [skipped, size], in: database)
    return (rows, results)
  }

  /// The rows of a page of those whose name, or whose slice's name, contains `text`, which is in lower
  /// case. The text itself is looked for: LIKE knows wildcards.
  static func matching(
    _ text: String, _ page: Int, of size: Int, in database: Database
  ) throws -> Found {
    // SQLite's own function knows ASCII's cases alone, and is far faster.
    let lower = text.utf8.allSatisfy { $0 < 0x80 } ? "lower" : "lowercase"
    let ids = try Int.fetchAll(
      database,
      sql: """
        SELECT id FROM snapshot WHERE instr(\(lower)(name), :text)
          OR slice IN (SELECT id FROM slice WHERE instr(\(lower)(name), :text)) ORDER BY id
        """, arguments: ["text": text])
    let (skipped, overflow) = (page - 1).multipliedReportingOverflow(by: size)
    guard !overflow, skipped < ids.count else { return ([], ids.count) }
    let wanted = ids[skipped..<min(skipped + size, ids.count)]
    let list = wanted.map(String.init).joined(separator: ",")
    return (try rows("WHERE n.id IN (\(list)) ORDER BY n.id", [], in: database), ids.count)
  }

  static func rows(
    _ condition: String, _ arguments: StatementArguments, in database: Database
  ) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: "SELECT \(columns) FROM snapshot n JOIN slice s ON s.id = n.slice \(condition)",
      arguments: arguments)
  }

  private static let columns = """
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
