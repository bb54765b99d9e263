package import SnapLanguage

/// `avg`: the mean of amounts.
package struct Avg: Callable {
  package let signature = Signature(
    "avg", group: .rows, about: "Give the average of a column",
    details: """
      The average of numbers is a float; that of sizes, durations or datetimes keeps the kind, rounded
      down. Different kinds are an error. Null is left out, and the average of nothing is null.
      """,
    parameters: [Amounts.parameter], input: .required, effect: .pure,
    examples: [Signature.Example("ls | avg snapshot_size", "how large they are on average")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    var amounts = Amounts(call)
    var total = Total()
    try amounts.forEach { value throws(Failure) in try total.add(value) }
    return .value(total.count == 0 ? .null : try total.mean())
  }
}
