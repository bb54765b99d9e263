package import SnapLanguage

/// `print`: values shown on stdout.
package struct Print: Callable {
  package let signature = Signature(
    "print", group: .rows, about: "Show values",
    parameters: [Parameter("value", .any, required: false, rest: true)],
    input: .optional, effect: .local,
    examples: [Signature.Example("print \"${s.name} done\"", "a line of text")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    if let input = call.input { try call.host.show(input) }
    let values = call["value"]?.listValue ?? []
    let isText = values.allSatisfy { (try? $0.interpolated()) != nil }
    if isText, !values.isEmpty {
      let text = try values.map { try $0.interpolated() }.joined(separator: " ")
      try call.host.show(.value(.string(text)))
    } else {
      for value in values { try call.host.show(.value(value)) }
    }
    if values.isEmpty, call.input == nil { try call.host.show(.value(.string(""))) }
    return .nothing
  }
}
