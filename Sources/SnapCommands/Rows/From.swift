package import SnapLanguage
import SnapOutput

/// `from`: the rows that a text in a data format holds.
package struct From: Callable {
  package let signature = Signature(
    "from", group: .rows, about: "Read rows from text",
    parameters: [Parameter("format", .oneOf(DataFormat.allCases.map(\.rawValue)))],
    input: .required, effect: .pure,
    examples: [
      Signature.Example("!curl -s https://example.org/x.json | from json", "a program's output")
    ])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    guard let format = call["format"]?.stringValue.flatMap({ DataFormat(rawValue: $0) }) else {
      throw Failure(.usage, "'from' needs FORMAT", help: signature.usage)
    }
    let text: String
    switch try call.input?.collect() ?? .null {
    case .string(let string): text = string
    case .list(let lines): text = try lines.map { try $0.interpolated() }.joined(separator: "\n")
    case let other: throw Failure(.usage, "'from' reads a text, not \(other.kindName)")
    }
    do throws(DecodeError) { return .value(try Formats.decode(text, as: format)) } catch {
      throw error.failure
    }
  }
}
