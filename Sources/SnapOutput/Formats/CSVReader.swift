import OrderedJSON
import SnapLanguage

/// Reads RFC 4180, with or without carriage returns, into records named by the header.
///
/// A quoted field is text. A plain one is null when empty, and a number or a Boolean when JSON
/// would read it as one. Empty lines are passed over.
struct CSVReader {
  private let bytes: [UInt8]
  private var at = 0

  static func decode(_ bytes: [UInt8]) throws(DecodeError) -> Value {
    var reader = CSVReader(bytes: bytes)
    guard let header = try reader.row() else { return .list([]) }
    let names = header.map(\.text)
    var known: Set<String> = []
    for name in names where !known.insert(name).inserted {
      throw DecodeError(.csv, line: 1, column: 1, .repeatedColumn(name))
    }
    let shape = Shape(names)
    var rows: [Value] = []
    reader.skipEmptyLines()
    while let (start, fields) = try reader.positionedRow() {
      guard fields.count == names.count else {
        throw DecodeError(
          .csv, offset: start, in: bytes, .fieldCount(fields.count, expected: names.count))
      }
      rows.append(.record(Record(shape: shape, wireValues: fields.map(\.value))))
      reader.skipEmptyLines()
    }
    return .list(rows)
  }

  /// What a field without quotes means.
  static func value(ofPlain text: String) -> Value {
    guard let first = text.utf8.first else { return .null }
    guard first == 0x2D || (0x30...0x39).contains(first) || text == "true" || text == "false"
    else { return .string(text) }
    // White space around a number would be lost, so such a field is text.
    if text.utf8.contains(where: { $0 <= 0x20 }) { return .string(text) }
    do throws(JSONError) { return Value(json: try JSON(parsing: text)) } catch {
      return .string(text)
    }
  }

  private struct Field {
    let text: String
    let isQuoted: Bool
    var value: Value { isQuoted ? .string(text) : CSVReader.value(ofPlain: text) }
  }

  private mutating func skipEmptyLines() {
    while at < bytes.count, takeLineEnd() {}
  }

  private mutating func positionedRow() throws(DecodeError) -> (start: Int, fields: [Field])? {
    let start = at
    return try row().map { (start, $0) }
  }

  private mutating func row() throws(DecodeError) -> [Field]? {
    guard at < bytes.count else { return nil }
    var fields = [try field()]
    while at < bytes.count, !takeLineEnd() {
      guard bytes[at] == UInt8(ascii: ",") else {
        throw DecodeError(.csv, offset: at, in: bytes, .textAfterQuote)
      }
      at += 1
      fields.append(try field())
    }
    return fields
  }

  private mutating func takeLineEnd() -> Bool {
    if bytes[at] == 0x0A {
      at += 1
    } else if bytes[at] == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A {
      at += 2
    } else if bytes[at] == 0x0D, at + 1 == bytes.count {
      at += 1
    } else {
      return false
    }
    return true
  }

  private mutating func field() throws(DecodeError) -> Field {
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return try quotedField() }
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: ","), !isAtLineEnd { at += 1 }
    return Field(text: try text(bytes[start..<at], from: start), isQuoted: false)
  }

  private var isAtLineEnd: Bool {
    bytes[at] == 0x0A || bytes[at] == 0x0D && (at + 1 == bytes.count || bytes[at + 1] == 0x0A)
  }

  private mutating func quotedField() throws(DecodeError) -> Field {
    let start = at
    at += 1
    var content: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
          return Field(text: try text(content[...], from: start), isQuoted: true)
        }
        at += 1
      }
      content.append(byte)
    }
    throw DecodeError(.csv, offset: start, in: bytes, .openQuote)
  }

  private func text(_ slice: ArraySlice<UInt8>, from start: Int) throws(DecodeError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw DecodeError(.csv, offset: start, in: bytes, .badUTF8)
    }
    return text
  }
}
