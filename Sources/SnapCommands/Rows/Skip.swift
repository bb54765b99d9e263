package import SnapLanguage

/// `skip`: leave out the first rows.
package struct Skip: Callable {
  package let signature = Signature(
    "skip", group: .rows, about: "Leave out the first rows",
    parameters: [Parameter("count", .int, about: "1 when not given", default: .int(1))],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | sort-by created --desc | skip 7", "leave out the first rows")
    ],
    columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let count = call["count"]?.intValue ?? 1
    guard count >= 0 else { throw Failure(.usage, "'skip' needs a count that is not negative") }
    var left = count
    let rows = call.rows
    return .rows(
      RowStream {
        guard let batch = try rows.next() else { return nil }
        defer { left -= min(left, batch.count) }
        return Array(batch.dropFirst(left))
      })
  }
}
