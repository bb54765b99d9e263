package import SnapLanguage

/// `select`: some columns of each row.
package struct Select: Callable {
  package let signature = Signature(
    "select", group: .rows, about: "Keep some columns, in this order",
    parameters: [Parameter("column", .column, rest: true)],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | select id name created", "three columns")],
    columns: .arguments)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let columns = call.columns
    guard !columns.isEmpty else {
      throw Failure(.usage, "'select' needs COLUMN", help: signature.usage)
    }
    var selections: [ObjectIdentifier: Selection] = [:]
    return .rows(
      call.rows.compactMap { row in
        guard case .record(let record) = row else {
          throw Failure(.usage, "\(row.kindName) has no columns", item: row)
        }
        let origin = ObjectIdentifier(record.shape)
        let selection = try selections[origin] ?? Selection(columns, of: record, row)
        selections[origin] = selection
        return .record(selection.record(record))
      })
  }
}

/// Some of the columns of records that share a shape, each in its form.
private struct Selection {
  /// Kept, so that no other shape is taken for it.
  private let origin: Shape
  /// Nil for a documented column that the records lack: null.
  private let positions: [Int?]
  private let shape: Shape

  init(_ names: [String], of record: Record, _ row: Value) throws {
    origin = record.shape
    positions = try names.map { name in
      var column = RowColumn(name)
      _ = try column.value(of: row)
      return record.shape.position(of: name)
    }
    shape = Shape(names, forms: positions.map { $0.map { record.shape.forms[$0] } ?? .plain })
  }

  func record(_ record: Record) -> Record {
    Record(shape: shape, wireValues: positions.map { $0.map(record.wireValue(at:)) ?? .null })
  }
}
