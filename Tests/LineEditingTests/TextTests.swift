import Testing

@testable import LineEditing

@Suite struct `Places in a text` {
  @Test func `go by characters, whatever they are made of`() {
    let text = Array("a👩‍🚀e\u{301}".unicodeScalars)
    #expect(TextPosition(1, in: text).nextCharacter == 4)
    #expect(TextPosition(4, in: text).previousCharacter == 1)
    #expect(TextPosition(6, in: text).previousCharacter == 4)
    #expect(TextPosition(6, in: text).nextCharacter == 6)
    #expect(TextPosition(0, in: text).previousCharacter == 0)
  }

  @Test func `go by lines and keep the column where they can`() {
    let text = Array("abcd\nx\nefgh".unicodeScalars)
    #expect(TextPosition(3, in: text).lineAbove == nil)
    #expect(TextPosition(3, in: text).lineBelow == 6)
    #expect(TextPosition(6, in: text).lineAbove == 1)
    #expect(TextPosition(10, in: text).lineAbove == 6)
    #expect(TextPosition(10, in: text).lineBelow == nil)
    #expect(TextPosition(5, in: text).lineStart == 5)
    #expect(TextPosition(8, in: text).lineEnd == 11)
  }
}

@Suite struct `Undo` {
  private func note(_ texts: [String]) -> UndoHistory {
    var undo = UndoHistory()
    for text in texts {
      undo.note(.init(text: Array(text.unicodeScalars), cursor: text.unicodeScalars.count))
    }
    return undo
  }

  @Test func `takes letters of one word back together`() {
    var undo = note(["", "a", "ab", "ab ", "ab c", "ab cd"])
    let states = (1...4).map { _ in undo.undo().map { String(scalars: $0.text) } }
    #expect(states == ["ab ", "ab", "", nil])
  }

  @Test func `takes a deletion back with its cursor`() {
    var undo = UndoHistory()
    undo.note(.init(text: ["a", "b"], cursor: 1))
    undo.note(.init(text: ["a"], cursor: 1))
    let state = undo.undo()
    #expect(state == .init(text: ["a", "b"], cursor: 1))
  }
}

@Suite struct `What Tab does` {
  private func edit(
    _ text: String, _ range: Range<Int>, _ candidates: [Candidate]
  ) -> CompletionEdit {
    let completion = Completion(replacing: range, candidates: candidates)
    return CompletionEdit(completion, text: Array(text.unicodeScalars))
  }

  private func replace(_ range: Range<Int>, _ text: String) -> CompletionEdit {
    .replace(range, with: Array(text.unicodeScalars))
  }

  @Test func `depends on how many candidates there are`() {
    let list = Candidate("list")
    #expect(edit("li", 0..<2, []) == .nothing)
    #expect(edit("li", 0..<2, [list]) == replace(0..<2, "list "))
    #expect(edit("l", 0..<1, [list, Candidate("listen")]) == replace(0..<1, "list"))
    #expect(edit("list", 0..<4, [list, Candidate("listen")]) == .list)
    #expect(edit("L", 0..<1, [list, Candidate("listen")]) == .list)
  }

  @Test func `heeds what follows the word`() {
    #expect(edit("li x", 0..<2, [Candidate("list")]) == replace(0..<3, "list "))
    #expect(edit("li", 0..<2, [Candidate("lib/", appendsSpace: false)]) == replace(0..<2, "lib/"))
  }

  @Test func `a range beyond the text is cut to it`() {
    #expect(edit("li", 0..<99, [Candidate("list")]) == replace(0..<2, "list "))
  }

  @Test func `a list runs downwards in columns`() {
    let list = CandidateList(
      candidates: ["a", "bb", "日", "d", "e"].map { Candidate($0) }, note: nil, typed: "")
    func lines(_ columns: Int) -> [String] {
      list.lines(rows: 9, columns: columns, selected: nil, usesStyles: true).map(\.text)
    }
    #expect(lines(10) == ["a   日  e", "bb  d"])
    #expect(lines(1) == ["a", "…", "…", "d", "e"])
  }

  @Test func `details that are too wide are cut, and it can be seen`() {
    let candidates = [Candidate("ls", details: ["lists all"]), Candidate("remove")]
    let lines = CandidateList(candidates: candidates, note: nil, typed: "")
      .lines(rows: 9, columns: 14, selected: nil, usesStyles: false)
    #expect(lines == [MenuLine(text: "ls      lists…"), MenuLine(text: "remove")])
  }

  @Test func `details stand in columns, numbers to the right`() {
    let list = CandidateList(
      candidates: [
        Candidate("nightly", details: ["15300", "büro", "3 d", "running"], group: "snapshots"),
        Candidate("größe", details: ["77", "日本", "12 min", ""], group: "snapshots"),
      ], note: "as of 3 h ago", typed: "")
    let texts = list.lines(rows: 9, columns: 80, selected: nil, usesStyles: false).map(\.text)
    #expect(
      texts == [
        "nightly  15300  büro     3 d  running", "größe       77  日本  12 min", "as of 3 h ago",
      ])
  }

  @Test func `candidates of several kinds stand under headings`() {
    let list = CandidateList(
      candidates: [
        Candidate("list", details: ["shows"], group: "commands"),
        Candidate("let", group: "keywords"), Candidate("loop", group: "keywords"),
      ], note: nil, typed: "l")
    let plain = list.lines(rows: 9, columns: 40, selected: nil, usesStyles: false)
    #expect(plain.map(\.text) == ["commands:", "list  shows", "keywords:", "let   loop"])
    #expect(plain.flatMap(\.styles).isEmpty)
    let styled = list.lines(rows: 9, columns: 40, selected: 2, usesStyles: true)
    #expect(styled[2].text == "keywords")
    #expect(styled[3].styles.contains(StyledRange(6..<10, .reversed)))
    #expect(styled[3].styles.contains(StyledRange(0..<1, Style(bold: true))))
  }

  @Test func `what doesn't fit is counted, and the selected one is always there`() {
    let list = CandidateList(
      candidates: (0..<50).map { Candidate("c\($0)", details: ["x"]) }, note: "a note", typed: "")
    func texts(_ rows: Int, _ selected: Int?) -> [String] {
      list.lines(rows: rows, columns: 60, selected: selected, usesStyles: false).map(\.text)
    }
    #expect(
      texts(4, nil) == [
        "c0   x", "c1   x", "c2   x", "47 more: Tab goes through them, typing narrows; a note",
      ])
    for selected in 0..<50 {
      let shown = texts(6, selected)
      #expect(shown.count == 6 && shown.contains { $0.hasPrefix("c\(selected) ") })
    }
    #expect(texts(0, nil).count <= 1)
    #expect(texts(51, nil).count == 51)
  }
}
