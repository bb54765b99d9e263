extension Parser {
  mutating func pipeline() throws(SyntaxError) -> Pipeline {
    let start = scanner.at
    let saved = stagesBefore
    defer { stagesBefore = saved }
    stagesBefore = []
    var stages = [try stage(isFirst: true)]
    while takeBar() {
      // Appended to both, rather than assigned, so that a long pipeline isn't copied at every stage.
      stagesBefore.append(stages[stages.count - 1])
      stages.append(try stage(isFirst: false))
    }
    return Pipeline(stages: stages, span: scanner.span(from: start))
  }

  /// Takes `|`, which may also begin the next line.
  private mutating func takeBar() -> Bool {
    var ahead = scanner
    ahead.skipBlanks(newlines: true)
    guard ahead.peek() == Ascii.bar, ahead.peek(1) != Ascii.bar else { return false }
    skipBlanks()
    scanner.skipBlanks(newlines: true)
    scanner.at += 1
    scanner.skipBlanks(newlines: true)
    return true
  }

  private mutating func stage(isFirst: Bool) throws(SyntaxError) -> Stage {
    skipBlanks()
    let start = scanner.at
    let kind = try nested { parser throws(SyntaxError) in try parser.stageKind(isFirst: isFirst) }
    return Stage(kind: kind, span: scanner.span(from: start))
  }

  private mutating func stageKind(isFirst: Bool) throws(SyntaxError) -> Stage.Kind {
    let start = scanner.at
    let byte = scanner.peek()
    if scanner.isAtEnd {
      noteCursor(.command, from: start)
      throw fail("expected a command, found the end of the text", continues: !isFirst)
    }
    if byte == Ascii.bang, !Ascii.endsWord(scanner.peek(1)) || Ascii.isQuoting(scanner.peek(1)) {
      scanner.at += 1
      let arguments = try self.arguments(of: "!", nameSpan: scanner.span(from: start))
      return .program(arguments)
    }
    if Ascii.isNameStart(byte) {
      var ahead = scanner
      let name = ahead.commandName() ?? ""
      if ahead.peek() == Ascii.open, Functions.named(name) != nil {
        return .expression(try firstStageExpression(isFirst: isFirst, start: start))
      }
      scanner = ahead
      if name == "where" {
        mark(.command, from: start)
        noteCursor(.command, from: start)
        return try filter()
      }
      return .command(try command(name, from: start))
    }
    if byte == Ascii.minus, !Ascii.isDigit(scanner.peek(1)) {
      throw fail(
        "a statement can't begin with '-'", help: "a command stands first, its flags follow")
    }
    if byte == Ascii.bar, !isFirst {
      throw fail("expected a command after '|', found '|'")
    }
    if let message = Self.foreign(byte) {
      throw fail(message, help: byte == Ascii.bar ? nil : Self.hint(byte))
    }
    return .expression(try firstStageExpression(isFirst: isFirst, start: start))
  }

  private mutating func firstStageExpression(
    isFirst: Bool, start: Int
  ) throws(SyntaxError) -> Expression {
    guard isFirst else {
      throw fail(
        "expected a command after '|', found \(scanner.found)",
        help: "a value can only stand at the beginning of a pipeline")
    }
    return try expression()
  }

  private static func foreign(_ byte: UInt8) -> String? {
    switch byte {
    case Ascii.bar: "a pipeline can't begin with '|'"
    case Ascii.greater, Ascii.less, Ascii.ampersand, Ascii.backtick, Ascii.closeBracket,
      Ascii.close, Ascii.equal, Ascii.comma:
      "expected a command or a value, found '\(Unicode.Scalar(byte))'"
    default: nil
    }
  }

  /// What somebody who knows another shell meant by a character.
  static func hint(_ byte: UInt8) -> String? {
    switch byte {
    case Ascii.greater: "to write a file: … | save FILE"
    case Ascii.less: "to read a file: open FILE | …"
    case Ascii.ampersand: "commands follow each other on lines or by ';', and a failure stops them"
    case Ascii.bar: "there is no '||': try { … } catch { … }"
    case Ascii.backtick: "a substitution is written $(…)"
    case Ascii.backslash: "quote the word: '…'"
    default: nil
    }
  }

  /// A command's arguments, after its name.
  mutating func command(_ name: String, from start: Int) throws(SyntaxError) -> Command {
    let nameSpan = scanner.span(from: start)
    mark(.command, from: start)
    noteCursor(.command, from: start)
    if Ascii.isWordTail(scanner.peek()) { noteCursor(.command, from: start, ahead: 1) }
    var ahead = scanner
    ahead.skipBlanks(newlines: false)
    if ahead.peek() == Ascii.equal, ahead.peek(1) != Ascii.equal {
      throw fail(
        "'=' after '\(name)'", at: Span(scanner.source, ahead.at..<ahead.at + 1),
        help: "write 'let \(name) = …' for a new variable or '$\(name) = …' for one that exists")
    }
    if ["function", "def", "func"].contains(name), Ascii.isNameStart(ahead.peek()) {
      throw fail(
        "'\(name)' does not belong to this language", at: nameSpan,
        help: "a function is declared by: fn name(…) { … }")
    }
    if name == "not" {
      throw fail(
        "a statement can't begin with 'not'", at: nameSpan,
        help: "a value that is shown stands in brackets: (not …)")
    }
    if ahead.at == scanner.at, ahead.peek() == Ascii.open, looksLikeDeclaration(ahead) {
      throw fail(
        "a function is not declared so", at: nameSpan, help: "write: fn \(name)(…) { … }")
    }
    if ahead.at == scanner.at, !ahead.isAtEnd, !Ascii.endsWord(ahead.peek()) {
      throw fail(
        "'\(ahead.character)' can't stand in a command's name", at: ahead.span(from: start))
    }
    return Command(
      name: name, nameSpan: nameSpan, arguments: try arguments(of: name, nameSpan: nameSpan))
  }

  /// Whether `name(…) {` stands here, as other languages declare functions.
  private func looksLikeDeclaration(_ scanner: Scanner) -> Bool {
    var ahead = scanner
    while !ahead.isAtEnd, ahead.peek() != Ascii.close, ahead.peek() != Ascii.newline {
      ahead.at += 1
    }
    guard ahead.take(")") else { return false }
    ahead.skipBlanks(newlines: false)
    return ahead.peek() == Ascii.openBrace
  }

  private mutating func arguments(
    of name: String, nameSpan: Span
  ) throws(SyntaxError) -> [Argument] {
    var command = Command(name: name, nameSpan: nameSpan, arguments: [])
    var hasFlags = true
    if name == "!" { command.arguments.append(try argument(of: command, hasFlags: false)) }
    while true {
      let before = scanner.at
      skipBlanks()
      let byte = scanner.peek()
      if scanner.isAtEnd {
        if scanner.at > before { noteCursor(.argument(command), from: scanner.at) }
        return command.arguments
      }
      switch byte {
      case Ascii.newline, Ascii.semicolon, Ascii.close, Ascii.closeBrace, Ascii.closeBracket:
        return command.arguments
      case Ascii.bar:
        guard scanner.peek(1) != Ascii.bar else {
          throw fail("unexpected '||'", help: Self.hint(byte))
        }
        return command.arguments
      case Ascii.greater, Ascii.less, Ascii.ampersand, Ascii.backtick:
        throw fail("unexpected '\(scanner.character)'", help: Self.hint(byte))
      default: break
      }
      if hasFlags, scanner.looking(at: "--"), name != "!",
        scanner.at + 2 >= scanner.source.bytes.count || Ascii.endsWord(scanner.peek(2))
      {
        noteCursor(.argument(command), from: scanner.at, ahead: 2)
        scanner.at += 2
        hasFlags = false
        continue
      }
      command.arguments.append(try argument(of: command, hasFlags: hasFlags && name != "!"))
    }
  }

  private mutating func argument(
    of command: Command, hasFlags: Bool
  ) throws(SyntaxError) -> Argument {
    let start = scanner.at
    let kind = try nested { parser throws(SyntaxError) in
      try parser.argumentKind(of: command, hasFlags: hasFlags)
    }
    return Argument(kind: kind, span: scanner.span(from: start))
  }

  private mutating func argumentKind(
    of command: Command, hasFlags: Bool
  ) throws(SyntaxError) -> Argument.Kind {
    let byte = scanner.peek()
    if byte == Ascii.minus, hasFlags,
      scanner.peek(1) == Ascii.minus || Ascii.isLetter(scanner.peek(1))
    {
      return try flag(of: command)
    }
    if scanner.looking(at: "..."),
      [Ascii.dollar, Ascii.open, Ascii.openBracket].contains(scanner.peek(3))
    {
      scanner.at += 3
      return .spread(try operand())
    }
    switch byte {
    case Ascii.openBracket: return .value(try list())
    case Ascii.open: return .value(try parenthesized())
    case Ascii.openBrace:
      if looksLikeRecord { return .value(try record()) }
      let place = characterSpan
      let it = name("it", place)
      let visible = bindings
      defer { bindings = visible }
      bind("it", .row(stagesBefore))
      return .block(try block("for the block"), it: it)
    default: return .value(try word(of: command))
    }
  }

  private mutating func flag(of command: Command) throws(SyntaxError) -> Argument.Kind {
    let start = scanner.at
    let isLong = scanner.take("--")
    if !isLong { scanner.at += 1 }
    let nameStart = scanner.at
    while Ascii.isNameStart(scanner.peek()) || Ascii.isDigit(scanner.peek())
      || (isLong && scanner.peek() == Ascii.minus)
    {
      scanner.at += 1
    }
    let name = scanner.source.text(nameStart..<scanner.at)
    mark(.flag, from: start)
    noteCursor(.argument(command), from: start)
    guard !name.isEmpty else { throw fail("expected a flag's name after '--'") }
    var attached: Expression?
    if scanner.take("=") {
      var command = command
      let flag = Argument(kind: .flag(name, attached: nil), span: scanner.span(from: start))
      command.arguments.append(flag)
      noteCursor(.argument(command), from: scanner.at)
      attached = try attachedValue(of: command)
    }
    if attached == nil, !scanner.isAtEnd, !Ascii.endsWord(scanner.peek()) {
      throw fail("'\(scanner.character)' can't stand in a flag's name")
    }
    return .flag(name, attached: attached)
  }

  private mutating func attachedValue(of command: Command) throws(SyntaxError) -> Expression {
    switch scanner.peek() {
    case Ascii.open: try parenthesized()
    case Ascii.openBracket: try list()
    default: try word(of: command)
    }
  }

  /// `{}`, `{name:` and `{"k":` begin a record; any other brace begins a block.
  var looksLikeRecord: Bool {
    var ahead = scanner
    ahead.at += 1
    ahead.skipBlanks(newlines: true)
    if ahead.peek() == Ascii.closeBrace { return true }
    if ahead.looking(at: "...") { return true }
    if Ascii.isQuoting(ahead.peek()) {
      let quote = ahead.peek()
      ahead.at += 1
      while !ahead.isAtEnd, ahead.peek() != quote, ahead.peek() != Ascii.newline {
        ahead.at += ahead.peek() == Ascii.backslash ? 2 : 1
      }
      ahead.at += 1
    } else if ahead.identifier() == nil {
      return false
    }
    ahead.skipBlanks(newlines: true)
    return ahead.peek() == Ascii.colon
  }
}

extension Ascii {
  static func isQuoting(_ byte: UInt8) -> Bool { byte == quote || byte == apostrophe }
}
