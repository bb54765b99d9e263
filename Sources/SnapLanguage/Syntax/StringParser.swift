extension Parser {
  /// `'raw'` or `"interpolated"`.
  mutating func quoted() throws(SyntaxError) -> Expression {
    scanner.peek() == Ascii.apostrophe ? try rawString() : try interpolatedString()
  }

  /// A quoted text without parts to be filled in, and where it stands.
  mutating func quotedLiteral(_ purpose: String) throws(SyntaxError) -> (text: String, span: Span) {
    guard Ascii.isQuoting(scanner.peek()) else {
      throw fail("expected \(purpose), found \(scanner.found)")
    }
    let expression = try quoted()
    guard case .literal(.string(let text)) = expression.kind else {
      throw fail("expected \(purpose), without '${…}'", at: expression.span)
    }
    return (text, expression.span)
  }

  private mutating func rawString() throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    while !scanner.isAtEnd, scanner.peek() != Ascii.apostrophe { scanner.at += 1 }
    let text = scanner.source.text(start + 1..<scanner.at)
    let isClosed = scanner.take("'")
    mark(.string, from: start)
    guard isClosed else { throw unterminated(start) }
    return Expression(kind: .literal(.string(text)), span: scanner.span(from: start))
  }

  private mutating func unterminated(_ start: Int) -> SyntaxError {
    if let quotedArgument {
      noteCursor(.argument(quotedArgument.command), from: quotedArgument.start)
    } else if row != nil, side == .right, let comparedColumn {
      noteCursor(.columnValue(comparedColumn), from: start)
    }
    noteCursor(.string, from: start)
    noteIncomplete()
    return fail(
      "the string that begins here is not closed", at: Span(scanner.source, start..<start + 1))
  }

  private mutating func interpolatedString() throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    var parts: [Expression] = []
    var text: [UInt8] = []
    var textStart = scanner.at
    var markStart = start
    func flushed(_ scanner: Scanner) -> [Expression] {
      text.isEmpty
        ? []
        : [
          Expression(
            kind: .literal(.string(String(decoding: text, as: UTF8.self))),
            span: scanner.span(from: textStart))
        ]
    }
    while true {
      if scanner.isAtEnd {
        mark(.string, from: markStart)
        throw unterminated(start)
      }
      let byte = scanner.peek()
      if byte == Ascii.quote { break }
      if byte == Ascii.backslash {
        text += try escape()
      } else if byte == Ascii.dollar, [Ascii.openBrace, Ascii.open].contains(scanner.peek(1)) {
        mark(.string, from: markStart)
        parts += flushed(scanner)
        text = []
        parts.append(try dollar(inWord: false))
        textStart = scanner.at
        markStart = scanner.at
      } else if byte == Ascii.dollar, Ascii.isNameStart(scanner.peek(1)) {
        let dollar = scanner.at
        scanner.at += 1
        let name = scanner.identifier() ?? ""
        unsureNames.insert(name)
        note(
          "'$\(name)' in a string is not filled in", at: scanner.span(from: dollar),
          help: "write '${\(name)}', or '\\$' for the character itself")
      } else {
        text.append(byte)
        scanner.at += 1
      }
    }
    parts += flushed(scanner)
    scanner.at += 1
    mark(.string, from: markStart)
    let span = scanner.span(from: start)
    if parts.isEmpty { return Expression(kind: .literal(.string("")), span: span) }
    if parts.count == 1, case .literal = parts[0].kind {
      return Expression(kind: parts[0].kind, span: span)
    }
    return Expression(kind: .text(parts), span: span)
  }

  private mutating func escape() throws(SyntaxError) -> [UInt8] {
    let start = scanner.at
    scanner.at += 1
    let character = scanner.character
    guard !scanner.isAtEnd else { throw unterminated(start) }
    scanner.advanceCharacter()
    switch character {
    case "n": return [Ascii.newline]
    case "t": return [Ascii.tab]
    case "r": return [Ascii.carriageReturn]
    case "e": return [0x1B]
    case "0": return [0]
    case "\"", "\\", "$", "'": return Array(character.utf8)
    case "\n": return []
    case "\r" where scanner.take("\n"): return []
    case "u":
      if scanner.take("{") {
        let digits = scanner.at
        while !scanner.isAtEnd, scanner.peek() != Ascii.closeBrace, scanner.at - digits < 8 {
          scanner.at += 1
        }
        let hex = scanner.source.text(digits..<scanner.at)
        if scanner.take("}"), let value = UInt32(hex, radix: 16), let scalar = Unicode.Scalar(value)
        {
          return Array(String(Character(scalar)).utf8)
        }
      }
      note(
        "a character is written \\u{…} with its hexadecimal number", at: scanner.span(from: start))
      return []
    default:
      note(
        "unknown escape '\\\(character)'", at: scanner.span(from: start),
        help: "there are \\n \\t \\r \\e \\0 \\\" \\\\ \\$ and \\u{…}; a raw string stands in '…'")
      return []
    }
  }
}
