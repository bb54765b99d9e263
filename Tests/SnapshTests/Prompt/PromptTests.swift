import Foundation
import TerminalKit
import Testing

/// The shell at a terminal: typing, running, leaving.
@Suite struct PromptTests {
  @Test("a line that is typed runs, and the prompt comes again with the profile's name")
  func runs() throws {
    let sandbox = try Sandbox()
    let shell = try ShellTerminal(sandbox)
    #expect(shell.screen.text.contains("on 'local'"))
    #expect(try shell.run("print (6 * 7)").contains("\n42\n"))
    try shell.run("local add web-01 --size 1MiB")
    #expect(try shell.run("create web-01 first --wait").contains("done (id 14001)"))
    #expect(try shell.run("ls").contains("14001  first  web-01"))
    #expect(try shell.leave() == 0)
    #expect(shell.screen.unknown == [])
  }

  @Test("the prompt names the profile, with a mark for production")
  func profile() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    try sandbox.configure(
      """
      [profiles.eu-prod]
      endpoint = "\(cloud.endpoint)"
      token = "abc"
      production = true
      """)
    let shell = try ShellTerminal(sandbox, ["--profile", "eu-prod"], prompt: "eu-prod!> ")
    #expect(try shell.run("count").contains("error"))
    #expect(try shell.leave() == 0)
  }

  @Test("variables and functions live from line to line, and an error leaves the session as it was")
  func session() throws {
    let shell = try ShellTerminal(try Sandbox())
    try shell.run("let n = 20")
    try shell.run("fn twice(x: int): int { return $x * 2 }")
    #expect(try shell.run("oops $n").contains("unknown command 'oops'"))
    #expect(try shell.run("print $(twice $n)").contains("\n40\n"))
  }

  @Test("a block is read on with the second prompt until it is complete")
  func severalLines() throws {
    let shell = try ShellTerminal(try Sandbox())
    shell.type("for i in 1..2 {" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "..." }, "the second prompt")
    shell.type("print \"Zeile ${i} ü 日本\"" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "..." }, "the second prompt")
    #expect(try shell.run("}").contains("\nZeile 1 ü 日本\nZeile 2 ü 日本\n"))
    #expect(shell.screen.unknown == [])
  }

  @Test("'exit 7' leaves with 7, and Ctrl-D with 0")
  func exits() throws {
    let shell = try ShellTerminal(try Sandbox())
    shell.type("exit 7" + Key.enter)
    #expect(try shell.terminal.waitForExit() == 7)
    #expect(try ShellTerminal(try Sandbox()).leave() == 0)
  }

  @Test("the prompt is there although the cloud never answers, and Tab says that it is being asked")
  func silentCloud() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud { _ in .silence })
    let shell = try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
    #expect(try shell.run("print 1").contains("\n1\n"))
    shell.type("show \t")
    try shell.wait(for: "fetch")
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(try shell.leave() == 0)
  }

  @Test("NO_COLOR leaves out all colours", arguments: [["NO_COLOR": "1"], [:]])
  func noColor(_ environment: [String: String]) throws {
    let shell = try ShellTerminal(try Sandbox(), environment: environment)
    try shell.run("print \"a\"")
    try shell.run("oops")
    let hasColors =
      shell.terminal.output.contains(Array("\u{1b}[1;3".utf8))
      || shell.terminal.output.contains(Array("\u{1b}[3".utf8))
    #expect(hasColors == environment.isEmpty)
  }

  @Test("a terminal that can do nothing gets plain lines, with no escape sequence")
  func dumb() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01"], snapshots: [("web-01", "a")])
    let shell = try ShellTerminal(sandbox, environment: ["TERM": "dumb"])
    #expect(try shell.run("ls").contains("14001  a"))
    shell.type("for i in 1..2 {" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "..." }, "the second prompt")
    #expect(try shell.run("print $i }").contains("\n1\n2\n"))
    shell.type("foo\u{3}")
    try shell.terminal.wait(until: { $0.text.hasSuffix("^C\nlocal>") }, "a new prompt")
    #expect(try shell.run("print 5").contains("\n5\n"))
    #expect(try shell.leave() == 0)
    #expect(!shell.terminal.output.contains(0x1b))
  }
}
