import SnapLanguage
import SnapOutput

/// A column of rows of any origin. Its place is looked up once for rows that share a shape.
struct RowColumn {
  let name: String
  private var shape: Shape?
  private var position = 0

  init(_ name: String) { self.name = name }

  /// The row's value; null where a documented column is missing.
  ///
  /// - Throws: `Failure` when the row is no record, or knows no such column.
  mutating func value(of row: Value) throws -> Value {
    guard case .record(let record) = row else {
      throw Failure(.usage, "\(row.kindName) has no column '\(name)'", item: row)
    }
    if record.shape === shape { return record[position] }
    if let position = record.shape.position(of: name) {
      (shape, self.position) = (record.shape, position)
      return record[position]
    }
    try record.shape.checkKnown(name)
    if SnapshotRecords.columns.contains(name) { return .null }
    throw Failure(
      .usage, "there is no column '\(name)'",
      help: Suggestions.help(for: name, among: record.names)
        ?? "columns: \(record.names.joined(separator: " "))", item: row)
  }

  /// Lends the bytes of the column in the file that the row was read from, when rows with the same bytes
  /// there have the same value; nil for other rows, and before `value(of:)` has seen one of its shape.
  func withBytes<Result>(
    of row: Value, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result? {
    guard case .record(let record) = row, record.shape === shape else { return nil }
    return record.text?.withBytes(ofField: position, body)
  }
}

extension Call {
  /// The columns that the arguments name, each once.
  var columns: [String] {
    var names: [String] = []
    for case let .string(name) in self["column"]?.listValue ?? [] where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// The column that the argument names; nil when there is none.
  var column: RowColumn? { self["column"]?.stringValue.map(RowColumn.init) }
}
