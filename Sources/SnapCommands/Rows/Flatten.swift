package import SnapLanguage

/// `flatten`: what is nested, one level up.
package struct Flatten: Callable {
  package let signature = Signature(
    "flatten", group: .rows, about: "Lift what is nested one level up",
    details: """
      Without a column, the items of rows that are lists become rows. With one, a list in it gives a
      row for each item, with the other columns beside it, and an empty list none; the fields of a
      record take the column's place. A field whose name is taken gets _2 after it.
      """,
    parameters: [
      Parameter("column", .column, about: "holds lists or records", required: false)
    ],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("[[1, 2], [3]] | flatten", "1, 2 and 3"),
      Signature.Example("ls | group-by vmname | flatten rows", "the rows, group after group"),
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let rows = call.rows
    guard var column = call.column else {
      return .rows(
        RowStream {
          try rows.next()?.flatMap { row in row.listValue ?? [row] }
        })
    }
    var lifting = Lifting(column: column.name)
    return .rows(
      RowStream {
        try rows.next()?.flatMap { row in
          guard case .record(let record) = row else { return [try column.value(of: row)] }
          switch try column.value(of: row) {
          case .list(let items): return items.map { lifting.row(record, $0) }
          case let value: return [lifting.row(record, value)]
          }
        }
      })
  }
}

/// Puts the fields of a record in the place of the column that holds it.
private struct Lifting {
  let column: String
  private var shapes: (outer: Shape, inner: Shape, result: Shape)?

  init(column: String) { self.column = column }

  mutating func row(_ outer: Record, _ item: Value) -> Value {
    guard let position = outer.shape.position(of: column) else { return .record(outer) }
    var values = outer.wireValues
    guard case .record(let inner) = item else {
      values[position] = item
      return .record(Record(shape: outer.shape, wireValues: values))
    }
    values.replaceSubrange(position...position, with: inner.wireValues)
    return .record(Record(shape: shape(outer.shape, inner.shape, position), wireValues: values))
  }

  private mutating func shape(_ outer: Shape, _ inner: Shape, _ position: Int) -> Shape {
    if let shapes, shapes.outer === outer, shapes.inner === inner { return shapes.result }
    var others = outer.names
    others.remove(at: position)
    var lifted = ColumnNames([], reserved: others)
    for name in inner.names { lifted.append(name) }
    var (names, forms) = (outer.names, outer.forms)
    names.replaceSubrange(position...position, with: lifted.names)
    forms.replaceSubrange(position...position, with: inner.forms)
    let result = Shape(names, forms: forms)
    shapes = (outer, inner, result)
    return result
  }
}
