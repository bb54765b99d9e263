import Foundation
import TerminalKit
import Testing

/// What a person is asked before data is destroyed.
@Suite struct QuestionTests {
  private let sandbox: Sandbox
  private let cloud: ScriptedCloud

  init() throws {
    sandbox = try Sandbox()
    cloud = try ScriptedCloud(rows: [
      DocumentedRows.row(1, "auto-1", slice: 11, sliceName: "web-01"),
      DocumentedRows.row(2, "auto-2", slice: 12, sliceName: "web-02"),
    ])
  }

  private func shell() throws -> ShellTerminal {
    try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
  }

  @Test(
    "it shows what would go and where, and anything but a yes sends nothing",
    arguments: [
      "n", "", "no", "yess", "1",
    ])
  func declined(_ answer: String) throws {
    let shell = try shell()
    shell.type("rm 2" + Key.enter)
    try shell.wait(for: "delete 1 snapshot on profile '\(cloud.name)'? [y/N")
    #expect(shell.screen.contains("auto-2"))
    #expect(shell.screen.contains("web-02"))
    #expect(!shell.screen.contains("auto-1"))
    shell.type(answer + Key.enter)
    try shell.wait(for: "declined; nothing was sent")
    try shell.waitForPrompt()
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a yes does it", arguments: ["y", "Y", "yes"])
  func agreed(_ answer: String) throws {
    let shell = try shell()
    shell.type("rm 2" + Key.enter)
    try shell.wait(for: "[y/N")
    #expect(cloud.mutations.isEmpty)
    shell.type(answer + Key.enter)
    try shell.wait(for: "rm 2 'auto-2' of web-02: accepted")
    try shell.waitForPrompt()
    #expect(cloud.mutations.map(\.line) == ["DELETE /api/v1/images/snapshots/2/delete"])
  }

  @Test("Ctrl-C at the question sends nothing")
  func interrupted() throws {
    let shell = try shell()
    shell.type("rm 2" + Key.enter)
    try shell.wait(for: "[y/N")
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    #expect(shell.screen.lines.contains("interrupted"))
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a loop is asked about once, with all its rows")
  func loop() throws {
    let shell = try shell()
    shell.type("for s in $(ls --query web) restore $s" + Key.enter)
    try shell.wait(for: "restore 2 snapshots on profile '\(cloud.name)'? [y/N")
    #expect(shell.screen.contains("auto-1"))
    #expect(shell.screen.contains("auto-2"))
    shell.type("y" + Key.enter)
    try shell.wait(for: "restore 2 'auto-2' → web-02: accepted")
    try shell.waitForPrompt()
    #expect(shell.screen.transcript.components(separatedBy: "[y/N").count == 2)
    #expect(
      cloud.mutations.map(\.line) == [
        "POST /api/v1/images/snapshots/1/restore/11", "POST /api/v1/images/snapshots/2/restore/12",
      ])
  }

  @Test("twenty and more are agreed to by typing their number, not by a y")
  func many() throws {
    let many = try ScriptedCloud(rows: (1...20).map { DocumentedRows.row($0, "s\($0)") })
    let shell = try ShellTerminal(sandbox, environment: many.environment, prompt: many.prompt)
    shell.type("ls | rm" + Key.enter)
    try shell.wait(
      for: "delete 20 snapshots on profile '\(many.name)'? [type 20 to go on, or p, ?]")
    shell.type("y" + Key.enter)
    try shell.wait(for: "declined; nothing was sent")
    #expect(many.mutations.isEmpty)
  }

  @Test("what is not destructive is not asked about")
  func harmless() throws {
    let shell = try shell()
    #expect(try shell.run("rename 2 other").contains("accepted"))
    #expect(try shell.run("create 11 more").contains("accepted"))
    #expect(!shell.screen.contains("[y/N"))
    #expect(cloud.mutations.count == 2)
  }

  private func localShell() throws -> ShellTerminal {
    try sandbox.prepare(slices: ["web-01"], snapshots: [("web-01", "base")])
    let shell = try ShellTerminal(sandbox)
    shell.type("restore base --wait" + Key.enter)
    try shell.wait(for: "[y/N/g/p/?]")
    return shell
  }

  @Test("g takes a snapshot of the slice first, which 'undo' restores")
  func guardFirst() throws {
    let shell = try localShell()
    shell.type("g" + Key.enter)
    try shell.wait(for: "restore 14001 'base' → web-01: done")
    try shell.waitForPrompt()
    #expect(shell.screen.transcript.contains("create 'guard-14001-"))
    shell.type("undo --wait" + Key.enter)
    try shell.wait(for: "restore  14002  guard-14001-")
    try shell.terminal.wait(until: { $0.currentLine.hasSuffix("[y/N/g/p/?]") })
    shell.type("y" + Key.enter)
    try shell.waitForPrompt()
    #expect(shell.screen.transcript.contains(/restore 14002 'guard-.*→ web-01: done/))
  }

  @Test("p writes a plan instead, which 'apply' carries out")
  func planInstead() throws {
    let shell = try localShell()
    shell.type("p" + Key.enter)
    try shell.wait(for: "planned instead of done; nothing was sent")
    try shell.waitForPrompt()
    let told = try #require(shell.screen.transcript.firstMatch(of: /the plan is in '([^']+)'/))
    // It is written to the folder that the shell is in.
    let plan = String(told.1)
    defer { try? FileManager.default.removeItem(atPath: plan) }
    #expect(try shell.run("runs --last 1 | get operations").contains("\n1\n"))
    shell.type("apply \(plan)" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine.hasSuffix("[y/N/?]") })
    shell.type("y" + Key.enter)
    try shell.wait(for: "restore 14001 'base' → web-01: done")
    try shell.waitForPrompt()
  }

  @Test("? explains the answers and asks again")
  func explained() throws {
    let shell = try localShell()
    shell.type("?" + Key.enter)
    try shell.wait(for: "g: take a snapshot of each slice first")
    try shell.terminal.wait(until: { $0.currentLine.hasSuffix("[y/N/g/p/?]") })
    shell.type("n" + Key.enter)
    try shell.wait(for: "declined; nothing was sent")
  }
}
