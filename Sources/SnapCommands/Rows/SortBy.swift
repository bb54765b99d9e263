package import SnapLanguage

/// `sort-by`: rows in the order of columns.
package struct SortBy: Callable {
  package let signature = Signature(
    "sort-by", group: .rows, about: "Sort rows by columns",
    details: "Rows that are equal keep their order; null comes first.",
    parameters: [Parameter("column", .column, rest: true)],
    flags: [Flag("desc", about: "greatest first")],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | sort-by created --desc | first 3", "the newest")],
    columns: .sameAsInput)

  package func run(_ call: Call) throws -> Outcome {
    let columns = (call["column"]?.listValue ?? []).compactMap(\.stringValue)
    guard !columns.isEmpty else {
      throw Failure(.usage, "'sort-by' needs COLUMN", help: signature.usage)
    }
    let isDescending = call.isSet("desc")
    var keyed: [(keys: [Value], row: Value)] = []
    for row in try call.rows.collect() {
      keyed.append((try columns.map { try RowColumns.value($0, of: row) }, row))
    }
    // Swift's sort is stable (SE-0372 documents it as guaranteed).
    keyed.sort { a, b in
      for (x, y) in zip(a.keys, b.keys) where !Value.areEqual(x, y) {
        return isDescending ? Value.sortsBefore(y, x) : Value.sortsBefore(x, y)
      }
      return false
    }
    return .rows(RowStream(keyed.map(\.row)))
  }
}
