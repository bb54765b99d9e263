extension Parser {
  /// Statements up to `end`, which stays unread, or to the end of the text.
  mutating func code(until end: UInt8?) -> Code {
    let start = scanner.at
    var statements: [Statement] = []
    var isSeparated = true
    while true {
      let separators = scanner.at
      skipSeparators()
      if !statements.isEmpty {
        isSeparated = scanner.source.bytes[separators..<scanner.at].contains {
          $0 == Ascii.newline || $0 == Ascii.semicolon
        }
      }
      if scanner.isAtEnd || scanner.peek() == end { break }
      if end == nil, scanner.peek() == Ascii.closeBrace {
        note("'}' closes nothing", at: characterSpan)
        scanner.at += 1
        continue
      }
      let begin = scanner.at
      do {
        statements.append(try statement())
        try endOfStatement(end)
      } catch {
        recover(from: begin, until: end)
        if scanner.isAtEnd { isSeparated = false; break }
      }
    }
    if isSeparated {
      statementStart = scanner.at
      noteCursor(.command, from: scanner.at)
    }
    return Code(statements: statements, span: scanner.span(from: start))
  }

  private mutating func skipSeparators() {
    while true {
      scanner.skipBlanks(newlines: true)
      guard scanner.take(";") else { return }
    }
  }

  private mutating func endOfStatement(_ end: UInt8?) throws(SyntaxError) {
    scanner.skipBlanks(newlines: false)
    let byte = scanner.peek()
    if scanner.isAtEnd || byte == Ascii.newline || byte == Ascii.semicolon || byte == end { return }
    if byte == Ascii.closeBrace, blockDepth == 0 { throw fail("'}' closes nothing") }
    if byte == Ascii.closeBrace { return }
    throw fail(
      "expected the end of the statement, found \(scanner.found)", help: Self.hint(byte))
  }

  /// `{ … }`
  mutating func block(_ purpose: String) throws(SyntaxError) -> Code {
    skipBlanks()
    if scanner.peek() == Ascii.newline {
      throw fail(
        "expected '{' \(purpose), found the end of the line", help: "'{' stands on the same line")
    }
    if Ascii.isLetter(scanner.peek()) {
      var ahead = scanner
      if let word = ahead.identifier(), word == "do" || word == "then" {
        throw fail(
          "'\(word)' is not needed here", at: ahead.span(from: scanner.at),
          help: "write the body in braces: { … }")
      }
    }
    try expect("{", purpose)
    var ahead = scanner
    ahead.skipBlanks(newlines: true)
    if ahead.peek() == Ascii.bar {
      scanner = ahead
      throw fail("a block declares no parameters", help: "the row that it is run for is $it")
    }
    return try isolated(brackets: 0) { parser throws(SyntaxError) in
      parser.blockDepth += 1
      defer { parser.blockDepth -= 1 }
      let code = parser.code(until: Ascii.closeBrace)
      guard parser.scanner.take("}") else {
        throw parser.fail(
          "expected '}' at the end of the block, found \(parser.scanner.found)",
          continues: true)
      }
      return code
    }
  }

  mutating func statement() throws(SyntaxError) -> Statement {
    let start = scanner.at
    let around = operators
    defer { operators = around }
    let kind = try nested { parser throws(SyntaxError) in try parser.statementKind() }
    return Statement(kind: kind, span: scanner.span(from: start))
  }

  private mutating func statementKind() throws(SyntaxError) -> Statement.Kind {
    let start = scanner.at
    statementStart = start
    if scanner.peek() == Ascii.dollar, let assignment = try assignment() { return assignment }
    guard Ascii.isNameStart(scanner.peek()) else { return .pipeline(try pipeline()) }
    var ahead = scanner
    guard let word = ahead.commandName(), Keyword.statements.contains(word) else {
      return .pipeline(try pipeline())
    }
    scanner = ahead
    mark(.keyword, from: start)
    noteCursor(.command, from: start)
    switch word {
    case "let", "var": return .declaration(try declaration(isMutable: word == "var"))
    case "if": return try conditional()
    case "while":
      skipBlanks()
      let condition = try expression()
      return .whileLoop(condition, try block("before the loop's body"))
    case "for": return .forLoop(try forLoop())
    case "fn": return .function(try function(keywordAt: start))
    case "try": return .attempt(try attempt())
    case "use": return .use(try use())
    case "return":
      skipBlanks()
      return .returning(isAtStatementEnd ? nil : try expression())
    case "throw":
      skipBlanks()
      return .throwing(try expression())
    case "break": return .breakLoop
    case "continue": return .continueLoop
    case "do", "done", "then", "fi", "elif", "end", "esac":
      throw fail(
        "'\(word)' does not belong to this language", at: scanner.span(from: start),
        help: word == "elif" ? "write 'else if'" : "blocks stand in braces: { … }")
    default:
      throw fail(
        "'\(word)' without what it belongs to", at: scanner.span(from: start),
        help: word == "else" ? "'else' stands on the line of the '}' before it" : nil)
    }
  }

  var isAtStatementEnd: Bool {
    let byte = scanner.peek()
    return scanner.isAtEnd || byte == Ascii.newline || byte == Ascii.semicolon
      || byte == Ascii.closeBrace
  }

  /// `$name = expr`; nil when the statement is no assignment.
  private mutating func assignment() throws(SyntaxError) -> Statement.Kind? {
    var ahead = scanner
    let start = ahead.at
    ahead.at += 1
    guard let text = ahead.identifier() else { return nil }
    let span = ahead.span(from: start)
    ahead.skipBlanks(newlines: false)
    let isPath = ahead.peek() == Ascii.dot || ahead.peek() == Ascii.openBracket
    if isPath {
      try refuseAssignment(toPathAt: start)
      return nil
    }
    for sign in ["*", "/", "%"]
    where ahead.source.text(ahead.at..<min(ahead.at + 2, ahead.source.bytes.count)) == "\(sign)=" {
      throw fail(
        "'\(sign)=' does not belong to this language",
        at: Span(ahead.source, ahead.at..<ahead.at + 2),
        help: "write: $\(text) = $\(text) \(sign) …")
    }
    let kind: AssignmentOperator
    if ahead.take("+=") {
      kind = .add
    } else if ahead.take("-=") {
      kind = .subtract
    } else if ahead.peek() == Ascii.equal, ahead.peek(1) != Ascii.equal, ahead.take("=") {
      kind = .set
    } else {
      return nil
    }
    scanner = ahead
    marks.append(Mark(kind: .variable, range: span.range))
    skipBlanks()
    return .assignment(name(text, span), kind, try expression())
  }

  /// `$x.a = …` sets nothing: values don't change, variables do.
  private mutating func refuseAssignment(toPathAt start: Int) throws(SyntaxError) {
    var ahead = scanner
    while !Ascii.isBlank(ahead.peek()), ahead.peek() != Ascii.equal, !ahead.isAtEnd {
      ahead.at += 1
    }
    let path = ahead.span(from: start)
    ahead.skipBlanks(newlines: false)
    guard ahead.peek() == Ascii.equal, ahead.peek(1) != Ascii.equal else { return }
    throw fail(
      "only a whole variable can be set, not '\(path.text)'", at: path,
      help: "make a new value: $x = {a: …}")
  }

  private mutating func declaration(isMutable: Bool) throws(SyntaxError) -> Declaration {
    skipBlanks()
    let name = try declaredName(isMutable ? "after 'var'" : "after 'let'")
    skipBlanks()
    var type: ValueType?
    if scanner.take(":") { type = try self.type() }
    skipBlanks()
    try expect("=", "and a value")
    skipBlanks()
    let value = try expression()
    bind(name.text, .value(value))
    return Declaration(name: name, isMutable: isMutable, type: type, value: value)
  }

  /// The name of a new variable; a `$` before it is pointed out.
  mutating func declaredName(_ purpose: String) throws(SyntaxError) -> Name {
    let start = scanner.at
    if scanner.take("$") {
      let name = scanner.identifier() ?? ""
      throw fail(
        "a variable is declared without '$'", at: scanner.span(from: start),
        help: name.isEmpty ? nil : "write '\(name)'")
    }
    guard let text = scanner.identifier() else {
      throw fail("expected a variable's name \(purpose), found \(scanner.found)")
    }
    if scanner.peek() == Ascii.minus, Ascii.isNameStart(scanner.peek(1)) {
      scanner.at = start
      _ = scanner.commandName()
      throw fail("a variable's name has no '-'", at: scanner.span(from: start), help: "write '_'")
    }
    mark(.variable, from: start)
    return name(text, scanner.span(from: start))
  }

  private mutating func conditional() throws(SyntaxError) -> Statement.Kind {
    var branches: [(condition: Expression, body: Code)] = []
    repeat {
      skipBlanks()
      let condition = try expression()
      branches.append((condition, try block("before the body of 'if'")))
    } while keyword("else", followedBy: "if")
    noteWords(["else"])
    let otherwise = keyword("else") ? try block("after 'else'") : nil
    return .conditional(branches, otherwise: otherwise)
  }

  /// Takes `word` when it stands here, on the same line.
  mutating func keyword(_ word: String, followedBy second: String? = nil) -> Bool {
    var ahead = scanner
    ahead.skipBlanks(newlines: false)
    let start = ahead.at
    guard ahead.identifier() == word else { return false }
    if let second {
      ahead.skipBlanks(newlines: false)
      guard ahead.identifier() == second else { return false }
    }
    scanner = ahead
    mark(.keyword, from: start)
    return true
  }

  private mutating func use() throws(SyntaxError) -> Use {
    skipBlanks()
    let start = scanner.at
    let command = Command(name: "use", nameSpan: scanner.span(from: start), arguments: [])
    noteCursor(.argument(command), from: start)
    quotedArgument = (command, start)
    defer { quotedArgument = nil }
    let path = try quotedLiteral("a quoted path after 'use'")
    guard keyword("as") else { return Use(path: path.text, pathSpan: path.span, name: nil) }
    skipBlanks()
    let name = try declaredName("after 'as'")
    return Use(path: path.text, pathSpan: path.span, name: name.text)
  }
}

/// The words that have a meaning at the start of a statement.
package enum Keyword {
  static let statements: Set<String> = [
    "let", "var", "if", "while", "for", "fn", "try", "use", "return", "throw", "break", "continue",
    "else", "catch", "finally", "do", "done", "then", "fi", "elif",
  ]
  package static let offered = [
    "let", "var", "if", "while", "for", "fn", "try", "use", "return", "throw", "break", "continue",
  ]
}
