package import SnapLanguage

/// `max`: the greatest value.
package struct Max: Callable {
  package let signature = Signature(
    "max", group: .rows, about: "Give the greatest value of a column",
    details: """
      Values of kinds that have no common order are an error. Null is left out, and the greatest of
      nothing is null. For the whole row: sort-by COLUMN --desc | first.
      """,
    parameters: [Amounts.parameter], input: .required, effect: .pure,
    examples: [Signature.Example("ls | max created", "when the newest was made")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    .value(try Extreme.of(call) { a, b in Value.isLess(b, a) })
  }
}
