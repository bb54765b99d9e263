extension Parser {
  /// An unquoted argument: parts without blanks between them.
  mutating func word(of command: Command) throws(SyntaxError) -> Expression {
    let start = scanner.at
    var parts: [Expression] = []
    let quoted = quotedArgument
    quotedArgument = (command, start)
    defer { quotedArgument = quoted }
    while let part = try wordPart(isFirst: parts.isEmpty) {
      parts.append(part)
      noteCursor(.argument(command), from: start)
    }
    let span = scanner.span(from: start)
    guard let first = parts.first else {
      throw fail("unexpected '\(scanner.character)' in a command", help: Self.hint(scanner.peek()))
    }
    if [Ascii.open, Ascii.openBracket].contains(scanner.peek()) {
      throw fail(
        "unexpected '\(scanner.character)' inside a word",
        help: "leave a blank before it, or quote the word")
    }
    return parts.count == 1 ? first : Expression(kind: .text(parts), span: span)
  }

  private mutating func wordPart(isFirst: Bool) throws(SyntaxError) -> Expression? {
    let start = scanner.at
    switch scanner.peek() {
    case Ascii.quote, Ascii.apostrophe: return try quoted()
    case Ascii.dollar: return try dollar(inWord: true)
    case Ascii.backslash where scanner.joinLength != nil: return nil
    case Ascii.backslash:
      throw fail("unexpected '\\' in a word", help: Self.hint(Ascii.backslash))
    default: break
    }
    while !scanner.isAtEnd, scanner.peek() != Ascii.backslash {
      if scanner.peek() == Ascii.openBrace, scanner.at > start || !isFirst, takePlaceholder() {
        continue
      }
      if Ascii.endsWord(scanner.peek()) { break }
      scanner.at += 1
    }
    guard scanner.at > start else { return nil }
    let span = scanner.span(from: start)
    return Expression(kind: .bareword(span.text), span: span)
  }

  /// `{date}` inside a word, as `create` takes it, is text.
  private mutating func takePlaceholder() -> Bool {
    var ahead = scanner
    ahead.at += 1
    guard ahead.identifier() != nil, ahead.take("}") else { return false }
    scanner = ahead
    return true
  }

  /// `$name.path`, `${name.path}` or `$(pipeline)`.
  mutating func dollar(inWord: Bool) throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    if scanner.peek() == Ascii.open { return try substitution(from: start) }
    if scanner.take("{") {
      let expression = try bracketed { parser throws(SyntaxError) in
        parser.noteCursor(.variable, from: start)
        let expression = try parser.variable(from: start, nameAt: parser.scanner.at)
        try parser.expect("}", "after the variable")
        return expression
      }
      return Expression(kind: expression.kind, span: scanner.span(from: start))
    }
    noteCursor(.variable, from: start)
    guard Ascii.isNameStart(scanner.peek()) else {
      throw fail(
        "expected a variable's name or '(' after '$', found \(scanner.found)",
        help: Ascii.isDigit(scanner.peek()) || scanner.peek() == 0x40
          ? "a script's arguments are $args, the first is $args.0"
          : inWord ? "for the character itself, quote it: '$'" : nil)
    }
    return try variable(from: start, nameAt: scanner.at)
  }

  private mutating func substitution(from start: Int) throws(SyntaxError) -> Expression {
    scanner.at += 1
    let pipeline = try isolated(brackets: 1) { parser throws(SyntaxError) in
      parser.skipBlanks()
      if parser.scanner.peek() == Ascii.close {
        throw parser.fail("'$()' holds nothing", at: parser.scanner.span(from: start))
      }
      let pipeline = try parser.pipeline()
      parser.skipBlanks()
      guard parser.scanner.take(")") else {
        throw parser.fail(
          "expected ')' after the substitution that began in line \(parser.scanner.span(from: start).line), found \(parser.scanner.found)"
        )
      }
      return pipeline
    }
    return Expression(kind: .substitution(pipeline), span: scanner.span(from: start))
  }

  private mutating func variable(from start: Int, nameAt: Int) throws(SyntaxError) -> Expression {
    guard let text = scanner.identifier() else {
      throw fail("expected a variable's name, found \(scanner.found)")
    }
    mark(.variable, from: start)
    noteCursor(.variable, from: start)
    let span = scanner.span(from: start)
    let variable = Expression(kind: .variable(name(text, span)), span: span)
    return try path(of: variable, from: start)
  }

  /// `.field`, `.0` and `[index]`, as many as stand there, each with a `?` that allows its absence.
  mutating func path(of root: Expression, from start: Int) throws(SyntaxError) -> Expression {
    var elements: [PathElement] = []
    while true {
      let elementStart = scanner.at
      let kind: PathElement.Kind
      if scanner.peek() == Ascii.dot, Ascii.isNameStart(scanner.peek(1)) {
        scanner.at += 1
        kind = .field(scanner.identifier() ?? "")
        let owner =
          elements.isEmpty
          ? root
          : Expression(
            kind: .path(root, elements), span: Span(scanner.source, start..<elementStart))
        noteCursor(.field(owner), from: elementStart + 1)
      } else if scanner.peek() == Ascii.dot, Ascii.isDigit(scanner.peek(1)) {
        scanner.at += 1
        let digits = scanner.at
        while Ascii.isDigit(scanner.peek()) { scanner.at += 1 }
        guard let position = Int(scanner.source.text(digits..<scanner.at)) else {
          throw fail("the index is too large", at: scanner.span(from: digits))
        }
        kind = .position(position)
      } else if scanner.peek() == Ascii.openBracket {
        scanner.at += 1
        kind = .index(
          try bracketed { parser throws(SyntaxError) in
            parser.skipBlanks()
            let index = try parser.expression()
            parser.skipBlanks()
            try parser.expect("]", "after the index")
            return index
          })
      } else {
        if scanner.peek() == Ascii.dot, scanner.at + 1 == scanner.source.bytes.count {
          noteCursor(
            .field(
              elements.isEmpty
                ? root
                : Expression(
                  kind: .path(root, elements),
                  span: Span(scanner.source, start..<elementStart))), from: scanner.at + 1, ahead: 1
          )
        }
        break
      }
      let isOptional = scanner.take("?")
      elements.append(
        PathElement(kind: kind, span: scanner.span(from: elementStart), isOptional: isOptional))
    }
    if elements.isEmpty { return root }
    return Expression(kind: .path(root, elements), span: scanner.span(from: start))
  }
}
