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
    if format.isReadByRow {
      let source = try Self.source(call.input ?? .nothing)
      return .rows(Formats.rows(from: source, as: format).failing())
    }
    let text = try Self.text(try call.input?.collect() ?? .null)
    do throws(DecodeError) { return .value(try Formats.decode(text, as: format)) } catch {
      throw error.failure()
    }
  }

  /// Several texts are lines.
  private static func text(_ value: Value) throws -> String {
    switch value {
    case .string(let text): return text
    case .list(let lines): return try lines.map { try $0.interpolated() }.joined(separator: "\n")
    default: throw Failure(.usage, "'from' reads a text, not \(value.kindName)")
    }
  }

  private static func source(_ input: Flow) throws -> ByteSource {
    guard case .rows(let lines) = input else {
      return Formats.source(Array(try text(try input.collect()).utf8))
    }
    var rest: [UInt8] = []
    return { memory in
      while rest.isEmpty, let batch = try lines.next() {
        if !batch.isEmpty { rest = Array((try text(.list(batch)) + "\n").utf8) }
      }
      let piece = rest.prefix(memory.count)
      memory.copyBytes(from: piece)
      rest.removeFirst(piece.count)
      return piece.count
    }
  }
}
