import Testing

@testable import LineEditing

@Suite struct `Layout` {
  private func rows(_ text: String, columns: Int) -> [String] {
    var layouter = Layouter(columns: columns)
    layouter.put(text)
    return layouter.rows.map { $0.cells.map(\.text).joined() }
  }

  @Test(arguments: [
    ("", [""]), ("abcd", ["abcd"]), ("abcde", ["abcd", "e"]), ("a\nb", ["a", "b"]),
    ("abc日", ["abc", "日"]), ("日本日", ["日本", "日"]), ("e\u{301}bcd", ["e\u{301}bcd"]),
    ("abc\u{3}", ["abc^", "C"]), ("a\tb", ["a   ", "b"]),
    ("\u{9b}\u{202e}", ["\u{fffd}\u{fffd}"]),
  ])
  func `text wraps at the width`(text: String, expected: [String]) {
    #expect(rows(text, columns: 4) == expected)
  }

  @Test func `a tab goes to the next column that eight divides`() {
    #expect(rows("ab\tc", columns: 20) == ["ab      c"])
  }

  @Test(
    arguments: [
      ("abc", nil, Position(row: 0, column: 3)), ("abcd", nil, Position(row: 1, column: 0)),
      ("abc", "日", Position(row: 1, column: 0)), ("ab\n", "x", Position(row: 1, column: 0)),
      ("abcd", "\n", Position(row: 1, column: 0)),
    ] as [(String, Unicode.Scalar?, Position)])
  func `the cursor never stands past the last column`(
    text: String, next: Unicode.Scalar?, expected: Position
  ) {
    var layouter = Layouter(columns: 4)
    layouter.put(text)
    #expect(layouter.cursor(before: next) == expected)
  }
}

@Suite struct `The view of an input` {
  private func view(_ text: String, cursor: Int) -> EditorView {
    EditorView(prompt: Prompt("> "), text: Array(text.unicodeScalars), cursor: cursor)
  }

  private func text(_ frame: Frame) -> [String] {
    frame.rows.map { $0.cells.map(\.text).joined() }
  }

  @Test func `has the second prompt on the other lines`() {
    let frame = view("a\nb", cursor: 3).frame(rows: 10, columns: 20)
    #expect(text(frame) == ["> a", "... b"])
    #expect(frame.cursor == Position(row: 1, column: 5))
  }

  @Test func `shows the rows around the cursor when the terminal is too small`() {
    let tall = (1...9).map(String.init).joined(separator: "\n")
    #expect(text(view(tall, cursor: 0).frame(rows: 3, columns: 20)) == ["> 1", "... 2", "... 3"])
    let end = view(tall, cursor: 17).frame(rows: 3, columns: 20)
    #expect(text(end) == ["... 7", "... 8", "... 9"])
    #expect(end.cursor == Position(row: 2, column: 5))
  }

  @Test func `cuts the menu to the rows that are left and to the width`() {
    var view = view("abc", cursor: 3)
    view.menu = [MenuLine(text: "one is long"), MenuLine(text: "two"), MenuLine(text: "three")]
    #expect(text(view.frame(rows: 3, columns: 7)) == ["> abc", "one is ", "two"])
  }

  @Test func `shows a suggestion after the cursor`() {
    var view = view("abc", cursor: 3)
    view.suggestion = Array("def".unicodeScalars)
    let frame = view.frame(rows: 3, columns: 20)
    #expect(text(frame) == ["> abcdef"])
    #expect(frame.cursor.column == 5)
    #expect(frame.rows[0].cells.map(\.style).suffix(3) == [.dim, .dim, .dim])
  }

  @Test func `ignores styles beyond the text`() {
    var view = view("abc", cursor: 0)
    view.styles = [StyledRange(-5..<1, Style(.red)), StyledRange(2..<99, Style(.green))]
    let frame = view.frame(rows: 3, columns: 20)
    #expect(frame.rows[0].cells.suffix(3).map(\.style) == [Style(.red), .plain, Style(.green)])
  }
}
