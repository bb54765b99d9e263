package import SnapLanguage

/// A notation for values that is read and written.
package enum DataFormat: String, CaseIterable, Sendable {
  case json, jsonl, csv, yaml

  var outputFormat: OutputFormat {
    switch self {
    case .json: .json
    case .jsonl: .jsonl
    case .csv: .csv
    case .yaml: .yaml
    }
  }
}

/// Values as text that other programs read, and back.
package enum Formats {
  /// The value of a text, which a byte order mark may precede.
  ///
  /// JSON lines and CSV are lists; several documents of YAML too.
  package static func decode(_ text: String, as format: DataFormat) throws(DecodeError) -> Value {
    try decode(Array(text.utf8), as: format)
  }

  package static func decode(_ bytes: [UInt8], as format: DataFormat) throws(DecodeError) -> Value {
    if format.isReadByRow { return .list(try decodeRows(bytes, as: format)) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes[mark.count...]) : bytes
    return format == .yaml ? try YAMLReader.decode(bytes) : try decodeJSON(bytes)
  }

  private static func decodeRows(
    _ bytes: [UInt8], as format: DataFormat
  ) throws(DecodeError) -> [Value] {
    let rows = rows(from: source(bytes), as: format)
    do { return try rows.collect() } catch let error as DecodeError { throw error } catch {
      // Memory is read without failing.
      return []
    }
  }

  /// The bytes as a source.
  package static func source(_ bytes: [UInt8]) -> ByteSource {
    var rest = bytes[...]
    return { memory in
      let piece = rest.prefix(memory.count)
      memory.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  /// The text of `value`, with a line end.
  ///
  /// - Throws: `EncodeError`.
  package static func encode(_ value: Value, as format: DataFormat) throws -> String {
    var text = ""
    try encode(.value(value), as: format) { text += $0 }
    return text
  }

  /// Hands over the text of `flow` as its rows come.
  ///
  /// - Throws: `EncodeError`, and what the rows or `out` throw.
  package static func encode(_ flow: Flow, as format: DataFormat, to out: TextSink) throws {
    let style = OutputStyle(format: format.outputFormat, now: 0)
    try ValueWriter(style: style).write(flow, to: out)
  }
}
