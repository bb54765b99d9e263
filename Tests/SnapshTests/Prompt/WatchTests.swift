import Synchronization
import TerminalKit
import Testing

/// `watch` before a person: in place, until it is left.
@Suite struct WatchTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// What the cloud answers next.
  private final class Answers: Sendable {
    let name = Mutex("first")
    let isFailing = Mutex(false)

    func cloud() throws -> ScriptedCloud {
      try ScriptedCloud { _ in
        if self.isFailing.withLock({ $0 }) { return .status(403, "no") }
        return DocumentedRows.page([
          DocumentedRows.row(1, self.name.withLock { $0 }), DocumentedRows.row(2, "other"),
        ])
      }
    }
  }

  private func shell(_ cloud: ScriptedCloud) throws -> ShellTerminal {
    try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
  }

  private func watch(_ shell: ShellTerminal, line: Int = #line) throws {
    shell.type("watch --every 100ms ls --query web" + Key.enter)
    try shell.terminal.wait(
      until: { $0.modes.contains(1049) && $0.lines.contains { $0.contains("first") } },
      "the first result", line: line)
  }

  private func waitForEnd(_ shell: ShellTerminal, line: Int = #line) throws {
    try shell.terminal.wait(
      until: { !$0.modes.contains(1049) && $0.modes.isSuperset(of: [25, 2004]) }, "the prompt",
      line: line)
  }

  @Test("the result is redrawn in place, with what changed set off")
  func redrawn() throws {
    let answers = Answers()
    let cloud = try answers.cloud()
    let shell = try shell(cloud)
    try watch(shell)
    #expect(shell.screen.lines[0].hasPrefix("ls --query web · every 100ms"))
    #expect(shell.screen.lines[1].hasPrefix("ID"))
    answers.name.withLock { $0 = "second" }
    var sawChange = false
    try shell.terminal.wait(
      until: { screen in
        let row = screen.lines[2]
        guard let place = row.firstRange(of: "second") else { return false }
        let column = row.distance(from: row.startIndex, to: place.lowerBound)
        sawChange = sawChange || screen.cell(row: 2, column: column).rendition == "7"
        return sawChange
      }, "the changed name in reverse")
    #expect(shell.screen.scrollback.isEmpty)
    #expect(shell.screen.unknown.isEmpty)
    shell.type("q")
    try waitForEnd(shell)
  }

  @Test("q and Ctrl-C end it, and the shell goes on", arguments: ["q", Key.controlC])
  func ends(_ key: String) throws {
    let cloud = try Answers().cloud()
    let shell = try shell(cloud)
    try watch(shell)
    shell.type(key)
    try waitForEnd(shell)
    shell.type("print (40 + 2)" + Key.enter)
    try shell.wait(for: "\n42")
    try shell.waitForPrompt()
    #expect(try shell.leave() == 0)
  }

  @Test("when a read fails the last result stays, and that is said")
  func keepsResult() throws {
    let answers = Answers()
    let cloud = try answers.cloud()
    let shell = try shell(cloud)
    try watch(shell)
    answers.isFailing.withLock { $0 = true }
    try shell.terminal.wait(
      until: { $0.lines[1].hasPrefix("the last read failed: ") && $0.lines[3].contains("first") },
      "the old result below the failure")
    answers.isFailing.withLock { $0 = false }
    try shell.terminal.wait(until: { $0.lines[1].hasPrefix("ID") }, "the next good result")
    shell.type("q")
    try waitForEnd(shell)
  }

  @Test("a first read that fails is an error")
  func fails() throws {
    let answers = Answers()
    answers.isFailing.withLock { $0 = true }
    let cloud = try answers.cloud()
    let shell = try shell(cloud)
    shell.type("watch ls" + Key.enter)
    try shell.wait(for: "error: ")
    try waitForEnd(shell)
  }

  @Test(
    "what changes something is refused before anything is sent",
    arguments: ["watch rm 1", "watch 'ls | rm'", "watch { for s in $(ls) restore $s }"])
  func refused(_ code: String) throws {
    let cloud = try Answers().cloud()
    let result = try sandbox.snapsh("--yes", "-c", code, environment: cloud.environment)
    #expect(result.code == 2)
    #expect(result.errors.contains("'watch' runs again and again"))
    #expect(cloud.requests.isEmpty)
  }

  @Test("without a terminal each result follows a line with the time")
  func withoutTerminal() throws {
    let cloud = try Answers().cloud()
    let result = try sandbox.run(
      "snapsh watch -n 100ms 'ls | select id name' | head -n 6", environment: cloud.environment)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.first?.hasSuffix("Z") == true)
    #expect(lines.dropFirst() == ["ID  NAME", " 1  first", " 2  other", lines[4], "ID  NAME"])
    #expect(lines[4].hasSuffix("Z"))
  }
}
