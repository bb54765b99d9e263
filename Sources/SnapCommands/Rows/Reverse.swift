package import SnapLanguage

/// `reverse`: the last row first.
package struct Reverse: Callable {
  package let signature = Signature(
    "reverse", group: .rows, about: "Turn the order around", input: .required, effect: .pure,
    examples: [Signature.Example("ls | reverse", "the last row first")], columns: .sameAsInput)

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    .rows(RowStream(try call.rows.collect().reversed()))
  }
}
