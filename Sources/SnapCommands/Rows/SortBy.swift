package import SnapLanguage

/// `sort-by`: rows in the order of columns.
package struct SortBy: Callable {
  package let signature = Signature(
    "sort-by", group: .rows, about: "Sort rows by columns",
    details: """
      Later columns order the rows that are equal in the earlier ones; rows that are equal in all
      keep their order. Null comes first, with --desc last.
      """,
    parameters: [Parameter("column", .column, rest: true)],
    flags: [Flag("desc", about: "greatest first")],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | sort-by created --desc | first 3", "the newest"),
      Signature.Example("ls | sort-by vmname created", "slice by slice"),
    ],
    columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var columns = call.columns.map(RowColumn.init)
    guard !columns.isEmpty else {
      throw Failure(.usage, "'sort-by' needs COLUMN", help: signature.usage)
    }
    let rows = try call.rows.collect()
    var keys = columns.map { _ in [Value]() }
    for index in columns.indices {
      keys[index].reserveCapacity(rows.count)
      for row in rows {
        keys[index].append(try columns[index].value(of: row))
      }
    }
    let order = SortedOrder(keys: keys, isDescending: call.isSet("desc")).positions
    return .rows(RowStream(order.map { rows[$0] }))
  }
}
