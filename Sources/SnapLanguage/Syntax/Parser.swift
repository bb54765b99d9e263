/// Text to tree. Never throws: what is wrong becomes a diagnostic, and the rest is read on from the
/// next statement, so that one run shows every error.
package struct Parser {
  var scanner: Scanner
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false
  /// Whether it has been said that something is missing at the end.
  var isCutOff = false
  var cursor: CursorContext?
  var nextName = 0
  /// Apart from the scanner, so that looking ahead copies little.
  var marks: [Mark] = []
  /// The words of statements that could not be read, and of others that mean something else than
  /// they say: what is missing or unused there is no news.
  var unsureNames: Set<String> = []
  /// Open brackets around the position; inside any, newlines are blanks.
  var bracketDepth = 0
  var blockDepth = 0
  /// The nesting of all constructs, bounded so that no text ends the stack.
  var depth = 0
  var stagesBefore: [Stage] = []
  /// The row of the innermost `where`, while its expression is being read.
  var row: Name?
  var side = Side.left
  var comparedColumn: String?
  /// For completion: where the statement began, the variables that can be seen, and the argument
  /// that a quote may be a part of.
  var statementStart: Int?
  var bindings: [CursorContext.Binding] = []
  var quotedArgument: (command: Command, start: Int)?

  /// In a row expression, a bare word is a column on the left of an operator, a text on the right.
  enum Side { case left, right }

  static let deepest = 200
  /// Operators of the statement that is being read and of those around it: the tree's height has a
  /// bound.
  var operators = 0
  static let mostOperators = 1_000

  init(_ source: SourceText) { scanner = Scanner(source) }

  package static func parse(_ source: SourceText) -> Script {
    var parser = Parser(source)
    if parser.scanner.looking(at: "#!") { parser.scanner.skipBlanks(newlines: false) }
    let code = parser.code(until: nil)
    if parser.scanner.endsInJoin { parser.noteIncomplete() }
    return Script(
      source: source, code: code, nameCount: parser.nextName, diagnostics: parser.diagnostics,
      unsureNames: parser.unsureNames, isIncomplete: parser.isIncomplete, cursor: parser.cursor,
      marks: parser.scanner.withComments(parser.marks))
  }

  /// The end of reading a statement that is wrong; the diagnostic has been noted.
  struct SyntaxError: Error {}

  /// Notes an error that ends the reading of a statement; `continues` tells whether a further line
  /// could make the text right, when it ends here.
  mutating func fail(
    _ message: String, at span: Span? = nil, help: String? = nil, continues: Bool = false
  ) -> SyntaxError {
    let place = span ?? characterSpan
    let isAtEnd = place.range.lowerBound >= scanner.source.bytes.count
    if isAtEnd {
      // What is missing around what was missing first is no news.
      if isCutOff { return SyntaxError() }
      isCutOff = true
      if continues || bracketDepth > 0 || scanner.endsInJoin { noteIncomplete() }
    }
    diagnostics.append(Diagnostic(message, at: place, help: help))
    return SyntaxError()
  }

  /// Notes that the text ends too early, unless it is wrong whatever follows.
  mutating func noteIncomplete() {
    isCutOff = true
    if diagnostics.isEmpty { isIncomplete = true }
  }

  /// A diagnostic that doesn't stop the reading.
  mutating func note(_ message: String, at span: Span, help: String? = nil) {
    diagnostics.append(Diagnostic(message, at: span, help: help))
  }

  var characterSpan: Span {
    var ahead = scanner
    if !ahead.isAtEnd { ahead.advanceCharacter() }
    return Span(scanner.source, scanner.at..<ahead.at)
  }

  mutating func expect(_ text: StaticString, _ purpose: String) throws(SyntaxError) {
    guard scanner.take(text) else {
      throw fail("expected '\(text)' \(purpose), found \(scanner.found)")
    }
  }

  mutating func name(_ text: String, _ span: Span) -> Name {
    defer { nextName += 1 }
    return Name(text: text, span: span, id: nextName)
  }

  mutating func skipBlanks() { scanner.skipBlanks(newlines: bracketDepth > 0) }

  mutating func mark(_ kind: Mark.Kind, from start: Int) {
    marks.append(Mark(kind: kind, range: start..<scanner.at))
  }

  mutating func nested<Result>(
    _ body: (inout Parser) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    guard depth < Self.deepest else {
      throw fail("nested more than \(Self.deepest) deep", help: "split it into functions")
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  /// Reads `body` between brackets that have been opened: newlines are blanks there.
  mutating func bracketed<Result>(
    _ body: (inout Parser) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    let quoted = quotedArgument
    quotedArgument = nil
    bracketDepth += 1
    defer {
      bracketDepth -= 1
      quotedArgument = quoted
    }
    return try nested(body)
  }

  /// Reads `body` as code of its own: inside braces, or a substitution.
  mutating func isolated<Result>(
    brackets: Int, _ body: (inout Parser) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    let saved = (bracketDepth, row, side, stagesBefore, comparedColumn)
    (bracketDepth, row, side, stagesBefore, comparedColumn) = (brackets, nil, .left, [], nil)
    let (visible, quoted) = (bindings, quotedArgument)
    quotedArgument = nil
    defer {
      (bracketDepth, row, side, stagesBefore, comparedColumn) = saved
      (bindings, quotedArgument) = (visible, quoted)
    }
    return try nested(body)
  }
}
