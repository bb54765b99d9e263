package import SnapLanguage

/// `sum`: amounts added up.
package struct Sum: Callable {
  package let signature = Signature(
    "sum", group: .rows, about: "Add up a column",
    details: """
      Numbers, sizes and durations keep their kind; different kinds are an error. Null is left out,
      and the sum of nothing is 0.
      """,
    parameters: [Amounts.parameter], input: .required, effect: .pure,
    examples: [
      Signature.Example("ls | sum snapshot_size", "the size of all"),
      Signature.Example("[1, 2, 3] | sum", "6"),
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var amounts = Amounts(call)
    var total = Total()
    try amounts.forEach { value throws(Failure) in
      if case .datetime = value { throw Failure(.usage, "a datetime can't be added to another") }
      try total.add(value)
    }
    return .value(try total.sum())
  }
}
