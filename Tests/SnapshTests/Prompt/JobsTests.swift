import Foundation
import Synchronization
import TerminalKit
import Testing

/// Work that goes on in the cloud when nobody waits for it.
@Suite struct JobsTests {
  private let sandbox: Sandbox
  private let cloud: ScriptedCloud
  private let isRunning: Running

  /// Whether the cloud is at the restore.
  private final class Running: Sendable {
    let value = Mutex(true)
  }

  init() throws {
    let isRunning = Running()
    sandbox = try Sandbox()
    cloud = try ScriptedCloud { request in
      if request.isMutation { return .accepted }
      let isRunning = isRunning.value.withLock { $0 }
      return DocumentedRows.page([
        DocumentedRows.row(
          1, "a", running: isRunning ? "\"restore\"" : "null", progress: isRunning ? "40" : "null")
      ])
    }
    self.isRunning = isRunning
  }

  private func shell() throws -> ShellTerminal {
    try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
  }

  private func detach(_ shell: ShellTerminal) throws {
    shell.type("restore 1 --wait" + Key.enter)
    try shell.wait(for: "[y/N")
    shell.type("y" + Key.enter)
    try shell.wait(for: "accepted")
    shell.type(Key.controlC)
    try shell.wait(for: "'wait %1' waits for it again")
    try shell.waitForPrompt()
  }

  @Test("Ctrl-C leaves a wait, a new session shows the job, waits for it, and sees its end")
  func detached() throws {
    let first = try shell()
    try detach(first)
    _ = try first.leave()
    let second = try shell()
    let jobs = try second.run("jobs")
    #expect(jobs.contains("%1"))
    #expect(jobs.contains("40 %"))
    second.type("wait %1" + Key.enter)
    let asked = cloud.requests.count
    try second.terminal.wait(until: { _ in cloud.requests.count > asked + 1 }, "the wait's reads")
    isRunning.value.withLock { $0 = false }
    try second.wait(for: "restore 1 'a' → web-01: done")
    try second.waitForPrompt()
    #expect(try second.run("jobs").contains("no rows"))
    #expect(cloud.mutations.count == 1)
    let shown = try sandbox.snapsh(
      ["-o", "jsonl", "runs", "show", "1"], environment: cloud.environment)
    #expect(shown.output.contains(#""outcome":"done""#))
  }

  @Test("'jobs' finds out by itself that a job is over")
  func ended() throws {
    let first = try shell()
    try detach(first)
    isRunning.value.withLock { $0 = false }
    // A cloud may begin a little after it has accepted.
    for _ in 0..<20 where try !first.run("jobs").contains("no rows") {}
    #expect(try first.run("wait %1").contains("nothing of it goes on"))
    #expect(try first.run("wait %9").contains("there is no job %9"))
  }

  @Test("a job that is waited for too long ends with 124 and stays one")
  func late() throws {
    try detach(try shell())
    let waited = try sandbox.snapsh(
      ["wait", "%1", "--timeout", "50ms"], environment: cloud.environment)
    #expect(waited.code == 124)
    #expect(
      try sandbox.snapsh(["jobs"], environment: cloud.environment).output.contains("%1"))
  }

  @Test("what somebody else has begun is shown without a job")
  func foreign() throws {
    let jobs = try sandbox.snapsh(["-o", "json", "jobs"], environment: cloud.environment)
    #expect(jobs.output.contains(#""job":null"#))
    #expect(jobs.output.contains(#""command":"restore""#))
  }
}
