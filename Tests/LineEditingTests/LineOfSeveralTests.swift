import TerminalKit
import Testing

@Suite struct `Text of several lines` {
  @Test func `Enter opens another line while the text is incomplete`() throws {
    let terminal = try startFixture()
    terminal.send("say \"one\rtwo\"\r")
    try terminal.wait(for: "> say \"one\n... two\"\nline <say \"one|two\">")
  }

  @Test func `the cursor moves between the lines before it leaves for the history`() throws {
    let terminal = try startFixture()
    try terminal.enter("first")
    terminal.send("\"abc\rdefgh")
    try terminal.wait(line: "... defgh")
    terminal.send(Key.up + "X")
    try terminal.wait(line: "> \"abcX")
    terminal.send(Key.home + Key.down + "Y")
    try terminal.wait(line: "... Ydefgh")
    terminal.send(Key.up + Key.up)
    try terminal.wait(line: "> first")
    terminal.send(Key.down)
    try terminal.wait(line: "... Ydefgh")
  }

  @Test func `a recalled block is edited as a block`() throws {
    let terminal = try startFixture()
    terminal.send("\"one\rtwo\"\r")
    try terminal.wait(until: { $0.transcript.hasSuffix("two\">\n>") })
    terminal.send(Key.up)
    try terminal.wait(line: "... two\"")
    terminal.send(Key.up + Key.home + "2\r")
    try terminal.wait(for: "line <2\"one|two\">")
  }

  @Test func `a pasted newline runs nothing`() throws {
    let terminal = try startFixture()
    try terminal.wait(until: { $0.modes.contains(2004) })
    terminal.send(Key.paste("list\rremove\tall\u{3}\u{4}\n"))
    try terminal.wait(line: "... remove      all")
    terminal.send(Key.enter)
    try terminal.wait(for: "line <list|remove       all>")
    #expect(!terminal.screen.contains("interrupted"))
    #expect(terminal.screen.unknown == [])
  }

  @Test func `a paste may come in pieces and be long`() throws {
    let terminal = try startFixture()
    let text = String(repeating: "0123456789", count: 2000)
    terminal.send("\u{1b}[20")
    terminal.send("0~" + text + "\u{1b}[2")
    terminal.send("01~")
    try terminal.wait(until: { $0.currentLine == "89" && $0.column == 2 })
    terminal.send(Key.enter)
    try terminal.wait(for: "line <0123")
    try terminal.wait(until: { ($0.scrollback + $0.lines).joined().contains(text) })
  }

  @Test func `a text taller than the screen shows the part around the cursor`() throws {
    let terminal = try startFixture(rows: 4, columns: 20)
    terminal.send(Key.paste((1...9).map { "row \($0)" }.joined(separator: "\n")))
    try terminal.wait(until: { $0.text == "... row 6\n... row 7\n... row 8\n... row 9" })
    for _ in 1...8 { terminal.send(Key.up) }
    try terminal.wait(until: { $0.lines[0] == "> row 1" && $0.row == 0 })
    terminal.send(Key.enter)
    try terminal.wait(until: { $0.transcript.contains("row 8|row 9>") })
    #expect(terminal.screen.unknown == [])
  }

  @Test func `a long line wraps, and a change in its middle shows everywhere`() throws {
    let terminal = try startFixture(rows: 10, columns: 20)
    terminal.send(String(repeating: "abcdefghij", count: 4))
    try terminal.wait(line: "ij")
    terminal.send(Key.control("A") + "日")
    try terminal.wait(until: {
      $0.text.hasSuffix("> 日abcdefghijabcdef\nghijabcdefghijabcdef\nghij")
    })
    terminal.send(Key.control("E") + Key.control("U"))
    try terminal.wait(until: { $0.text.hasSuffix("\n>") })
  }
}
