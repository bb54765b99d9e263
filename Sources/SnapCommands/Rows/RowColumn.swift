import SnapLanguage
import SnapOutput

/// Columns of rows of any origin.
enum RowColumns {
  /// The row's value; null where a documented column is missing.
  ///
  /// - Throws: `Failure` when the row is no record, or knows no such column.
  static func value(_ name: String, of row: Value) throws -> Value {
    guard case .record(let record) = row else {
      throw Failure(.usage, "\(row.kindName) has no column '\(name)'", item: row)
    }
    if let value = record[name] { return value }
    if SnapshotRecords.columns.contains(name) { return .null }
    throw Failure(
      .usage, "there is no column '\(name)'",
      help: Suggestions.help(for: name, among: record.names)
        ?? "columns: \(record.names.joined(separator: " "))", item: row)
  }
}
