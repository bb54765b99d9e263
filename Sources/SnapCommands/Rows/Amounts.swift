import SnapLanguage

/// The values that commands such as `sum` look at: those of a column, or what is piped in itself.
struct Amounts {
  private var column: RowColumn?
  private let rows: RowStream
  private let command: String

  init(_ call: Call) {
    column = call.column
    rows = call.rows
    command = call.signature.name
  }

  /// Hands over all values but null.
  ///
  /// - Throws: `Failure`, with the number of the row when `body` threw it.
  mutating func forEach(_ body: (Value) throws(Failure) -> Void) throws {
    var number = 0
    while let batch = try rows.next() {
      for row in batch {
        number += 1
        let value = try value(of: row)
        if value.isNull { continue }
        do throws(Failure) { try body(value) } catch {
          throw Failure(
            .usage, "'\(command)': \(error.message), in row \(number)", help: error.help, item: row)
        }
      }
    }
  }

  private mutating func value(of row: Value) throws -> Value {
    if column != nil { return try column?.value(of: row) ?? .null }
    guard case .record(let record) = row else { return row }
    throw Failure(
      .usage, "'\(command)' needs COLUMN for rows with several",
      help: "columns: \(record.names.joined(separator: " "))", item: row)
  }

  static let parameter = Parameter(
    "column", .column, about: "when not given, the values themselves", required: false)
}
