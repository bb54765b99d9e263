import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Synchronization
import Testing

/// The first Ctrl-C: nothing new is sent, and what is under way is awaited.
@Suite struct CancellationTests {
  /// Pauses that last until the task is cancelled; `onPause` gets their number.
  private static func endlessPauses(_ onPause: @escaping @Sendable (Int) -> Void) -> TimeSource {
    let count = Mutex(0)
    var time = TestTime().source
    time.sleep = { _ async throws(CancellationError) in
      onPause(
        count.withLock {
          $0 += 1
          return $0
        })
      let never = Latch()
      await never.wait()
      if Task.isCancelled { throw CancellationError() }
    }
    return time
  }

  @Test func `a change that is under way is awaited, and the next one is not sent`() async throws {
    let (arrived, cancelled) = (Latch(), Latch())
    try await ScriptedServer.run { _, connection in
      arrived.open()
      await cancelled.wait()
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits()).executor(client)
        let run = Task { try await executor.run([.restore(1), .restore(2)], wait: nil) }
        await arrived.wait()
        run.cancel()
        cancelled.open()
        #expect(try await run.value.map(\.outcome.word) == ["accepted", "not started"])
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a run that is cancelled before it begins sends nothing`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits()).executor(client)
        let run = Task {
          withUnsafeCurrentTask { $0?.cancel() }
          return try await executor.run([.rename(1)], wait: .init(timeout: nil))
        }
        #expect(try await run.value.map(\.outcome.word) == ["not started"])
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test(
    "a cancelled pause ends with what is known of the last try",
    arguments: [(503, "unknown"), (429, "failed"), (409, "failed")])
  func pause(_ status: Int, _ word: String) async throws {
    let pausing = Latch()
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(status))
    } body: { server in
      let time = Self.endlessPauses { _ in pausing.open() }
      try await withClient(of: server.url, time: time) { client in
        let executor = try await JournaledRun(limits: Limits()).executor(client)
        let run = Task { try await executor.run([.create(), .create("b")], wait: nil) }
        await pausing.wait()
        run.cancel()
        let results = try await run.value
        #expect(results.map(\.outcome.word) == [word, "not started"])
        #expect(results[0].outcome.error?.status == status)
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `changes that wait because the cloud asked for quiet are not sent`() async throws {
    let (isThrottled, areWaiting) = (Latch(), Latch())
    try await ScriptedServer.run { request, connection in
      switch request.shortLine {
      case "POST 2/rename":
        try await connection.send(answer(429, "", type: nil, "retry-after: 60"))
      case "POST 3/rename":
        await isThrottled.wait()
        try await connection.send(answer(202))
      default: try await connection.send(answer(202))
      }
    } body: { server in
      let time = Self.endlessPauses { $0 == 1 ? isThrottled.open() : areWaiting.open() }
      try await withClient(of: server.url, time: time) { client in
        let executor = try await JournaledRun(limits: Limits(jobs: 2)).executor(client)
        let run = Task {
          try await executor.run((1...4).map { .rename($0, of: $0) }, wait: nil)
        }
        await areWaiting.wait()
        run.cancel()
        #expect(
          try await run.value.map(\.outcome.word) == [
            "accepted", "failed", "accepted", "not started",
          ])
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test func `a cancelled wait leaves what was accepted as accepted`() async throws {
    let pausing = Latch()
    try await ScriptedServer.run { request, connection in
      let running = pageBody([row(1, running: true), row(2, slice: 2)])
      try await connection.send(request.line.hasPrefix("GET") ? answer(200, running) : answer(202))
    } body: { server in
      let time = Self.endlessPauses { _ in pausing.open() }
      try await withClient(of: server.url, time: time) { client in
        let executor = try await JournaledRun(limits: Limits()).executor(client)
        let run = Task { try await executor.run([.restore(1)], wait: .init(timeout: nil)) }
        await pausing.wait()
        run.cancel()
        #expect(try await run.value.map(\.outcome.word) == ["accepted"])
      }
    }
  }
}
