/// Where the end of an unfinished text stands in the grammar.
package struct CursorContext: Sendable {
  package enum Place: Sendable {
    /// A command's name, or a keyword.
    case command
    /// An argument of a command; with the arguments before it. `for` with its flags and `use` with
    /// its path count as commands here.
    case argument(Command)
    /// `$name`
    case variable
    /// A field of a path.
    case field(Expression)
    /// A column in `where`; the pipeline's earlier stages may say which there are.
    case column
    /// The right side of a comparison with a column.
    case columnValue(String)
    /// Somewhere in an expression.
    case expression
    /// One of these words or operators.
    case word([String])
    /// Inside a quoted string that is none of the above.
    case string
  }

  package var place: Place
  /// What of the word is there already, in bytes of the text.
  package var range: Range<Int>
  /// The stages of the pipeline that stand before the cursor.
  package var stagesBefore: [Stage]
  /// Whether a statement begins here, so that a keyword may stand here too.
  package var isStatementStart: Bool
  /// The variables that the text itself declares and that can be seen from here, outermost first.
  package var bindings: [Binding]

  /// A variable and what the text says about its value.
  package struct Binding: Sendable {
    package enum Origin: Sendable {
      case value(Expression)
      /// One item of a list.
      case item(Expression)
      /// One of the rows that come out of the stages.
      case row([Stage])
      case parameter(ValueType?)
      /// What `catch` binds.
      case failure
    }

    package let name: String
    package let origin: Origin
  }
}

extension Parser {
  /// Notes what is being typed when the text ends here, or `ahead` bytes further on. The first note
  /// stays, for the innermost construct makes it.
  mutating func noteCursor(_ place: CursorContext.Place, from start: Int, ahead: Int = 0) {
    guard cursor == nil, scanner.at + ahead >= scanner.source.bytes.count else { return }
    cursor = CursorContext(
      place: place, range: start..<scanner.source.bytes.count, stagesBefore: stagesBefore,
      isStatementStart: start == statementStart, bindings: bindings)
  }

  /// Notes that some of `words` may follow, when the text ends after a blank or a part of a word.
  mutating func noteWords(_ words: [String]) {
    var ahead = scanner
    ahead.skipBlanks(newlines: bracketDepth > 0)
    let start = ahead.at
    _ = ahead.identifier()
    guard ahead.isAtEnd, isBlank(before: start) else { return }
    if case .word(let known) = cursor?.place, cursor?.range.lowerBound == start {
      cursor?.place = .word(known + words)
    } else {
      noteCursor(.word(words), from: start, ahead: ahead.at - scanner.at)
    }
  }

  /// Whether the word that begins at `start` is apart from what stands before it.
  func isBlank(before start: Int) -> Bool {
    start == 0 || [Ascii.space, Ascii.tab, Ascii.newline].contains(scanner.source.bytes[start - 1])
  }

  mutating func bind(_ name: String, _ origin: CursorContext.Binding.Origin) {
    bindings.append(CursorContext.Binding(name: name, origin: origin))
  }
}
