/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable {
  /// Offset of the offending byte.
  package let offset: Int
  package let problem: Problem

  package enum Problem: Sendable, Hashable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case badEscape
    case badUTF8
    case badNumber
    case trailingText
    case tooDeep
  }
}

extension JSON {
  /// The value written in `bytes`; nothing but white space may follow it.
  package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes: Array(bytes))
    self = try reader.document()
  }

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }
}

/// A reader in one pass over the bytes, with a bound on nesting so that no input ends the stack.
private struct JSONReader {
  let bytes: [UInt8]
  var at = 0
  static let deepest = 512

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipBlanks()
    guard at == bytes.count else { throw error(.trailingText) }
    return value
  }

  private func error(_ problem: JSONError.Problem) -> JSONError {
    JSONError(offset: at, problem: problem)
  }

  private func unexpected() -> JSONError {
    at < bytes.count ? error(.unexpectedByte(bytes[at])) : error(.unexpectedEnd)
  }

  private mutating func skipBlanks() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard take(byte) else { throw unexpected() }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < Self.deepest else { throw error(.tooDeep) }
    skipBlanks()
    guard at < bytes.count else { throw error(.unexpectedEnd) }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var members: [JSONObject.Member] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
    while true {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try string()
      skipBlanks()
      try expect(UInt8(ascii: ":"))
      members.append(JSONObject.Member(name, try value(depth: depth + 1)))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(JSONObject(members)) }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    at += 1
    var values: [JSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = at
    _ = take(UInt8(ascii: "-"))
    let digits = at
    skipDigits()
    guard at > digits else {
      at = start
      throw unexpected()
    }
    guard at == digits + 1 || bytes[digits] != UInt8(ascii: "0") else { throw error(.badNumber) }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      let fraction = at
      skipDigits()
      guard at > fraction else { throw error(.badNumber) }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      let exponent = at
      skipDigits()
      guard at > exponent else { throw error(.badNumber) }
    }
    if isInteger, let int = integer(start: start, digits: digits) { return .int(int) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let double = Double(text), double.isFinite else { throw error(.badNumber) }
    return .double(double)
  }

  /// The integer up to `at`; nil when it does not fit.
  private func integer(start: Int, digits: Int) -> Int? {
    var value = 0
    for byte in bytes[digits..<at] {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int(byte - 0x30)
      let (sum, carry) =
        start == digits
        ? product.addingReportingOverflow(digit) : product.subtractingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  private mutating func skipDigits() {
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes[start..<at], as: UTF8.self) else {
          throw JSONError(offset: start, problem: .badUTF8)
        }
        at += 1
        return text
      case UInt8(ascii: "\\"): return try stringWithEscapes(start: start)
      case 0..<0x20: throw unexpected()
      default: at += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func stringWithEscapes(start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw JSONError(offset: start, problem: .badUTF8)
        }
        at += 1
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw unexpected()
      default:
        text.append(byte)
        at += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    at += 1
    guard at < bytes.count else { throw error(.unexpectedEnd) }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error(.badEscape)
    }
  }

  /// A `\uXXXX` escape or a surrogate pair of them; a lone surrogate is U+FFFD.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try hex4()
    if (0xD800..<0xDC00).contains(first) {
      let mark = at
      if take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
        let second = try hex4()
        if (0xDC00..<0xE000).contains(second) {
          let scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
          return Unicode.Scalar(scalar) ?? "\u{FFFD}"
        }
      }
      at = mark
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw error(.unexpectedEnd) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch bytes[at] {
      case 0x30...0x39: digit = bytes[at] - 0x30
      case 0x41...0x46: digit = bytes[at] - 0x41 + 10
      case 0x61...0x66: digit = bytes[at] - 0x61 + 10
      default: throw error(.badEscape)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }
}
