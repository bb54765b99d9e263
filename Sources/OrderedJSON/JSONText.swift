/// JSON text that grows at its end.
package struct JSONText {
  package var bytes: [UInt8] = []

  package init() {}

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func append(byte: Unicode.Scalar) { bytes.append(UInt8(ascii: byte)) }

  /// The value on one line, or indented by two spaces when `indent` says how far its own line is.
  package mutating func append(_ value: JSON, indent: Int? = nil) {
    switch value {
    case .null: append(literal: "null")
    case .bool(let value): append(literal: value ? "true" : "false")
    case .int(let value): append(value)
    case .double(let value): append(literal: value.isFinite ? "\(value)" : "null")
    case .string(let value): append(value)
    case .array(let values):
      append(byte: "[")
      for (index, value) in values.enumerated() {
        beginItem(index, indent: indent)
        append(value, indent: indent.map { $0 + 2 })
      }
      endItems(values.count, indent: indent)
      append(byte: "]")
    case .object(let object):
      append(byte: "{")
      for (index, member) in object.members.enumerated() {
        beginItem(index, indent: indent)
        append(member.name)
        append(literal: indent == nil ? ":" : ": ")
        append(member.value, indent: indent.map { $0 + 2 })
      }
      endItems(object.members.count, indent: indent)
      append(byte: "}")
    }
  }

  private mutating func beginItem(_ index: Int, indent: Int?) {
    if index > 0 { append(byte: ",") }
    if let indent { newLine(indent + 2) }
  }

  private mutating func endItems(_ count: Int, indent: Int?) {
    if let indent, count > 0 { newLine(indent) }
  }

  private mutating func newLine(_ indent: Int) {
    append(byte: "\n")
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  private mutating func append(literal text: String) { bytes.append(contentsOf: text.utf8) }

  package mutating func append(_ number: Int) {
    var magnitude = number.magnitude
    if number < 0 { append(byte: "-") }
    let start = bytes.count
    repeat {
      bytes.append(UInt8(truncatingIfNeeded: magnitude % 10) + 0x30)
      magnitude /= 10
    } while magnitude > 0
    bytes[start...].reverse()
  }

  /// The text in quotes.
  package mutating func append(_ text: String) {
    var text = text
    append(byte: "\"")
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
        bytes.append(contentsOf: utf8)
      } else {
        for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars { append(scalar) }
      }
    }
    append(byte: "\"")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append(literal: "\\\"")
    case "\\": append(literal: "\\\\")
    case "\n": append(literal: "\\n")
    case "\r": append(literal: "\\r")
    case "\t": append(literal: "\\t")
    case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}": append(literal: JSON.escape(scalar))
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}
