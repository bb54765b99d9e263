import Foundation
import TerminalKit
import Testing

/// Lines of former sessions.
@Suite struct HistoryTests {
  private let sandbox: Sandbox
  private var file: String { "\(sandbox.folder)/.local/state/snapsh/history" }

  init() throws { sandbox = try Sandbox() }

  @Test("a line of a former session comes back by the up arrow, and by Ctrl-R")
  func acrossSessions() throws {
    let first = try ShellTerminal(sandbox)
    try first.run("print \"grüße 日本\"")
    try first.run("print (1 + 1)")
    #expect(try first.leave() == 0)

    let second = try ShellTerminal(sandbox)
    second.type(Key.up + Key.up)
    try second.terminal.wait(until: { $0.currentLine == "local> print \"grüße 日本\"" })
    #expect(try second.run("").contains("\ngrüße 日本\n"))
    second.type(Key.controlR + "1 +")
    try second.terminal.wait(until: { $0.text.contains("print (1 + 1)") })
    second.type(Key.enter)
    try second.terminal.wait(until: { $0.lines.contains("2") }, "the found line's output")
    try second.waitForPrompt()
    #expect(try second.leave() == 0)
  }

  @Test("the file is its owner's alone, and keeps no line that begins with a blank")
  func privacy() throws {
    let shell = try ShellTerminal(sandbox)
    try shell.run("print 1")
    try shell.run(" print \"s3cret\"")
    #expect(try shell.leave() == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("print 1"))
    #expect(!text.contains("s3cret"))
  }

  @Test("a block of several lines comes back as a whole")
  func severalLines() throws {
    let first = try ShellTerminal(sandbox)
    first.type("for i in 1..2 {" + Key.enter + "print $i" + Key.enter)
    _ = try first.run("}")
    #expect(try first.leave() == 0)
    let second = try ShellTerminal(sandbox)
    second.type(Key.up)
    try second.terminal.wait(until: { $0.text.hasSuffix("...   }") || $0.text.hasSuffix("... }") })
    #expect(try second.run("").contains("\n1\n2\n"))
  }

  @Test("what is piped in, or given by -c, is not kept")
  func notInteractive() throws {
    _ = try sandbox.snapsh("-", input: "print 1\n")
    _ = try sandbox.snapsh("-c", "print 2")
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
