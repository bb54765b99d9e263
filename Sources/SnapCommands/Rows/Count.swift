package import SnapLanguage

/// `count`: the number of rows.
package struct Count: Callable {
  package let signature = Signature(
    "count", group: .rows, about: "Count rows", input: .required, effect: .pure,
    examples: [Signature.Example("ls --query web | count", "how many there are")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let rows = call.rows
    var count = 0
    while let batch = try rows.next() { count += batch.count }
    return .value(.int(count))
  }
}
