package import CloudAPI
import GRDB

/// A virtual machine's disk in the local cloud.
package struct Slice: Sendable, Hashable {
  package let id: SliceID
  package let name: String
  package let region: String
  /// In bytes.
  package let size: Int
  /// Where the disk is: the path of a file that other programs may read and write.
  package let disk: String
  package let permissions: Permissions
}

/// A slice as the database has it; also one that was removed.
struct SliceRecord: Sendable {
  let id: SliceID
  let name: String
  let region: String
  let size: Int
  let permissions: Permissions
  let isDeleted: Bool

  static func find(_ id: SliceID, in database: Database) throws -> SliceRecord? {
    try Row.fetchOne(database, sql: "SELECT * FROM slice WHERE id = ?", arguments: [id.rawValue])
      .map(SliceRecord.init)
  }

  /// Those that were neither removed nor are still being added, by id.
  static func all(in database: Database) throws -> [SliceRecord] {
    let sql = """
      SELECT * FROM slice WHERE deleted IS NULL AND NOT EXISTS (
        SELECT 1 FROM operation o WHERE o.slice = slice.id AND o.outcome IS NULL AND o.kind = ?)
      ORDER BY id
      """
    return try Row.fetchAll(database, sql: sql, arguments: [OperationKind.add.rawValue])
      .map(SliceRecord.init)
  }

}

extension SliceRecord {
  private init(_ row: Row) {
    self.init(
      id: SliceID(row["id"]), name: row["name"], region: row["region"], size: row["size"],
      permissions: Permissions(rawValue: row["perms"]) ?? .readOnly,
      isDeleted: row["deleted"] != nil)
  }
}

/// A snapshot as the database has it.
struct SnapshotRecord: Sendable {
  let id: SnapshotID
  let slice: SliceID
  let name: String
  let permissions: Permissions

  static func find(_ id: SnapshotID, in database: Database) throws -> SnapshotRecord? {
    let sql = "SELECT * FROM snapshot WHERE id = ?"
    return try Row.fetchOne(database, sql: sql, arguments: [id.rawValue]).map { row in
      SnapshotRecord(
        id: SnapshotID(row["id"]), slice: SliceID(row["slice"]), name: row["name"],
        permissions: Permissions(rawValue: row["perms"]) ?? .readOnly)
    }
  }
}
