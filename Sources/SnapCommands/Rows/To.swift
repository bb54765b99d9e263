package import SnapLanguage
import SnapOutput

/// `to`: rows as a text in a data format.
package struct To: Callable {
  package let signature: Signature
  private let others: [Format]

  /// A format that somebody else knows how to write.
  package struct Format: Sendable {
    package let name: String
    /// - Throws: `Failure`, or `Cancelled`.
    let text: @Sendable (Value, any Host) throws -> String

    package init(
      _ name: String, text: @escaping @Sendable (Value, any Host) throws -> String
    ) {
      self.name = name
      self.text = text
    }
  }

  /// `others` are formats beside the built-in ones.
  package init(others: [Format] = []) {
    self.others = others
    signature = Signature(
      "to", group: .rows, about: "Write rows as text",
      parameters: [
        Parameter("format", .oneOf(DataFormat.allCases.map(\.rawValue) + others.map(\.name)))
      ],
      input: .required, effect: .pure,
      examples: [Signature.Example("ls | to csv | save report.csv", "a file for a spreadsheet")])
  }

  package func run(_ call: Call) throws -> Outcome {
    let name = call["format"]?.stringValue
    if let other = others.first(where: { $0.name == name }) {
      return .value(.string(try other.text(try call.input?.collect() ?? .null, call.host)))
    }
    guard let format = call["format"]?.stringValue.flatMap({ DataFormat(rawValue: $0) }) else {
      throw Failure(.usage, "'to' needs FORMAT", help: signature.usage)
    }
    let value = try call.input?.collect() ?? .null
    do { return .value(.string(try Formats.encode(value, as: format))) } catch let error
      as EncodeError
    {
      throw error.failure
    }
  }
}
