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

  @Test func `a list taller than the screen is shown on request only`() throws {
    let terminal = try startFixture(rows: 10, columns: 40)
    terminal.send("many\t")
    terminal.send("\t")
    try terminal.wait(for: "Display all 200 possibilities? (y or n)")
    terminal.send("n")
    try terminal.wait(until: { $0.text.hasSuffix("> many") })
    #expect(!terminal.screen.contains("many299"))
    terminal.send("\ty")
    try terminal.wait(until: { $0.contains("many150") && $0.currentLine == "> many" })
    #expect(terminal.screen.unknown == [])
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
