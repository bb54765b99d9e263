import CloudAPI
import Foundation
import OrderedJSON
import ServerKit
import Testing

/// Several processes of one user: one journal, and the same slice.
struct SharedJournalTests {
  private func cloud() -> ModelCloud {
    var cloud = ModelCloud(slices: [1: "web-01", 2: "web-02"], duration: .milliseconds(60))
    for number in 1...24 {
      cloud.add(SnapshotID(number), "s\(number)", of: SliceID(number % 2 + 1))
    }
    return cloud
  }

  private func start(
    _ arguments: [String], _ sandbox: Sandbox, _ server: ModelServer
  ) throws -> RunningProgram {
    try RunningProgram(sandbox, arguments, environment: server.environment)
  }

  @Test("Four processes that work on one slice at a time do each change once")
  func oneSlice() throws {
    let sandbox = try Sandbox()
    let server = try ModelServer(cloud())
    // All ids are even, and of slice 1.
    let programs = try (0..<4).map { process in
      let ids = (1...3).map { 2 * (3 * process + $0) }
      return try start(
        [
          "-y", "-c",
          """
          for id in [\(ids.map(String.init).joined(separator: ", "))] {
            restore $id --wait
            rename $id "done-${id}" --wait
          }
          """,
        ], sandbox, server)
    }
    for program in programs { #expect(program.waitForExit() == 0) }
    let applied = server.cloud.applied
    #expect(applied.count == 24)
    #expect(Set(applied).count == 24)
    let runs = try sandbox.snapsh(
      "-o", "jsonl", "-c", "runs | get outcome", environment: server.environment)
    #expect(runs.output == String(repeating: "\"done\"\n", count: 4))
  }

  @Test("A run that a process is at can't be resumed by another")
  func runningRun() throws {
    let sandbox = try Sandbox()
    let server = try ModelServer(cloud())
    try sandbox.write(
      "rename 2 a\n!sh -c 'touch begun; while [ ! -e go ]; do sleep 0.05; done'\nrename 4 b",
      to: "a.snap")
    let program = try start(["a.snap"], sandbox, server)
    while !FileManager.default.fileExists(atPath: "\(sandbox.folder)/begun") { usleep(20_000) }
    let resumed = try sandbox.snapsh("resume", "1", environment: server.environment)
    #expect(resumed.code != 0)
    #expect(resumed.errors.contains("going on"), "\(resumed.errors)")
    try sandbox.write("", to: "go")
    #expect(program.waitForExit() == 0)
    #expect(server.received == [.rename(2, name: "a"), .rename(4, name: "b")])
  }

  @Test("Of several processes that resume one run, one does the work")
  func resumedTwice() throws {
    let sandbox = try Sandbox()
    let server = try ModelServer(cloud())
    try sandbox.write(
      "rename 2 a\n!sh -c 'touch begun; while [ ! -e go ]; do sleep 0.05; done'\nfor i in 2..12 rename ($i * 2) \"n-${i}\"",
      to: "a.snap")
    let program = try start(["a.snap"], sandbox, server)
    while !FileManager.default.fileExists(atPath: "\(sandbox.folder)/begun") { usleep(20_000) }
    program.signal(SIGKILL)
    _ = program.waitForExit()
    try sandbox.write("", to: "go")
    let resumers = try (0..<3).map { _ in try start(["resume", "1"], sandbox, server) }
    let codes = resumers.map { $0.waitForExit() }
    #expect(codes.contains(0))
    let applied = server.cloud.applied
    #expect(applied.count == 12)
    #expect(Set(applied).count == 12)
  }
}
