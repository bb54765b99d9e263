import OrderedJSON
import SnapLanguage
import Testing

struct FormattingTests {
  @Test(
    "A text is given its one form by an edit of the lines that differ",
    arguments: [
      "ls\nif true {\nls   web   # 😀\n}\nls\n", "ls", "\n\n\nls\n", "print   'a\n b'\n", "ls\n",
      "",
    ])
  func formatted(_ script: String) throws {
    let text = try OpenText(script)
    let edits = try #require(try text.ask("formatting").arrayValue)
    let expected = try ScriptFormatter.format(SourceText(name: "x", text: script))
    #expect(try text.applying(edits) == expected)
    #expect(edits.isEmpty == (script == expected))
  }

  @Test("Lines that stay are not part of the edit")
  func unchangedLinesStay() throws {
    let text = try OpenText("ls\nls   web\nls\n")
    let edits = try #require(try text.ask("formatting").arrayValue)
    #expect(try edits.map { try text.text($0["range"]) } == ["ls   web\n"])
  }

  @Test("A text that doesn't parse is left alone")
  func wrongTextIsLeft() throws { #expect(try OpenText("if {").ask("formatting") == .null) }
}
