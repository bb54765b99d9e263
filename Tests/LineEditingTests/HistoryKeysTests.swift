import TerminalKit
import Testing

@Suite struct `History on a terminal` {
  @Test func `Up goes back and Down comes back to the draft`() throws {
    let terminal = try startFixture()
    try terminal.enter("one")
    try terminal.enter("two")
    terminal.send("draft" + Key.control("P"))
    try terminal.wait(line: "> two")
    terminal.send(Key.up)
    try terminal.wait(line: "> one")
    terminal.send(Key.up + Key.down + Key.down)
    try terminal.wait(line: "> draft")
  }

  @Test func `Up goes to lines that begin with what was typed, each once`() throws {
    let terminal = try startFixture()
    for line in ["create one", "list", "create two", "create one", "list"] {
      try terminal.enter(line)
    }
    terminal.send("cr" + Key.up)
    try terminal.wait(line: "> create one")
    terminal.send(Key.up)
    try terminal.wait(line: "> create two")
    let bells = terminal.screen.bells
    terminal.send(Key.up)
    try terminal.wait(until: { $0.bells > bells })
    #expect(terminal.screen.currentLine == "> create two")
    terminal.send(Key.down + Key.down)
    try terminal.wait(until: { $0.currentLine.hasPrefix("> cr") && $0.column == 4 })
    terminal.send(Key.control("U") + Key.up + Key.up)
    try terminal.wait(line: "> create one")
  }

  @Test func `sessions see each other's lines at the next prompt`() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--history", folder.file("history")]
    let (first, second) = (try startFixture(arguments), try startFixture(arguments))
    try first.enter("of the first")
    try second.enter("of the second")
    first.send(Key.up)
    try first.wait(line: "> of the first")
    first.send(Key.control("C"))
    try first.waitForPrompt()
    first.send(Key.up)
    try first.wait(line: "> of the second")
    second.send(Key.up + Key.up)
    try second.wait(line: "> of the first")
  }

  @Test func `a later session knows the lines of an earlier one`() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--history", folder.file("state/history")]
    let first = try startFixture(arguments)
    first.send("\"日本\rx\\n\"\r")
    try first.wait(until: { $0.transcript.hasSuffix("x\\n\">\n>") })
    try first.enter(" secret")
    try first.enter("last")
    first.send(Key.control("D"))
    #expect(try first.waitForExit() == 0)

    let second = try startFixture(arguments)
    second.send(Key.up)
    try second.wait(line: "> last")
    second.send(Key.up)
    try second.wait(line: "... x\\n\"")
    second.send(Key.enter)
    try second.wait(for: "line <\"日本|x\\n\">")
  }

  @Test func `Ctrl-R finds as one types, and Enter runs what it found`() throws {
    let terminal = try startFixture()
    for line in ["remove Alpha", "list beta", "remove gamma"] { try terminal.enter(line) }
    terminal.send(Key.control("R") + "remove")
    try terminal.wait(until: { $0.text.hasSuffix("> remove gamma\nsearch: remove") })
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 3).rendition == "7")
    terminal.send(Key.control("R"))
    try terminal.wait(line: "> remove Alpha")
    terminal.send(Key.control("R"))
    try terminal.wait(until: { $0.text.hasSuffix("no match: remove") })
    terminal.send(Key.enter)
    try terminal.wait(until: { $0.transcript.hasSuffix("line <remove Alpha>\n>") })
  }

  @Test func `Ctrl-G gives the line back that the search began with`() throws {
    let terminal = try startFixture()
    try terminal.enter("remove Alpha")
    terminal.send("draft" + Key.left + Key.control("R") + "alp")
    try terminal.wait(line: "> remove Alpha")
    terminal.send(Key.control("G"))
    try terminal.wait(until: { $0.text.hasSuffix("> draft") && $0.column == 6 })
  }

  @Test func `Ctrl-C leaves a search and drops the line`() throws {
    let terminal = try startFixture()
    try terminal.enter("remove")
    terminal.send(Key.control("R") + "rem" + Key.control("C"))
    try terminal.wait(for: "> remove^C\ninterrupted")
  }

  @Test func `the history suggests the newest command that begins so`() throws {
    let terminal = try startFixture()
    for line in ["create one", "create two"] { try terminal.enter(line) }
    terminal.send("cre")
    try terminal.wait(until: { $0.currentLine == "> create two" && $0.column == 5 })
  }

  @Test func `without styles nothing is suggested`() throws {
    let terminal = try startFixture(["--plain-style"])
    try terminal.enter("create two")
    terminal.send("cre")
    try terminal.wait(line: "> cre")
  }
}
