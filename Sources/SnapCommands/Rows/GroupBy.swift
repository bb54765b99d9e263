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
        "ls | group-by vmname | each { {name: $it.vmname, n: len($it.rows)} }",
        "the number of each slice's")
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let column = call.column ?? RowColumn("")
    let groups = RowGroups(by: column)
    let rows = call.rows
    while let batch = try rows.next() { for row in batch { try groups.add(row) } }
    let isNamedRows = column.name == "rows"
    let shape = Shape(isNamedRows ? ["rows"] : [column.name, "rows"])
    return .rows(
      groups.stream { key, rows in
        .record(
          Record(shape: shape, wireValues: isNamedRows ? [.list(rows)] : [key, .list(rows)]))
      })
  }
}
