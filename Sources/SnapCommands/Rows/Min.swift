package import SnapLanguage

/// `min`: the least value.
package struct Min: Callable {
  package let signature = Signature(
    "min", group: .rows, about: "Give the least value of a column",
    details: """
      Values of kinds that have no common order are an error. Null is left out, and the least of
      nothing is null. For the whole row: sort-by COLUMN | first.
      """,
    parameters: [Amounts.parameter], input: .required, effect: .pure,
    examples: [Signature.Example("ls | min created", "when the oldest was made")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    .value(try Extreme.of(call) { a, b in Value.isLess(a, b) })
  }
}
