import TerminalKit
import Testing

@Suite struct `Completion with Tab` {
  @Test func `the only candidate is inserted with a space`() throws {
    let terminal = try startFixture()
    terminal.send("remo\tx\r")
    try terminal.wait(for: "line <remove x>")
  }

  @Test func `what the candidates have in common is inserted, then they are listed`() throws {
    let terminal = try startFixture()
    terminal.send("l\t")
    try terminal.wait(line: "> list")
    terminal.send("\t")
    try terminal.wait(until: { $0.text.hasSuffix("> list\nlist    listen") && $0.column == 6 })
    terminal.send("e")
    try terminal.wait(until: { $0.text.hasSuffix("> liste") })
    terminal.send("\tx\r")
    try terminal.wait(for: "line <listen x>")
  }

  @Test func `descriptions stand in a column beside their words`() throws {
    let terminal = try startFixture()
    terminal.send("s\t")
    try terminal.wait(until: {
      $0.text.hasSuffix("slice     a machine\nsnapshot  its disk at one time")
    })
    #expect(terminal.screen.cell(row: terminal.screen.row + 1, column: 10).rendition == "2")
  }

  @Test func `a note says why there is nothing`() throws {
    let terminal = try startFixture()
    terminal.send("xy\t")
    try terminal.wait(until: { $0.text.hasSuffix("> xy\nnothing is known of \"x\"") })
    try terminal.wait(until: { $0.bells == 1 })
  }

  @Test func `of a list taller than the screen the beginning is shown, and Tab goes through it`()
    throws
  {
    let terminal = try startFixture(rows: 10, columns: 40)
    terminal.send("many\t")
    try terminal.wait(for: "more: Tab goes through them")
    #expect(terminal.screen.contains("many100"))
    #expect(!terminal.screen.contains("many299"))
    terminal.send("\t")
    try terminal.wait(until: { $0.contains("> many100") })
    terminal.send("\u{1b}[Z")
    try terminal.wait(until: { $0.contains("> many299") && $0.contains("  many299") })
    terminal.send("\u{1b}[A\u{1b}[B\u{1b}[B\u{1b}[B")
    try terminal.wait(until: { $0.contains("> many101") })
    terminal.send("\r")
    try terminal.wait(until: { $0.text.hasSuffix("> many101") && $0.column == 10 })
    terminal.send("x\r")
    try terminal.wait(for: "line <many101 x>")
    #expect(terminal.screen.unknown == [])
  }

  @Test func `a key that is no choice takes the candidate and does what it does`() throws {
    let terminal = try startFixture()
    terminal.send("s\t\t\t")
    try terminal.wait(until: { $0.contains("> snapshot") })
    terminal.send("!\r")
    try terminal.wait(for: "line <snapshot!>")
  }

  @Test func `Escape leaves the list and what was typed`() throws {
    let terminal = try startFixture()
    terminal.send("s\t\t")
    try terminal.wait(until: { $0.contains("> slice") })
    terminal.send("\u{7}")
    try terminal.wait(until: { $0.text.hasSuffix("> s") })
    terminal.send("o\r")
    try terminal.wait(for: "line <so>")
  }

  @Test func `Escape closes the list, and leaves the next key alone`() throws {
    let terminal = try startFixture()
    terminal.send("s\t")
    try terminal.wait(until: { $0.contains("slice") })
    terminal.send("\u{1b}")
    try terminal.wait(until: { $0.text.hasSuffix("> s") })
    terminal.send("n\r")
    try terminal.wait(for: "line <sn>")
  }

  @Test func `words of wide characters are completed and aligned`() throws {
    let terminal = try startFixture()
    terminal.send("日\t")
    try terminal.wait(until: { $0.text.hasSuffix("> 日\n日本  日曜") })
    terminal.send("本\t!\r")
    try terminal.wait(for: "line <日本 !>")
  }

  @Test func `in the middle of a line no second space is inserted`() throws {
    let terminal = try startFixture()
    terminal.send("remo all" + Key.left + Key.left + Key.left + Key.left + "\t!\r")
    try terminal.wait(for: "line <remove !all>")
  }
}
