import GRDB
import OrderedJSON

/// One change of the records: a statement, and the values that it is given.
///
/// These statements are all that ever changes the records of a local cloud. They compute nothing:
/// clocks, numbers and decisions are in the values, so that the same changes in the same order make
/// the same records on every machine.
struct RecordChange: Sendable, Hashable {
  let statement: Statement
  let values: [RecordValue]

  enum Statement: String, Sendable, CaseIterable {
    case addSlice, sizeSlice, permitSlice, removeSlice, forgetSlice
    case addSnapshot, finishSnapshot, renameSnapshot, permitSnapshot, backdateSnapshot
    case removeSnapshot
    case beginOperation, advanceOperation, commitOperation, endOperation, adoptOperations
  }

  /// Answers how many rows it has changed.
  @discardableResult
  func apply(in database: Database) throws -> Int {
    let statement = try database.cachedStatement(sql: statement.sql)
    try statement.execute(arguments: StatementArguments(values.map(\.databaseValue)))
    return database.changesCount
  }
}

extension RecordChange.Statement {
  fileprivate var sql: String {
    switch self {
    case .addSlice:
      "INSERT INTO slice (id, name, region, perms, size, created) VALUES (?, ?, ?, ?, 0, ?)"
    case .sizeSlice: "UPDATE slice SET size = ? WHERE id = ?"
    case .permitSlice: "UPDATE slice SET perms = ? WHERE id = ? AND deleted IS NULL"
    case .removeSlice: "UPDATE slice SET deleted = ? WHERE id = ?"
    // A slice that never was: operations that name it keep its number as a record.
    case .forgetSlice: "UPDATE slice SET deleted = created WHERE id = ?"
    case .addSnapshot:
      "INSERT INTO snapshot (id, slice, name, perms, size, created) VALUES (?, ?, ?, ?, ?, ?)"
    case .finishSnapshot: "UPDATE snapshot SET size = ?, duration = ? WHERE id = ?"
    case .renameSnapshot: "UPDATE snapshot SET name = ? WHERE id = ?"
    case .permitSnapshot: "UPDATE snapshot SET perms = ? WHERE id = ?"
    case .backdateSnapshot: "UPDATE snapshot SET created = ? WHERE id = ?"
    case .removeSnapshot: "DELETE FROM snapshot WHERE id = ?"
    case .beginOperation:
      """
      INSERT INTO operation (id, kind, slice, snapshot, source, instance, begun)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    case .advanceOperation: "UPDATE operation SET progress = ? WHERE id = ?"
    case .commitOperation:
      "UPDATE operation SET committing = 1 WHERE id = ? AND instance = ? AND outcome IS NULL"
    case .endOperation:
      """
      UPDATE operation SET outcome = ?, message = ?, ended = ?
      WHERE id = ? AND instance = ? AND outcome IS NULL
      """
    case .adoptOperations:
      "UPDATE operation SET instance = ? WHERE instance = ? AND outcome IS NULL"
    }
  }
}

/// What a statement is given.
enum RecordValue: Sendable, Hashable {
  case number(Int)
  case text(String)
  case null

  init(_ number: Int?) { self = number.map(Self.number) ?? .null }
  init(_ text: String?) { self = text.map(Self.text) ?? .null }

  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .number(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .null: .null
    }
  }
}

/// In a log a change is an array: the statement's name, then the values.
extension RecordChange {
  var json: JSON {
    .array(
      [.string(statement.rawValue)]
        + values.map { value in
          switch value {
          case .number(let number): .int(number)
          case .text(let text): .string(text)
          case .null: .null
          }
        })
  }

  /// Throws `LocalCloudError.newerRecords` for what a later version of this program wrote.
  init(_ json: JSON) throws {
    guard let parts = json.arrayValue, let name = parts.first?.stringValue,
      let statement = Statement(rawValue: name)
    else { throw LocalCloudError.newerRecords }
    self.statement = statement
    values = try parts.dropFirst().map { part in
      if let number = part.intValue { return .number(number) }
      if let text = part.stringValue { return .text(text) }
      guard part == .null else { throw LocalCloudError.newerRecords }
      return .null
    }
  }
}

/// A transaction on the records: reads see the changes that it has made.
final class RecordTransaction {
  let database: Database
  private(set) var changes: [RecordChange] = []

  init(_ database: Database) { self.database = database }

  /// Makes a change, and answers how many rows it has changed.
  @discardableResult
  func change(
    _ statement: RecordChange.Statement, _ values: RecordValue...
  ) throws -> Int {
    let change = RecordChange(statement: statement, values: values)
    changes.append(change)
    return try change.apply(in: database)
  }

  /// A number that no row of the table ever had.
  func newNumber(in table: Table) throws -> Int {
    let last = try Int.fetchOne(
      database, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table.rawValue])
    return (last ?? 0) + 1
  }

  enum Table: String { case slice, snapshot, operation }
}
