package import SnapLanguage
import SnapOutput

/// `to`: rows as a text in a data format.
package struct To: Callable {
  package let signature = Signature(
    "to", group: .rows, about: "Write rows as text",
    parameters: [Parameter("format", .oneOf(DataFormat.allCases.map(\.rawValue)))],
    input: .required, effect: .pure,
    examples: [Signature.Example("ls | to csv | save report.csv", "a file for a spreadsheet")])

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
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
