extension Parser {
  /// Skips the rest of a statement that is wrong: to the end of its line or `;` outside its brackets.
  mutating func recover(from begin: Int, until end: UInt8?) {
    skip(from: begin, until: end)
    noteWords(from: begin)
  }

  /// Notes the names that what was skipped declares or uses.
  private mutating func noteWords(from begin: Int) {
    var words = scanner
    let end = scanner.at
    words.at = begin
    var isName = false
    while words.at < end {
      if let word = words.commandName() {
        if isName { unsureNames.insert(word) }
        isName = ["let", "var", "for", "fn", "catch", "as"].contains(word)
      } else {
        if !Ascii.isBlank(words.peek()) { isName = words.peek() == Ascii.dollar }
        words.at += 1
      }
    }
  }

  private mutating func skip(from begin: Int, until end: UInt8?) {
    if scanner.isAtEnd { return }
    if scanner.at == begin, !scanner.isAtEnd { scanner.advanceCharacter() }
    let failure = scanner.at
    var (braces, brackets) = (0, 0)
    scanner.at = begin
    while !scanner.isAtEnd {
      let isPast = scanner.at >= failure
      switch scanner.peek() {
      case Ascii.openBrace: braces += 1
      case Ascii.closeBrace:
        if isPast, braces == 0, end == Ascii.closeBrace { return }
        braces = max(0, braces - 1)
      case Ascii.open, Ascii.openBracket: brackets += 1
      case Ascii.close, Ascii.closeBracket: brackets = max(0, brackets - 1)
      case Ascii.semicolon where isPast && braces == 0 && brackets == 0: return
      case Ascii.newline where isPast && braces == 0 && (brackets == 0 || isBeforeStatement):
        // A block that should have begun on this line belongs to the statement still.
        if !isBeforeBlock { return }
      case Ascii.quote, Ascii.apostrophe: skipString()
      case Ascii.hash where isBlank(before: scanner.at): skipComment()
      default: break
      }
      scanner.at += 1
    }
    scanner.at = scanner.source.bytes.count
  }

  private var isBeforeBlock: Bool {
    var ahead = scanner
    ahead.skipBlanks(newlines: true)
    return ahead.peek() == Ascii.openBrace
  }

  /// Whether the next line begins as only a statement does: a bracket was forgotten before it.
  private var isBeforeStatement: Bool {
    var ahead = scanner
    ahead.skipBlanks(newlines: true)
    return ahead.identifier().map(Keyword.offered.contains) ?? false
  }

  /// Goes to the end of a string that ends in this line.
  private mutating func skipString() {
    let quote = scanner.peek()
    var at = scanner.at + 1
    let bytes = scanner.source.bytes
    while at < bytes.count, bytes[at] != quote, bytes[at] != Ascii.newline {
      at += quote == Ascii.quote && bytes[at] == Ascii.backslash ? 2 : 1
    }
    if at < bytes.count, bytes[at] == quote { scanner.at = at }
  }

  /// Goes to the last character of a comment.
  private mutating func skipComment() {
    let bytes = scanner.source.bytes
    while scanner.at + 1 < bytes.count, bytes[scanner.at + 1] != Ascii.newline { scanner.at += 1 }
  }
}
