package import SnapLanguage

/// `length`: how long a text, a list or a record is, or how many rows there are.
package struct Length: Callable {
  package let signature = Signature(
    "length", group: .rows, about: "Give the length of a text or a list",
    details: """
      The number of characters of a text, of fields of a record, of items of a list, or of rows. In
      an expression: len(…).
      """,
    input: .required, effect: .pure,
    examples: [
      Signature.Example("\"web-01\" | length", "6"),
      Signature.Example("ls | length", "the same as count"),
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    switch call.input {
    case .value(.string(let text)): return .value(.int(text.count))
    case .value(.record(let record)): return .value(.int(record.names.count))
    case .value(.list(let items)): return .value(.int(items.count))
    case .value(let value) where !value.isNull:
      throw Failure(
        .usage, "'length' needs a text, a list, a record or rows, not \(value.kindName)")
    default: return try Count().run(call)
    }
  }
}
