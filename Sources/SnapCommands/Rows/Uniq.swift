package import SnapLanguage

/// `uniq`: rows that are not there already.
package struct Uniq: Callable {
  package let signature = Signature(
    "uniq", group: .rows, about: "Leave out rows that came before",
    details: """
      Rows are the same when the named columns are, or without any, all of them. The first one stays,
      in its place; the others need not stand beside it.
      """,
    parameters: [Parameter("column", .column, required: false, rest: true)],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | get region | uniq", "the regions"),
      Signature.Example("ls | sort-by created --desc | uniq vmname", "the newest of each slice"),
    ],
    columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var columns = call.columns.map(RowColumn.init)
    var known: Set<RowKey> = []
    return .rows(
      call.rows.compactMap { row in
        let key: Value
        switch columns.count {
        case 0: key = row
        case 1: key = try columns[0].value(of: row)
        default:
          var values: [Value] = []
          for index in columns.indices { values.append(try columns[index].value(of: row)) }
          key = .list(values)
        }
        return known.insert(RowKey(key)).inserted ? row : nil
      })
  }
}
