/// The brackets and quotes that are open at the end of a text.
struct OpenBrackets {
  /// What closes them, the innermost first.
  var closing: String {
    (endsInComment ? "\n" : "") + String(decoding: closers.reversed(), as: UTF8.self)
  }

  private var closers: [UInt8] = []
  private var endsInComment = false

  init(_ bytes: [UInt8]) {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if closers.last == Ascii.apostrophe || closers.last == Ascii.quote {
        if byte == closers.last {
          closers.removeLast()
        } else if closers.last == Ascii.quote, byte == Ascii.backslash {
          at += 1
        } else if closers.last == Ascii.quote, byte == Ascii.dollar, at < bytes.count,
          [Ascii.openBrace, Ascii.open].contains(bytes[at])
        {
          closers.append(Self.closer(of: bytes[at]))
          at += 1
        }
        continue
      }
      switch byte {
      case Ascii.apostrophe, Ascii.quote: closers.append(byte)
      case Ascii.openBrace, Ascii.open, Ascii.openBracket: closers.append(Self.closer(of: byte))
      case Ascii.closeBrace, Ascii.close, Ascii.closeBracket:
        if closers.last == byte { closers.removeLast() }
      case Ascii.hash where at == 1 || Ascii.isBlank(bytes[at - 2]):
        let end = bytes[at...].firstIndex(of: Ascii.newline)
        endsInComment = end == nil
        at = end ?? bytes.count
      default: break
      }
    }
  }

  private static func closer(of byte: UInt8) -> UInt8 {
    switch byte {
    case Ascii.openBrace: Ascii.closeBrace
    case Ascii.openBracket: Ascii.closeBracket
    default: Ascii.close
    }
  }
}
