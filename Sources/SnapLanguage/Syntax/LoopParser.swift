extension Parser {
  /// `for … in …`, after the keyword.
  mutating func forLoop() throws(SyntaxError) -> ForLoop {
    var jobs: Expression?
    var keepsGoing = false
    skipBlanks()
    while scanner.looking(at: "--") {
      let start = scanner.at
      scanner.at += 2
      noteCursorInFlag(from: start)
      let flag = scanner.commandName() ?? ""
      mark(.flag, from: start)
      switch flag {
      case "jobs":
        if jobs != nil {
          note("'--jobs' is given twice", at: scanner.span(from: start), help: "remove one")
        }
        _ = scanner.take("=")
        skipBlanks()
        jobs = try operand()
      case "keep-going": keepsGoing = true
      default:
        throw fail(
          "'for' has no flag '--\(flag)'", at: scanner.span(from: start),
          help: "it has --jobs N and --keep-going")
      }
      skipBlanks()
    }
    let name = try declaredName("after 'for'")
    noteWords(["in"])
    guard keyword("in") else { throw fail("expected 'in' and what to loop over") }
    skipBlanks()
    let list = try operand()
    scanner.skipBlanks(newlines: false)
    var end: Expression?
    if scanner.take("..") {
      skipBlanks()
      end = try operand()
      scanner.skipBlanks(newlines: false)
    }
    let visible = bindings
    defer { bindings = visible }
    bind(name.text, .item(list))
    let body = try loopBody()
    return ForLoop(
      jobs: jobs, keepsGoing: keepsGoing, name: name, list: list, end: end, body: body)
  }

  /// A flag of `for`, which is being typed.
  private mutating func noteCursorInFlag(from start: Int) {
    var ahead = scanner
    while Ascii.isLetter(ahead.peek()) || ahead.peek() == Ascii.minus { ahead.at += 1 }
    let command = Command(name: "for", nameSpan: scanner.span(from: start), arguments: [])
    noteCursor(.argument(command), from: start, ahead: ahead.at - scanner.at)
  }

  /// A block, or one pipeline without braces.
  private mutating func loopBody() throws(SyntaxError) -> Code {
    if scanner.peek() == Ascii.openBrace { return try block("before the loop's body") }
    if isBlank(before: scanner.at) { noteCursor(.command, from: scanner.at) }
    if scanner.take(";") || isAtStatementEnd {
      var ahead = scanner
      ahead.skipBlanks(newlines: true)
      if ahead.identifier() == "do" {
        throw fail(
          "'do' does not belong to this language", at: ahead.span(from: ahead.at - 2),
          help: "write the body in braces: for x in … { … }")
      }
      throw fail("expected the loop's body: a command on the same line, or '{'")
    }
    let start = scanner.at
    var ahead = scanner
    if let word = ahead.identifier(), Keyword.statements.contains(word) {
      let isForeign = ["do", "then"].contains(word)
      throw fail(
        isForeign
          ? "'\(word)' does not belong to this language"
          : "a body without braces is a single command, not '\(word)'",
        at: ahead.span(from: start), help: "write the body in braces: { … }")
    }
    let pipeline = try pipeline()
    let span = scanner.span(from: start)
    return Code(statements: [Statement(kind: .pipeline(pipeline), span: span)], span: span)
  }

  /// `try`, after the keyword, with its `catch` and `finally`.
  mutating func attempt() throws(SyntaxError) -> Attempt {
    let body = try block("after 'try'")
    noteWords(["catch", "finally"])
    let visible = bindings
    defer { bindings = visible }
    var name: Name?
    var handler: Code?
    if keyword("catch") {
      skipBlanks()
      if scanner.peek() != Ascii.openBrace { name = try declaredName("after 'catch'") }
      if let name { bind(name.text, .failure) }
      handler = try block("before the body of 'catch'")
    }
    if handler != nil { noteWords(["finally"]) }
    let finally = keyword("finally") ? try block("after 'finally'") : nil
    if handler == nil, finally == nil {
      throw fail("'try' without 'catch' or 'finally'", help: "they stand on the line of the '}'")
    }
    return Attempt(body: body, name: name, handler: handler, finally: finally)
  }
}
