import Foundation
import TerminalKit
import Testing

/// What is longer than the screen, before a person.
@Suite struct PagerTests {
  private let sandbox: Sandbox
  private let cloud: ScriptedCloud

  init() throws {
    sandbox = try Sandbox()
    cloud = try ScriptedCloud(rows: (1...60).map { DocumentedRows.row($0, "s\($0)") })
  }

  private func shell(_ environment: [String: String] = [:]) throws -> ShellTerminal {
    try ShellTerminal(
      sandbox, environment: cloud.environment.merging(environment) { $1 }, prompt: cloud.prompt,
      rows: 20)
  }

  private func waitForPager(_ shell: ShellTerminal, line: Int = #line) throws {
    try shell.terminal.wait(until: { $0.currentLine == ":" }, "the pager", line: line)
  }

  @Test("a long list stops at the first screen, and 'q' gives the prompt back")
  func stops() throws {
    let shell = try shell()
    shell.type("ls" + Key.enter)
    try waitForPager(shell)
    #expect(shell.screen.contains("s5 "))
    #expect(!shell.screen.contains("s40"))
    shell.type("q")
    try shell.waitForPrompt()
    #expect(shell.terminal.isCanonical == false)
    #expect(try shell.run("print (40 + 2)").contains("\n42\n"))
    #expect(try shell.leave() == 0)
  }

  @Test("what fits on the screen goes straight to it")
  func fits() throws {
    let shell = try shell()
    #expect(try shell.run("ls | first 5").contains("s5 "))
  }

  @Test("Ctrl-C in the pager leaves the pager and the shell alive")
  func interrupted() throws {
    let shell = try shell()
    shell.type("ls" + Key.enter)
    try waitForPager(shell)
    shell.type(Key.controlC)
    // The pager drops keys while it looks at the signal.
    try shell.terminal.wait(
      until: { screen in
        if !screen.contains("s60") { shell.type("G") }
        return screen.contains("s60")
      }, "the end of the list")
    shell.type("q")
    try shell.waitForPrompt()
    #expect(try shell.run("print (40 + 2)").contains("\n42\n"))
    #expect(try shell.leave() == 0)
  }

  @Test("leaving it stops what is still to come, and the next statement runs")
  func stopsReading() throws {
    let lines = (1...200_000).map { "{\"n\":\($0)}\n" }.joined()
    let file = try sandbox.write(lines + "no json", to: "rows.jsonl")
    let shell = try shell()
    shell.type("open \(file.path); print (40 + 2)" + Key.enter)
    try waitForPager(shell)
    shell.type("q")
    try shell.wait(for: "\n42")
    try shell.waitForPrompt()
    #expect(!shell.screen.contains("error"))
  }

  @Test("none is used when 'cat' or nothing is chosen", arguments: ["cat", ""])
  func off(_ pager: String) throws {
    let shell = try shell(["SNAPSH_PAGER": pager, "PAGER": "false"])
    #expect(try shell.run("ls").contains("s60"))
  }

  @Test("SNAPSH_PAGER goes before PAGER, may have arguments and doesn't get the token")
  func chosen() throws {
    let shell = try shell([
      "SNAPSH_PAGER": "sed 's/s60/sixty/'; echo token: $SNAPSH_TOKEN.", "PAGER": "false",
    ])
    let shown = try shell.run("ls")
    #expect(shown.contains("sixty"))
    #expect(shown.contains("token: ."))
  }

  @Test("one that fails at once leaves the shell as it was")
  func fails() throws {
    let shell = try shell(["SNAPSH_PAGER": "no-such-program"])
    try shell.run("ls")
    #expect(try shell.run("print (40 + 2)").contains("\n42\n"))
  }

  @Test("a command of the command line has one, a script has none")
  func outsideShell() throws {
    let environment = sandbox.environment.merging(cloud.environment) { $1 }
    let command = try Terminal(
      program: Sandbox.program, arguments: ["ls"], environment: environment, rows: 20)
    try command.wait(until: { $0.currentLine == ":" }, "the pager")
    command.send("q")
    #expect(try command.waitForExit() == 0)
    let script = try Terminal(
      program: Sandbox.program, arguments: ["-c", "ls"], environment: environment, rows: 20)
    #expect(try script.waitForExit() == 0)
    #expect(script.screen.contains("s60"))
  }
}
