package import SnapLanguage

/// `select`: some columns of each row.
package struct Select: Callable {
  package let signature = Signature(
    "select", group: .rows, about: "Keep some columns, in this order",
    parameters: [Parameter("column", .column, rest: true)],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | select id name created", "three columns")],
    columns: .arguments)

  package func run(_ call: Call) throws -> Outcome {
    let columns = (call["column"]?.listValue ?? []).compactMap(\.stringValue)
    guard !columns.isEmpty else {
      throw Failure(.usage, "'select' needs COLUMN", help: signature.usage)
    }
    var shapes: [ObjectIdentifier: Shape] = [:]
    return .rows(
      call.rows.compactMap { row in
        guard case .record(let record) = row else {
          throw Failure(.usage, "\(row.kindName) has no columns", item: row)
        }
        let origin = ObjectIdentifier(record.shape)
        let shape = shapes[origin] ?? record.shape.selecting(columns)
        shapes[origin] = shape
        return .record(
          Record(shape: shape, wireValues: try columns.map { try record.wireValue($0, row) }))
      })
  }
}

extension Shape {
  /// The shape of some of the columns, each in its form.
  fileprivate func selecting(_ names: [String]) -> Shape {
    Shape(names, forms: names.map { name in position(of: name).map { forms[$0] } ?? .plain })
  }
}

extension Record {
  /// The value as it came; null where a documented column is missing.
  fileprivate func wireValue(_ name: String, _ row: Value) throws -> Value {
    if let position = shape.position(of: name) { return wireValues[position] }
    return try RowColumns.value(name, of: row)
  }
}
