import SnapLanguage
import SnapOutput
import Testing

@Suite struct DiagnosticTests {
  private let writer = DiagnosticWriter(isColored: false)

  private func span(_ text: String, of marked: String, in name: String = "tour.snap") throws -> Span
  {
    let source = SourceText(name: name, text: text)
    let start = try #require(text.firstRange(of: marked)).lowerBound
    let offset = text.utf8.distance(from: text.startIndex, to: start)
    return Span(source, offset..<offset + marked.utf8.count)
  }

  @Test func `a diagnostic shows its line, the place and the help`() throws {
    let span = try span("ls\n\nrestore $slcie\n", of: "$slcie")
    let diagnostic = Diagnostic(
      "unknown variable '$slcie'", at: span, help: "did you mean '$slice'?")
    #expect(
      writer.text(for: diagnostic) == """
        error: unknown variable '$slcie'
          --> tour.snap:3:9
           |
         3 | restore $slcie
           |         ^^^^^^
        help: did you mean '$slice'?

        """)
  }

  @Test func `on a terminal words stay whole, under the first of them`() {
    let writer = DiagnosticWriter(isColored: false, columns: 32)
    let failure = Failure(
      .usage, "no snapshot matches 'before the great upgrade of everything'",
      help: "https://example.org/a/very/long/address is whole")
    #expect(
      writer.text(for: failure) == """
        error: no snapshot matches
               'before the great upgrade
               of everything'
        help: https://example.org/a/very/long/address
              is whole

        """)
  }

  @Test(arguments: [
    ("日本 x", "x", "日本 x", "     ^"), ("\tls\t日本", "日本", "\tls\t日本", "\t  \t^^^^"),
    ("a\u{1b} b", "b", "a\\u{1b} b", "        ^"),
    ("one two\r\nthree", "two\r\nthree", "one two", "    ^^^"),
    ("é e\u{301} z", "z", "é e\u{301} z", "    ^"),
  ])
  func `carets stand under the range`(
    text: String, marked: String, line: String, carets: String
  ) throws {
    let report = writer.text(for: Diagnostic("bad", at: try span(text, of: marked)))
    let lines = report.split(separator: "\n").map(String.init)
    #expect(lines[3] == " 1 | " + line)
    #expect(lines[4] == "   | " + carets)
  }

  @Test(arguments: [("", 0), ("ls", 2), ("ls\n", 3), ("ls", 99)])
  func `the end of the text has a caret too`(text: String, offset: Int) {
    let source = SourceText(name: "<prompt>", text: text)
    let report = writer.text(for: Diagnostic("bad", at: Span(source, offset..<offset)))
    #expect(report.contains("^\n"))
    #expect(report.hasPrefix("error: bad\n  --> <prompt>:"))
  }

  @Test func `a line number of two digits widens the margin`() throws {
    let text = String(repeating: "\n", count: 11) + "boom"
    #expect(
      writer.text(for: Diagnostic("bad", at: try span(text, of: "boom"), severity: .warning)) == """
        warning: bad
           --> tour.snap:12:1
            |
         12 | boom
            | ^^^^

        """)
  }

  @Test func `a failure tells the calls that led to it`() throws {
    let text = "def f [] { rm 7 }\nf\n"
    var failure = Failure(
      .notfound, "no snapshot '7'\nhelp: \u{1b}[2J", help: "list them with 'ls'",
      at: try span(text, of: "rm 7"))
    failure.trace = [try span(text, of: "f\n")]
    #expect(
      writer.text(for: failure) == """
        error: no snapshot '7'
               help: \\u{1b}[2J
          --> tour.snap:1:12
           |
         1 | def f [] { rm 7 }
           |            ^^^^
        help: list them with 'ls'
        called from tour.snap:2:1

        """)
  }

  @Test func `a failure without a place is words alone`() {
    #expect(writer.text(for: Failure(.network, "no answer")) == "error: no answer\n")
  }

  @Test func `a deep recursion's calls are counted`() throws {
    var failure = Failure(.usage, "too deep")
    failure.trace = Array(repeating: try span("f", of: "f"), count: 500)
    let lines = writer.text(for: failure).split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.contains("… 490 more calls"))
  }

  @Test func `colours set off the word and the carets`() throws {
    let report = DiagnosticWriter(isColored: true).text(
      for: Diagnostic("bad", at: try span("boom", of: "boom")))
    #expect(report.contains("\u{1b}[1;31merror:\u{1b}[0m bad"))
    #expect(report.contains("\u{1b}[1;31m^^^^\u{1b}[0m"))
  }
}
