package import SnapLanguage

/// `join`: rows with what other rows know about the same thing.
package struct Join: Callable {
  package let signature = Signature(
    "join", group: .rows, about: "Add the columns of other rows that agree in a column",
    details: """
      Each row is given once for each row of ROWS that has the same value in COLUMN; rows that have
      none are left out, or with --left kept with null in the new columns. Null agrees with nothing.
      A new column whose name is taken gets _2 after it.
      """,
    parameters: [
      Parameter("rows", .list(.any), about: "the other rows"),
      Parameter("column", .column, about: "is in both"),
    ],
    flags: [Flag("left", about: "keep rows that agree with none")],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | join $(slices) vm_id", "snapshots with all about their slices"),
      Signature.Example("ls web-01 | join $(open old.csv) id --left", "beside an older list"),
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var column = call.column ?? RowColumn("")
    let table = try JoinedTable(call["rows"]?.listValue ?? [], column: column.name)
    let keepsAll = call.isSet("left")
    let rows = call.rows
    var shapes: (left: Shape, result: Shape)?
    return .rows(
      RowStream {
        try rows.next()?.flatMap { row -> [Value] in
          let key = try column.value(of: row)
          guard case .record(let left) = row else { return [] }
          let additions = table.additions(for: key, keepsAll: keepsAll)
          if additions.isEmpty { return [] }
          if shapes?.left !== left.shape { shapes = (left.shape, table.shape(beside: left.shape)) }
          guard let shape = shapes?.result else { return [] }
          let values = left.wireValues
          return additions.map { .record(Record(shape: shape, wireValues: values + $0)) }
        }
      })
  }
}

/// The other rows of a join, by their values in its column.
private struct JoinedTable {
  /// Their columns but that one, in the order in which they first come.
  private var names: [String] = []
  private var forms: [WireForm] = []
  private var additions: [RowKey: [[Value]]] = [:]

  init(_ rows: [Value], column name: String) throws {
    var known: Set<String> = [name]
    for case let .record(record) in rows {
      for (name, form) in zip(record.names, record.shape.forms) where known.insert(name).inserted {
        names.append(name)
        forms.append(form)
      }
    }
    var column = RowColumn(name)
    for row in rows {
      let key = try column.value(of: row)
      guard case .record(let record) = row, !key.isNull else { continue }
      let values = record.wireValues
      additions[RowKey(key), default: []].append(
        names.map { name in record.shape.position(of: name).map { values[$0] } ?? .null })
    }
  }

  func additions(for key: Value, keepsAll: Bool) -> [[Value]] {
    additions[RowKey(key)] ?? (keepsAll ? [Array(repeating: .null, count: names.count)] : [])
  }

  func shape(beside left: Shape) -> Shape {
    var all = ColumnNames(left.names)
    for name in names { all.append(name) }
    return Shape(all.names, forms: left.forms + forms)
  }
}
