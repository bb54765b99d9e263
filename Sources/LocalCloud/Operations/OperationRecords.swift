import CloudAPI
import GRDB

/// The rows of the table `operation`.
extension Operation {
  /// Records an operation of `instance` as running.
  static func insert(
    _ kind: OperationKind, slice: SliceID, snapshot: SnapshotImage?, instance: String,
    at now: Timestamp, in transaction: RecordTransaction
  ) throws -> Operation {
    let id = try transaction.newNumber(in: .operation)
    let source = snapshot?.slice ?? slice
    try transaction.change(
      .beginOperation, .number(id), .text(kind.rawValue), .number(slice.rawValue),
      RecordValue(snapshot?.id.rawValue), .number(source.rawValue), .text(instance),
      .text(now.description))
    return Operation(
      id: id, kind: kind, slice: slice, snapshot: snapshot?.id, source: source,
      isCommitting: false)
  }

  /// Records how the operation of `instance` ended; its slice is free then. Throws
  /// `LocalCloudError.takenOver` when it isn't the instance's any more, or has ended.
  func end(
    _ outcome: Outcome, message: String? = nil, by instance: String, at now: Timestamp,
    in transaction: RecordTransaction
  ) throws {
    let count = try transaction.change(
      .endOperation, .text(outcome.rawValue), RecordValue(message), .text(now.description),
      .number(id), .text(instance))
    guard count > 0 else { throw LocalCloudError.takenOver }
  }

  func setProgress(_ percent: Int, in transaction: RecordTransaction) throws {
    try transaction.change(.advanceOperation, .number(percent), .number(id))
  }

  /// Records that the staged disk is complete: from here on a restore is finished, not undone.
  /// Throws `LocalCloudError.takenOver` as `end` does.
  func setCommitting(by instance: String, in transaction: RecordTransaction) throws {
    let count = try transaction.change(.commitOperation, .number(id), .text(instance))
    guard count > 0 else { throw LocalCloudError.takenOver }
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
    from instance: String, by heir: String, in transaction: RecordTransaction
  ) throws -> [Operation] {
    let left = try running(of: instance, in: transaction.database)
    if !left.isEmpty { try transaction.change(.adoptOperations, .text(heir), .text(instance)) }
    return left
  }

  /// The running operations of `instance`.
  static func running(of instance: String, in database: Database) throws -> [Operation] {
    let sql = "SELECT * FROM operation WHERE instance = ? AND outcome IS NULL"
    return try Row.fetchAll(database, sql: sql, arguments: [instance]).compactMap(Operation.init)
  }

  /// Nil for a kind that a later version wrote.
  private init?(_ row: Row) {
    guard let kind = OperationKind(rawValue: row["kind"]) else { return nil }
    self.init(
      id: row["id"], kind: kind, slice: SliceID(row["slice"]),
      snapshot: (row["snapshot"] as Int?).map { SnapshotID($0) },
      // Null in rows of the first version, which needed no more than the number.
      source: SliceID(row["source"] ?? row["slice"]),
      isCommitting: row["committing"])
  }
}
