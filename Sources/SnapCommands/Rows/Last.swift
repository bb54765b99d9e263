package import SnapLanguage

/// `last`: keep the last rows.
package struct Last: Callable {
  package let signature = Signature(
    "last", group: .rows, about: "Keep the last rows",
    parameters: [Parameter("count", .int, about: "1 when not given", default: .int(1))],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | last", "keep the last rows")],
    columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let count = call["count"]?.intValue ?? 1
    guard count >= 0 else { throw Failure(.usage, "'last' needs a count that is not negative") }
    let rows = call.rows
    var kept: [Value] = []
    while let batch = try rows.next() {
      kept += batch
      if kept.count / 2 > count { kept.removeFirst(kept.count - count) }
    }
    return .rows(RowStream(Array(kept.suffix(count))))
  }
}
