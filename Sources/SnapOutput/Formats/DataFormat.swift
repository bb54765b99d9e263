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
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes[mark.count...]) : bytes
    return switch format {
    case .json: try decodeJSON(bytes)
    case .jsonl: try decodeJSONLines(bytes)
    case .csv: try CSVReader.decode(bytes)
    case .yaml: try YAMLReader.decode(bytes)
    }
  }

  /// The text of `value`, with a line end.
  ///
  /// - Throws: `EncodeError`.
  package static func encode(_ value: Value, as format: DataFormat) throws -> String {
    var text = ""
    let style = OutputStyle(format: format.outputFormat, now: 0)
    try ValueWriter(style: style).write(.value(value)) { text += $0 }
    return text
  }
}
