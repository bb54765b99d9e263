extension JSONReader {
  mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    var isASCII = true
    while at < bytes.count {
      skipPlain()
      guard at < bytes.count else { break }
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let text = UnsafeBufferPointer(rebasing: bytes[start..<at])
        at += 1
        if isASCII { return String(decoding: text, as: UTF8.self) }
        guard let text = String(validating: text, as: UTF8.self) else {
          throw JSONError(offset: start, problem: .badUTF8)
        }
        return text
      case UInt8(ascii: "\\"): return try stringWithEscapes(start: start)
      case 0..<0x20: throw unexpected()
      default:
        isASCII = false
        at += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  /// Goes to the next byte that is special in a string, or a little beyond the end.
  private mutating func skipPlain() {
    guard let start = bytes.baseAddress else { return }
    while at < bytes.count {
      let marks = ByteWord.specials(ByteWord.load(start + at))
      if marks != 0 {
        at += marks.trailingZeroBitCount / 8
        break
      }
      at += 8
    }
    at = min(at, bytes.count)
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
