extension Parser {
  mutating func expression() throws(SyntaxError) -> Expression {
    try nested { parser throws(SyntaxError) in try parser.disjunction() }
  }

  /// The expression of `where`, in which bare words are columns or texts.
  mutating func filter() throws(SyntaxError) -> Stage.Kind {
    let place = scanner.span(from: scanner.at)
    let row = name("it", place)
    let saved = (self.row, side, comparedColumn)
    defer { (self.row, side, comparedColumn) = saved }
    (self.row, side, comparedColumn) = (row, .left, nil)
    let visible = bindings
    defer { bindings = visible }
    bind("it", .row(stagesBefore))
    let before = scanner.at
    skipBlanks()
    if scanner.isAtEnd || scanner.peek() == Ascii.newline || scanner.peek() == Ascii.bar {
      if scanner.at > before { noteCursor(.column, from: scanner.at) }
      throw fail("expected a condition after 'where'", help: "such as: where snapshot_size > 20GB")
    }
    return .filter(try expression(), row: row)
  }

  private mutating func disjunction() throws(SyntaxError) -> Expression {
    var left = try conjunction()
    while takeWord("or") { left = try binary(.or, left, try conjunction()) }
    noteWords(["or"])
    return left
  }

  private mutating func conjunction() throws(SyntaxError) -> Expression {
    var left = try negation()
    while takeWord("and") { left = try binary(.and, left, try negation()) }
    noteWords(["and"])
    return left
  }

  private mutating func negation() throws(SyntaxError) -> Expression {
    skipBlanks()
    let start = scanner.at
    guard takeWord("not") else { return try comparison() }
    let operand = try nested { parser throws(SyntaxError) in try parser.negation() }
    return Expression(kind: .unary(.not, operand), span: scanner.span(from: start))
  }

  private mutating func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(SyntaxError) -> Expression {
    operators += 1
    guard operators <= Self.mostOperators else {
      throw fail(
        "more than \(Self.mostOperators) operators in a statement", at: right.span,
        help: "split it by variables")
    }
    return Expression(
      kind: .binary(operation, left, right), span: left.span.extended(to: right.span))
  }

  /// Takes an operator that is a word, when it stands here and is followed by no letter.
  private mutating func takeWord(_ word: String) -> Bool {
    var ahead = scanner
    ahead.skipBlanks(newlines: bracketDepth > 0)
    let start = ahead.at
    guard ahead.identifier() == word, ahead.peek() != Ascii.open || word == "not" || word == "in"
    else { return false }
    if Ascii.isWordTail(ahead.peek()) { return false }
    scanner = ahead
    mark(.keyword, from: start)
    noteCursor(.word([word]), from: start)
    return true
  }

  private static let comparisons: [(StaticString, BinaryOperator)] = [
    ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual),
    ("<", .less), (">", .greater), ("!~", .notMatches), ("~", .matches),
  ]

  private mutating func takeComparison() -> BinaryOperator? {
    skipBlanks()
    for (text, operation) in Self.comparisons where scanner.take(text) { return operation }
    if takeWord("in") { return .isIn }
    let saved = scanner
    if takeWord("not"), takeWord("in") { return .notIn }
    scanner = saved
    return nil
  }

  private mutating func comparison() throws(SyntaxError) -> Expression {
    let left = try sum()
    guard let operation = takeComparison() else {
      if scanner.peek() == Ascii.equal {
        throw fail("'=' in an expression", help: "equality is written '=='")
      }
      if scanner.looking(at: "&&") || (scanner.looking(at: "||")) {
        throw fail(
          "unexpected '\(scanner.looking(at: "&&") ? "&&" : "||")'",
          help: "the words are 'and' and 'or'")
      }
      if case .column = left.kind {
        noteWords(Self.comparisons.map { "\($0.0)" } + ["in", "not in"])
      }
      return left
    }
    let savedSide = side
    side = .right
    if case .column(let name, _) = left.kind { comparedColumn = name }
    skipBlanks()
    if row != nil, scanner.isAtEnd, let comparedColumn {
      noteCursor(.columnValue(comparedColumn), from: scanner.at)
    }
    let right = try sum()
    side = savedSide
    comparedColumn = nil
    let compared = try binary(operation, left, right)
    let mark = scanner
    if takeComparison() != nil {
      throw fail(
        "comparisons don't chain", at: scanner.span(from: mark.at),
        help: "join two of them by 'and'")
    }
    return compared
  }

  private mutating func sum() throws(SyntaxError) -> Expression {
    var left = try product()
    while true {
      skipBlanks()
      if scanner.looking(at: "+"), !scanner.looking(at: "+=") {
        scanner.at += 1
        left = try binary(.add, left, try product())
      } else if scanner.peek() == Ascii.minus, scanner.peek(1) != Ascii.minus,
        scanner.peek(1) != Ascii.equal
      {
        scanner.at += 1
        left = try binary(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(SyntaxError) -> Expression {
    var left = try unary()
    while true {
      skipBlanks()
      let operation: BinaryOperator
      if scanner.take("*") {
        operation = .multiply
      } else if scanner.take("//") {
        operation = .floorDivide
      } else if scanner.take("/") {
        operation = .divide
      } else if scanner.take("%") {
        operation = .remainder
      } else {
        return left
      }
      left = try binary(operation, left, try unary())
    }
  }

  private mutating func unary() throws(SyntaxError) -> Expression {
    skipBlanks()
    let start = scanner.at
    guard scanner.peek() == Ascii.minus else { return try primary() }
    scanner.at += 1
    if Ascii.isDigit(scanner.peek()), let least = leastInt(from: start) { return least }
    let operand = try nested { parser throws(SyntaxError) in try parser.unary() }
    return Expression(kind: .unary(.negate, operand), span: scanner.span(from: start))
  }

  /// The least int, whose digits alone are no int.
  private mutating func leastInt(from start: Int) -> Expression? {
    var ahead = scanner
    while Ascii.isDigit(ahead.peek()) || Ascii.isLetter(ahead.peek()) { ahead.at += 1 }
    guard ahead.peek() != Ascii.dot, ahead.source.text(start..<ahead.at) == "\(Int.min)" else {
      return nil
    }
    scanner = ahead
    mark(.number, from: start)
    return Expression(kind: .literal(.int(.min)), span: scanner.span(from: start))
  }

  mutating func parenthesized() throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    let inner = try bracketed { parser throws(SyntaxError) in
      let inner = try parser.expression()
      parser.skipBlanks()
      try parser.expect(")", "after the expression")
      return inner
    }
    let whole = Expression(kind: inner.kind, span: scanner.span(from: start))
    return try path(of: whole, from: start)
  }

  /// What `for` loops over, and other places where one value stands without an operator.
  mutating func operand() throws(SyntaxError) -> Expression {
    let byte = scanner.peek()
    let start = scanner.at
    switch byte {
    case Ascii.dollar: return try path(of: try dollar(inWord: false), from: start)
    case Ascii.open: return try parenthesized()
    case Ascii.openBracket: return try list()
    default:
      if Ascii.isDigit(byte) { return try number() }
      noteCursor(.variable, from: start)
      if let word = scanner.commandName() {
        throw fail(
          "'\(word)' is a bare word here", at: scanner.span(from: start),
          help: scanner.peek() == Ascii.open
            ? "a call stands in brackets here: (\(word)(…))"
            : "write '$\(word)' for a variable, '$(\(word) …)' for a command, or a list: ['\(word)']"
        )
      }
      throw fail(
        "expected a value, found \(scanner.found)",
        help: "a variable $x, a substitution $(…), a list […] or a number")
    }
  }

  mutating func list() throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    let items = try bracketed { parser throws(SyntaxError) in
      var items: [(isSpread: Bool, Expression)] = []
      while true {
        parser.skipBlanks()
        if parser.scanner.take("]") { return items }
        let isSpread = parser.scanner.take("...")
        items.append((isSpread, isSpread ? try parser.operand() : try parser.expression()))
        parser.skipBlanks()
        if parser.scanner.take(",") { continue }
        try parser.expect("]", "or ',' in the list")
        return items
      }
    }
    return Expression(kind: .list(items), span: scanner.span(from: start))
  }

  mutating func record() throws(SyntaxError) -> Expression {
    let start = scanner.at
    scanner.at += 1
    let fields = try bracketed { parser throws(SyntaxError) in
      var fields: [(name: Expression, value: Expression)] = []
      var names: Set<String> = []
      while true {
        parser.skipBlanks()
        if parser.scanner.take("}") { return fields }
        let name = try parser.fieldName()
        parser.skipBlanks()
        try parser.expect(":", "after the field's name")
        if case .literal(.string(let text)) = name.kind, !names.insert(text).inserted {
          parser.note("the field '\(text)' is given twice", at: name.span, help: "remove one")
        }
        fields.append((name, try parser.expression()))
        parser.skipBlanks()
        if parser.scanner.take(",") { continue }
        try parser.expect("}", "or ',' in the record")
        return fields
      }
    }
    return Expression(kind: .record(fields), span: scanner.span(from: start))
  }

  private mutating func fieldName() throws(SyntaxError) -> Expression {
    if Ascii.isQuoting(scanner.peek()) { return try quoted() }
    let start = scanner.at
    guard let name = scanner.commandName() else {
      throw fail("expected a field's name, found \(scanner.found)")
    }
    return Expression(kind: .literal(.string(name)), span: scanner.span(from: start))
  }
}

extension Ascii {
  /// Whether a word goes on here although an identifier ended.
  static func isWordTail(_ byte: UInt8) -> Bool { byte == minus || byte == dot }
}
