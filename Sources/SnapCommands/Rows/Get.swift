package import SnapLanguage

/// `get`: one column as plain values, or one row.
package struct Get: Callable {
  package let signature = Signature(
    "get", group: .rows, about: "Give the values of one column, or one row",
    details:
      "A number in place of a column gives the row at that place: 0 is the first, -1 the last.",
    parameters: [Parameter("column", .column, about: "a column, or a row's number")],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | get id", "the ids alone"),
      Signature.Example("ls | sort-by created | get -1", "the newest row"),
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var column = call.column ?? RowColumn("")
    if let place = Int(column.name) { return .value(try row(at: place, of: call.rows)) }
    return .rows(
      call.rows.compactMap { row in
        try column.value(of: row)
      })
  }

  private func row(at place: Int, of rows: RowStream) throws -> Value {
    var count = 0
    var last: [Value] = []
    while let batch = try rows.next() {
      if place >= 0, place < count + batch.count { return batch[place - count] }
      count += batch.count
      if place < 0 { last = (last + batch).suffix(-place) }
    }
    if place < 0, last.count == -place { return last[0] }
    throw Failure(.usage, "there is no row \(place) in \(count) \(count == 1 ? "row" : "rows")")
  }
}
