import TerminalKit
import Testing

/// Ctrl-C at the prompt and during a run.
@Suite struct InterruptTests {
  @Test("at the prompt it drops the line and keeps the shell")
  func dropsLine() throws {
    let shell = try ShellTerminal(try Sandbox())
    shell.type("print 11111")
    try shell.terminal.wait(until: { $0.currentLine == "local> print 11111" })
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(try shell.run("print 2").contains("\n2\n"))
    #expect(!shell.screen.lines.contains("11111"))
  }

  @Test("it drops a block that is half typed")
  func dropsBlock() throws {
    let shell = try ShellTerminal(try Sandbox())
    shell.type("if true {" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "..." })
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(try shell.run("print 2").contains("\n2\n"))
  }

  @Test(
    "it ends what runs, and the shell goes on",
    arguments: [
      "sleep 60s", "while true { }", "for i in 1..1000000000 { }", "!sleep 60",
    ])
  func endsRun(_ line: String) throws {
    let shell = try ShellTerminal(try Sandbox())
    try shell.run("print ready")
    shell.type("print started; \(line)" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.contains("started") }, "the start of '\(line)'")
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(try shell.run("print (40 + 2)").contains("\n42\n"))
    #expect(try shell.leave() == 0)
  }

  @Test("it ends a wait, and the cloud goes on")
  func endsWait() throws {
    let (sandbox, cloud) = (
      try Sandbox(),
      try ScriptedCloud(rows: [DocumentedRows.row(1, "a", running: "\"restore\"")])
    )
    let shell = try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
    shell.type("wait" + Key.enter)
    let asked = cloud.requests.count
    try shell.terminal.wait(until: { _ in cloud.requests.count > asked + 1 }, "the wait's reads")
    shell.type(Key.controlC)
    try shell.terminal.wait(until: { $0.lines.contains("interrupted") })
    try shell.waitForPrompt()
    #expect(try shell.leave() == 0)
  }

  @Test("it ends a read of a cloud that never answers")
  func endsRead() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud { _ in .silence })
    let shell = try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
    shell.type("print started; ls" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.contains("started") })
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(try shell.leave() == 0)
  }

  @Test("between the restores of a loop it sends no more, and says what was done")
  func stopsLoop() throws {
    let sandbox = try Sandbox()
    let cloud = try ScriptedCloud(
      rows: (1...9).map { DocumentedRows.row($0, "s\($0)", running: "\"restore\"") })
    let shell = try ShellTerminal(
      sandbox, ["--yes"], environment: cloud.environment, prompt: cloud.prompt)
    shell.type("for s in $(ls) restore $s --wait" + Key.enter)
    try shell.wait(for: "restore 1 's1' → web-01: accepted")
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(cloud.mutations.count == 1)
  }

  @Test("a script at a terminal ends with 130")
  func script() throws {
    let sandbox = try Sandbox()
    let terminal = try Terminal(
      program: Sandbox.program, arguments: ["-c", "print started; sleep 60s; print never"],
      environment: sandbox.environment)
    try terminal.wait(for: "started")
    terminal.send(Key.controlC)
    #expect(try terminal.waitForExit() == 130)
    #expect(!terminal.screen.contains("never"))
  }

  @Test("the end of the terminal ends the shell")
  func hangUp() throws {
    let shell = try ShellTerminal(try Sandbox())
    shell.terminal.hangUp()
    #expect(try shell.terminal.waitForExit() == 130)
  }
}
