package import SnapLanguage

/// `group-by`: rows gathered by a column.
package struct GroupBy: Callable {
  package let signature = Signature(
    "group-by", group: .rows, about: "Gather rows by a column",
    details: """
      Gives a row for each value, with the value under the column's name and the list `rows`. The
      groups stand in the order of their first rows.
      """,
    parameters: [Parameter("column", .column)],
    input: .required, effect: .pure,
    examples: [
      Signature.Example(
        "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} }",
        "the number of each slice's")
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var column = call.column ?? RowColumn("")
    var groups: [(key: Value, rows: [Value])] = []
    var positions: [RowKey: Int] = [:]
    let rows = call.rows
    while let batch = try rows.next() {
      for row in batch {
        let key = try column.value(of: row)
        let position = positions[RowKey(key), default: groups.count]
        if position == groups.count {
          positions[RowKey(key)] = position
          groups.append((key, []))
        }
        groups[position].rows.append(row)
      }
    }
    let isNamedRows = column.name == "rows"
    let shape = Shape(isNamedRows ? ["rows"] : [column.name, "rows"])
    return .rows(
      RowStream(
        groups.map { group in
          .record(
            Record(
              shape: shape,
              wireValues: isNamedRows ? [.list(group.rows)] : [group.key, .list(group.rows)]))
        }))
  }
}
