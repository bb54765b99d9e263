extension Parser {
  mutating func primary() throws(SyntaxError) -> Expression {
    skipBlanks()
    let start = scanner.at
    let byte = scanner.peek()
    if row != nil, byte == Ascii.dot { noteCursor(.column, from: start + 1, ahead: 1) }
    switch byte {
    case Ascii.dollar: return try path(of: try dollar(inWord: false), from: start)
    case Ascii.quote, Ascii.apostrophe: return try quoted()
    case Ascii.open: return try parenthesized()
    case Ascii.openBracket: return try list()
    case Ascii.openBrace: return try record()
    case Ascii.dot where row != nil && Ascii.isNameStart(scanner.peek(1)):
      scanner.at += 1
      return try column(from: start)
    default: break
    }
    if Ascii.isDigit(byte) {
      noteCursorInRowValue()
      if row != nil, side == .right, let word = wordBeginningWithDigit() { return word }
      return try number()
    }
    if Ascii.isNameStart(byte) { return try wordInExpression() }
    noteCursor(placeOfValue, from: start)
    let isOperator = byte == Ascii.bar && scanner.peek(1) != Ascii.bar
    throw fail("expected a value, found \(scanner.found)", help: isOperator ? nil : Self.hint(byte))
  }

  /// What is wanted where nothing of a value has been typed.
  private var placeOfValue: CursorContext.Place {
    guard row != nil else { return .expression }
    return side == .right ? comparedColumn.map { .columnValue($0) } ?? .column : .column
  }

  private mutating func wordInExpression() throws(SyntaxError) -> Expression {
    let start = scanner.at
    var ahead = scanner
    let function = ahead.commandName() ?? ""
    noteCursorInFunction(function, end: ahead)
    if ahead.peek() == Ascii.open {
      scanner = ahead
      return try call(function, from: start)
    }
    ahead = scanner
    let word = ahead.identifier() ?? ""
    if !(row != nil && side == .right && Ascii.isWordTail(ahead.peek())),
      let constant = Self.constants[word]
    {
      scanner = ahead
      mark(.keyword, from: start)
      return Expression(kind: .literal(constant), span: scanner.span(from: start))
    }
    if row != nil { return side == .left ? try column(from: start) : textOfRow(from: start) }
    scanner = ahead
    noteCursor(.expression, from: start)
    throw fail(
      "'\(word)' is a bare word in an expression", at: scanner.span(from: start),
      help: "write '\(word)' in quotes for text, $\(word) for a variable, $(\(word)) for a command")
  }

  /// A function's name may hold `-`, where a variable or a column would end.
  private mutating func noteCursorInFunction(_ word: String, end: Scanner) {
    var (word, end) = (word, end)
    if end.take("-") { word += "-" }
    guard end.isAtEnd, word.contains("-"),
      Functions.all.keys.contains(where: { $0.hasPrefix(word) })
    else { return }
    noteCursor(row == nil ? .expression : .column, from: scanner.at, ahead: end.at - scanner.at)
  }

  private static let constants: [String: Value] = [
    "true": .bool(true), "false": .bool(false), "null": .null,
  ]

  private mutating func column(from start: Int) throws(SyntaxError) -> Expression {
    let nameStart = scanner.at
    let name = scanner.identifier() ?? ""
    noteCursor(.column, from: nameStart)
    guard let row else { throw fail("a column outside 'where'") }
    mark(.variable, from: start)
    let column = Expression(kind: .column(name, row: row), span: scanner.span(from: start))
    return try path(of: column, from: start)
  }

  /// A bare word on the right of an operator in `where`: a text, which may hold what names hold.
  private mutating func textOfRow(from start: Int) -> Expression {
    skipTextOfRow()
    noteCursor(comparedColumn.map { .columnValue($0) } ?? .column, from: start)
    mark(.string, from: start)
    let span = scanner.span(from: start)
    return Expression(kind: .literal(.string(span.text)), span: span)
  }

  mutating func skipTextOfRow() {
    while !Ascii.endsWord(scanner.peek()), scanner.peek() != Ascii.comma { scanner.at += 1 }
  }

  /// A value on the right of an operator in `where` that begins with a digit and is being typed.
  private mutating func noteCursorInRowValue() {
    guard row != nil, side == .right, let comparedColumn else { return }
    var ahead = scanner
    while !Ascii.endsWord(ahead.peek()), ahead.peek() != Ascii.comma { ahead.at += 1 }
    noteCursor(.columnValue(comparedColumn), from: scanner.at, ahead: ahead.at - scanner.at)
  }

  /// `11test1-3247` on the right of an operator in `where` is a text, unless it reads as a value.
  private mutating func wordBeginningWithDigit() -> Expression? {
    var ahead = scanner
    while !Ascii.endsWord(ahead.peek()), ahead.peek() != Ascii.comma { ahead.at += 1 }
    let span = ahead.span(from: scanner.at)
    let text = span.text
    let isArithmetic = text.contains { "+*/%".contains($0) }
    guard !isArithmetic, Literals.value(of: text) == nil, text.contains(where: \.isLetter) else {
      return nil
    }
    scanner = ahead
    return Expression(kind: .literal(.string(text)), span: span)
  }

  private mutating func call(_ function: String, from start: Int) throws(SyntaxError) -> Expression
  {
    let nameSpan = scanner.span(from: start)
    mark(.command, from: start)
    scanner.at += 1
    let arguments = try bracketed { parser throws(SyntaxError) in
      let savedSide = parser.side
      parser.side = .left
      defer { parser.side = savedSide }
      var arguments: [Expression] = []
      while true {
        parser.skipBlanks()
        if parser.scanner.take(")") { return arguments }
        arguments.append(try parser.expression())
        parser.skipBlanks()
        if parser.scanner.take(",") { continue }
        try parser.expect(")", "or ',' between the arguments")
        return arguments
      }
    }
    if Functions.named(function) == nil {
      note(
        "unknown function '\(function)'", at: nameSpan,
        help: Suggestions.help(for: function, among: Functions.all.keys)
          ?? "a command's result is written $(\(function) …)")
    }
    let call = Expression(kind: .call(function, arguments), span: scanner.span(from: start))
    return try path(of: call, from: start)
  }

  /// INT, FLOAT, SIZE, DURATION or DATE.
  mutating func number() throws(SyntaxError) -> Expression {
    let start = scanner.at
    var ahead = scanner
    while true {
      let byte = ahead.peek()
      if Ascii.isDigit(byte) || Ascii.isLetter(byte) { ahead.at += 1; continue }
      if byte == Ascii.dot, Ascii.isDigit(ahead.peek(1)), ahead.peek(1) != Ascii.dot {
        ahead.at += 1
        continue
      }
      break
    }
    if ahead.peek() == 0x5F {
      throw fail(
        "'_' in a number", at: Span(scanner.source, ahead.at..<ahead.at + 1),
        help: "its digits stand together")
    }
    let plain = ahead.span(from: start).text
    if let date = dateText() {
      scanner.at += date.utf8.count
      mark(.number, from: start)
      let span = scanner.span(from: start)
      guard let time = Timestamp.parse(date) else {
        throw fail(
          "'\(date)' is no date", at: span, help: "such as 2026-08-01 or 2026-08-01T10:20:00Z")
      }
      return Expression(kind: .literal(.datetime(time)), span: span)
    }
    if plain.contains(where: { $0 == "e" || $0 == "E" }),
      [Ascii.plus, Ascii.minus].contains(ahead.peek()), let last = plain.last,
      last == "e" || last == "E"
    {
      ahead.at += 1
      while Ascii.isDigit(ahead.peek()) { ahead.at += 1 }
    }
    scanner = ahead
    mark(.number, from: start)
    let span = scanner.span(from: start)
    guard let value = Literals.value(of: span.text) else {
      throw fail(
        "'\(span.text)' is no number, size, duration or date", at: span,
        help: Literals.help(for: span.text))
    }
    return Expression(kind: .literal(value), span: span)
  }

  /// The text of a date at the position, with its time when one follows; nil when there is none.
  private func dateText() -> String? {
    var ahead = scanner
    let pattern: [Bool] = [true, true, true, true, false, true, true, false, true, true]
    for isDigit in pattern {
      guard isDigit ? Ascii.isDigit(ahead.peek()) : ahead.peek() == Ascii.minus else { return nil }
      ahead.at += 1
    }
    if ahead.peek() == 0x54, Ascii.isDigit(ahead.peek(1)) {
      while Ascii.isDigit(ahead.peek()) || ahead.peek() == Ascii.colon || ahead.peek() == 0x54
        || ahead.peek() == 0x5A || ahead.peek() == Ascii.plus
        || (ahead.peek() == Ascii.minus && Ascii.isDigit(ahead.peek(1)))
        || (ahead.peek() == Ascii.dot && Ascii.isDigit(ahead.peek(1)))
      {
        ahead.at += 1
      }
    }
    return scanner.source.text(scanner.at..<ahead.at)
  }
}
