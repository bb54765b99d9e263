/// Keys as editrc(5) writes them: `^A`, `\e`, `\033`, `\U+1b`, or the character itself.
enum KeyNotation {
  /// Nil for what libedit would misread: an empty key, a NUL, or a character beyond ASCII, of which
  /// `bind` takes the low byte.
  static func bytes(_ text: String) -> [UInt8]? {
    var rest = text.unicodeScalars[...]
    var bytes: [UInt8] = []
    while let scalar = rest.popFirst() {
      var value: UInt32? = scalar.value
      if scalar == "^", let control = rest.popFirst() {
        value = control == "?" ? 0x7f : control.value & 0x1f
      } else if scalar == "\\" {
        value = escaped(&rest)
      }
      guard scalar.isASCII, let value, value > 0, value < 256 else { return nil }
      bytes.append(UInt8(value))
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// In octal escapes, which need no knowledge of what is special.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  private static func escaped(_ rest: inout Substring.UnicodeScalarView) -> UInt32? {
    guard let scalar = rest.popFirst() else { return nil }
    switch scalar {
    case "a": return 0x07
    case "b": return 0x08
    case "t": return 0x09
    case "n": return 0x0a
    case "v": return 0x0b
    case "f": return 0x0c
    case "r": return 0x0d
    case "e": return 0x1b
    case "U" where rest.first == "+":
      rest.removeFirst()
      return digits(&rest, radix: 16, limit: 5)
    case "0"..."7":
      rest = Substring.UnicodeScalarView([scalar] + rest)
      return digits(&rest, radix: 8, limit: 3)
    default: return scalar.value
    }
  }

  private static func digits(
    _ rest: inout Substring.UnicodeScalarView, radix: Int, limit: Int
  ) -> UInt32? {
    var value: Int?
    for _ in 0..<limit {
      guard let first = rest.first, let digit = Character(first).hexDigitValue, digit < radix
      else { break }
      value = (value ?? 0) * radix + digit
      rest.removeFirst()
    }
    return value.map(UInt32.init)
  }
}
