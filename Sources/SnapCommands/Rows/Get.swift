package import SnapLanguage

/// `get`: one column as plain values.
package struct Get: Callable {
  package let signature = Signature(
    "get", group: .rows, about: "Give the values of one column",
    parameters: [Parameter("column", .column)],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | get id", "the ids alone")])

  package func run(_ call: Call) throws -> Outcome {
    let column = call["column"]?.stringValue ?? ""
    return .rows(call.rows.compactMap { try RowColumns.value(column, of: $0) })
  }
}
