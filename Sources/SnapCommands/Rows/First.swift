package import SnapLanguage

/// `first`: keep the first rows.
package struct First: Callable {
  package let signature = Signature(
    "first", group: .rows, about: "Keep the first rows",
    parameters: [Parameter("count", .int, about: "1 when not given", default: .int(1))],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | first 5", "keep the first rows")],
    columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let count = call["count"]?.intValue ?? 1
    guard count >= 0 else { throw Failure(.usage, "'first' needs a count that is not negative") }
    var left = count
    let rows = call.rows
    return .rows(
      RowStream {
        guard left > 0, let batch = try rows.next() else { return nil }
        defer { left -= min(left, batch.count) }
        return Array(batch.prefix(left))
      })
  }
}
