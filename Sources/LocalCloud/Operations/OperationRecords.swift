import CloudAPI
import GRDB

/// The rows of the table `operation`.
extension Operation {
  /// Records an operation of `instance` as running.
  static func insert(
    _ kind: OperationKind, slice: SliceID, snapshot: SnapshotID?, instance: String,
    at now: Timestamp, in database: Database
  ) throws -> Operation {
    try database.execute(
      sql: "INSERT INTO operation (kind, slice, snapshot, instance, begun) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        kind.rawValue, slice.rawValue, snapshot?.rawValue, instance, now.description,
      ])
    return Operation(
      id: Int(database.lastInsertedRowID), kind: kind, slice: slice, snapshot: snapshot,
      isCommitting: false)
  }

  /// Records how the operation ended; its slice is free then.
  func end(
    _ outcome: Outcome, message: String? = nil, at now: Timestamp, in database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE operation SET outcome = ?, message = ?, ended = ? WHERE id = ?",
      arguments: [outcome.rawValue, message, now.description, id])
  }

  func setProgress(_ percent: Int, in database: Database) throws {
    try database.execute(
      sql: "UPDATE operation SET progress = ? WHERE id = ?", arguments: [percent, id])
  }

  /// Records that the staged disk is complete: from here on a restore is finished, not undone.
  func setCommitting(in database: Database) throws {
    try database.execute(
      sql: "UPDATE operation SET committing = 1 WHERE id = ?", arguments: [id])
  }

  /// The running operations that keep `kind` from beginning, with their instances.
  ///
  /// A slice has one operation at a time. A snapshot has one too, but several slices may be
  /// restored from it.
  static func inTheWay(
    of kind: OperationKind, slice: SliceID, snapshot: SnapshotID?, in database: Database
  ) throws -> [(operation: Operation, instance: String)] {
    let sql = """
      SELECT * FROM operation WHERE outcome IS NULL
        AND (slice = ? OR snapshot = ? AND NOT (kind = 'restore' AND ? = 'restore'))
      """
    let arguments: StatementArguments = [slice.rawValue, snapshot?.rawValue, kind.rawValue]
    return try Row.fetchAll(database, sql: sql, arguments: arguments).compactMap { row in
      Operation(row).map { ($0, row["instance"]) }
    }
  }

  /// The instances that have running operations.
  static func instances(in database: Database) throws -> [String] {
    try String.fetchAll(
      database, sql: "SELECT DISTINCT instance FROM operation WHERE outcome IS NULL")
  }

  /// Makes `heir` the owner of the running operations of the dead `instance`, and answers them.
  static func adopt(
    from instance: String, by heir: String, in database: Database
  ) throws -> [Operation] {
    let sql = "UPDATE operation SET instance = ? WHERE instance = ? AND outcome IS NULL RETURNING *"
    return try Row.fetchAll(database, sql: sql, arguments: [heir, instance])
      .compactMap(Operation.init)
  }

  /// Nil for a kind that a later version wrote.
  private init?(_ row: Row) {
    guard let kind = OperationKind(rawValue: row["kind"]) else { return nil }
    self.init(
      id: row["id"], kind: kind, slice: SliceID(row["slice"]),
      snapshot: (row["snapshot"] as Int?).map { SnapshotID($0) },
      isCommitting: row["committing"])
  }
}
