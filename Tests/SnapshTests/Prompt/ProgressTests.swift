import Synchronization
import TerminalKit
import Testing

/// Long work before a person: what runs, how far it is, what is left of it, and its end.
@Suite struct ProgressTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// What runs in a cloud in which restores go on until they are told to end.
  private final class Restores: Sendable {
    private let percents = Mutex<[Int: Int]>([:])

    func begin(_ id: Int, percent: Int) { percents.withLock { $0[id] = percent } }
    func end() { percents.withLock { $0 = [:] } }

    /// Snapshots that took an hour.
    func cloud(_ count: Int) throws -> ScriptedCloud {
      try ScriptedCloud { request in
        if request.isMutation {
          self.begin(Int(request.target.split(separator: "/")[4]) ?? 0, percent: 40)
          return .accepted
        }
        let running = self.percents.withLock { $0 }
        return DocumentedRows.page(
          (1...count).map { id in
            DocumentedRows.row(
              id, "s\(id)", slice: id, sliceName: "web-\(id)",
              running: running[id] == nil ? "null" : "\"restore\"",
              progress: running[id].map { "\($0)" } ?? "null", duration: "\"3600s\"")
          })
      }
    }
  }

  private func shell(_ cloud: ScriptedCloud, _ environment: [String: String] = [:]) throws
    -> ShellTerminal
  {
    try ShellTerminal(
      sandbox, ["--yes"], environment: cloud.environment.merging(environment) { $1 },
      prompt: cloud.prompt)
  }

  @Test("the bodies of a parallel loop are shown together, and are gone at the end")
  func loop() throws {
    let restores = Restores()
    let cloud = try restores.cloud(3)
    let shell = try shell(cloud)
    shell.type("for --jobs 3 s in $(ls) restore $s --wait" + Key.enter)
    try shell.terminal.wait(
      until: { screen in
        (1...3).allSatisfy { id in
          screen.lines.contains {
            $0.hasPrefix("restore s\(id) · web-\(id) ") && $0.contains("40%")
          }
        } && screen.lines.contains { $0.hasPrefix("all: 0/3 ") }
      }, "a line for each and one for all")
    restores.end()
    try shell.waitForPrompt()
    #expect(!shell.screen.lines.contains { $0.contains("·") })
    #expect(shell.screen.unknown.isEmpty)
  }

  @Test("a pipe's operations are followed together, with a rate and an ETA from earlier durations")
  func together() throws {
    let restores = Restores()
    let cloud = try restores.cloud(3)
    let shell = try shell(cloud)
    restores.begin(1, percent: 10)
    restores.begin(2, percent: 70)
    shell.type("wait" + Key.enter)
    try shell.terminal.wait(
      until: { screen in
        screen.lines.contains { $0.hasPrefix("restore s1 · web-1 ") && $0.contains("10%") }
          && screen.lines.contains { $0.hasPrefix("restore s2 · web-2 ") && $0.contains("70%") }
          && screen.lines.contains { $0.hasPrefix("all: 0/2 ") && $0.contains("ETA 54m") }
      }, "two lines and one for both")
    restores.end()
    try shell.waitForPrompt()
    #expect(shell.screen.contains("1 's1': done"))
    #expect(!shell.screen.lines.contains { $0.contains("all: ") })
  }

  @Test("a narrower terminal leaves nothing behind")
  func resized() throws {
    let restores = Restores()
    let cloud = try restores.cloud(2)
    let shell = try shell(cloud)
    restores.begin(1, percent: 10)
    restores.begin(2, percent: 10)
    shell.type("wait" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.contains { $0.hasPrefix("all: 0/2 ") } })
    shell.terminal.resize(rows: 24, columns: 44)
    restores.begin(1, percent: 77)
    try shell.terminal.wait(until: { $0.lines.contains { $0.contains("77%") } })
    restores.end()
    try shell.waitForPrompt()
    #expect(!shell.screen.lines.contains { $0.contains("·") || $0.contains("all: ") })
  }

  @Test("Enter and a line typed ahead leave no trace in the picture, and the line runs after it")
  func typedAhead() throws {
    let restores = Restores()
    let cloud = try restores.cloud(2)
    let shell = try shell(cloud)
    restores.begin(1, percent: 10)
    restores.begin(2, percent: 10)
    shell.type("wait" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.contains { $0.hasPrefix("all: 0/2 ") } })
    shell.type(Key.enter + "print typed-ahead" + Key.enter)
    restores.begin(1, percent: 77)
    try shell.terminal.wait(until: { $0.lines.contains { $0.contains("77%") } })
    #expect(shell.screen.lines.count { $0.contains("all: ") } == 1)
    #expect(!shell.screen.contains("typed-ahead"))
    restores.end()
    try shell.wait(for: "print typed-ahead")
    try shell.waitForPrompt()
    #expect(shell.screen.lines.contains("typed-ahead"))
    #expect(!shell.screen.lines.contains { $0.contains("·") || $0.contains("all: ") })
    // What is typed at an outside program's prompt is seen again.
    shell.type("!cat" + Key.enter)
    try shell.wait(for: "!cat")
    shell.type("seen" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.count { $0 == "seen" } == 2 }, "echo and answer")
  }

  @Test("without a terminal there is a line for each end, and no bar")
  func withoutTerminal() throws {
    let cloud = try ScriptedCloud(rows: [DocumentedRows.row(1, "s1"), DocumentedRows.row(2, "s2")])
    let result = try sandbox.snapsh("wait", "1", "2", environment: cloud.environment)
    #expect(result.errors == "1 's1': done\n2 's2': done\n")
    #expect(result.code == 0)
  }

  @Test(
    "the end of long work rings the bell, or more, or nothing",
    arguments: [("bell", 1, false), ("message", 1, true), ("off", 0, false)])
  func notice(_ how: String, bells: Int, hasMessage: Bool) throws {
    let cloud = try ScriptedCloud()
    let shell = try shell(cloud, ["SNAPSH_NOTIFY": how, "SNAPSH_NOTIFY_AFTER": "1ms"])
    try shell.run("print naïve; sleep 2ms")
    try shell.run("exit-is-unknown")
    let output = String(decoding: shell.terminal.output, as: UTF8.self)
    #expect(shell.screen.bells >= bells)
    #expect((shell.screen.bells == 0) == (bells == 0))
    #expect(
      output.contains("\u{1b}]9;snapsh: done after 0s: print na?ve; sleep 2ms\u{7}") == hasMessage)
  }

  @Test("short work, and the time in a pager, ring no bell")
  func silent() throws {
    let cloud = try ScriptedCloud()
    let shell = try shell(cloud)
    try shell.run("sleep 2ms")
    #expect(shell.screen.bells == 0)
  }
}
