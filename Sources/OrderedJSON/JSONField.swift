import Glibc

/// Values in a text that `JSONLineScanner` has found well-formed.
package enum JSONField {
  /// The value that begins at `text`, which ends with a zero byte and seven more.
  package static func value(at text: UnsafePointer<UInt8>) -> JSON {
    switch text[0] {
    case UInt8(ascii: "\""): if let string = plainString(at: text) { return .string(string) }
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    default: if let number = shortInteger(at: text) { return .int(number) }
    }
    let count = text.withMemoryRebound(to: CChar.self, capacity: 1) { strlen($0) }
    var reader = JSONReader(UnsafeBufferPointer(start: text, count: count))
    // What the scanner lets pass, the reader reads.
    return (try? reader.value(depth: 1)) ?? .null
  }

  /// The string that begins at `text` with its end; nil when none does. The text goes on to a line
  /// feed or a zero byte and seven more.
  static func string(at text: UnsafePointer<UInt8>) -> (String, end: UnsafePointer<UInt8>)? {
    guard text[0] == UInt8(ascii: "\"") else { return nil }
    var at = text + 1
    while at[0] != UInt8(ascii: "\"") {
      guard at[0] >= 0x20 else { return nil }
      at += at[0] == UInt8(ascii: "\\") && at[1] >= 0x20 ? 2 : 1
    }
    var reader = JSONReader(UnsafeBufferPointer(start: text, count: at + 1 - text))
    guard case .string(let string)? = try? reader.document() else { return nil }
    return (string, at + 1)
  }

  /// The bytes of the string that begins at `text`, its quotes among them; nil when there is none, or
  /// one with escapes, which can write the same string in several ways.
  package static func stringLength(at text: UnsafePointer<UInt8>) -> Int? {
    guard text[0] == UInt8(ascii: "\"") else { return nil }
    return plainEnd(of: text).map { $0 + 1 - text }
  }

  /// Nil for a string with escapes.
  @inline(__always)
  private static func plainString(at text: UnsafePointer<UInt8>) -> String? {
    guard let end = plainEnd(of: text) else { return nil }
    let start = text + 1
    return String(
      decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
  }

  /// The closing quote; nil for a string with escapes.
  @inline(__always)
  private static func plainEnd(of text: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var end = (text + 1).nextSpecial()
    while end[0] != UInt8(ascii: "\"") {
      if end[0] == UInt8(ascii: "\\") { return nil }
      end = (end + 1).nextSpecial()
    }
    return end
  }

  /// Nil for what is no integer, or one of more than 18 digits.
  @inline(__always)
  private static func shortInteger(at text: UnsafePointer<UInt8>) -> Int? {
    let isNegative = text[0] == UInt8(ascii: "-")
    let digits = isNegative ? text + 1 : text
    var (at, value) = (digits, 0)
    while at[0] &- 0x30 < 10, at - digits < 19 {
      value = value &* 10 &+ Int(at[0] &- 0x30)
      at += 1
    }
    guard at > digits, at - digits < 19, at[0] != UInt8(ascii: "."), at[0] | 0x20 != 0x65 else {
      return nil
    }
    return isNegative ? -value : value
  }
}
