import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Synchronization
import Testing

/// What is sent at a time, and in which order.
@Suite struct ConcurrencyTests {
  private struct InFlight: Sendable {
    var slices: Set<Int> = []
    var most = 0
    var met = false
  }

  @Test func `slices are worked on at a time, each with one change, and results keep the order`()
    async throws
  {
    // Snapshot 1001 is of slice 1, 2002 of slice 2 and so on.
    let ids = (0..<24).map { ($0 % 3 + 1) * 1000 + $0 }
    let inFlight = Mutex(InFlight())
    let allAtOnce = Latch()
    try await ScriptedServer.run { request, connection in
      let id = request.target.split(separator: "/").dropLast().last.flatMap { Int($0) } ?? 0
      let slice = id / 1000
      let (isFirst, count) = inFlight.withLock { state in
        let isFirst = state.slices.insert(slice).inserted
        state.most = max(state.most, state.slices.count)
        if !isFirst { state.met = true }
        return (isFirst, state.slices.count)
      }
      if count == 3 || !isFirst { allAtOnce.open() }
      // The last batch begins at 11: there all three slices have work.
      if id % 1000 >= 11 { await allAtOnce.wait() }
      _ = inFlight.withLock { $0.slices.remove(slice) }
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits(jobs: 3)).executor(client)
        let results = try await executor.run(ids.map { .rename($0, of: $0 / 1000) }, wait: nil)
        #expect(results.map(\.snapshot) == ids.map { SnapshotID($0) })
        #expect(results.allSatisfy { $0.outcome.isSuccess })
      }
      #expect(server.requests.count == ids.count)
      for slice in 1...3 {
        let sent = server.requests.map(\.shortLine).filter { $0.hasPrefix("POST \(slice)") }
        #expect(sent == ids.filter { $0 / 1000 == slice }.map { "POST \($0)/rename" })
      }
    }
    inFlight.withLock { state in
      #expect(!state.met)
      #expect(state.most == 3)
    }
  }

  @Test func `no more slices than --jobs are worked on at a time`() async throws {
    let inFlight = Mutex(InFlight())
    try await ScriptedServer.run { request, connection in
      inFlight.withLock { state in
        state.slices.insert(request.connection)
        state.most = max(state.most, state.slices.count)
      }
      await Task.yield()
      _ = inFlight.withLock { $0.slices.remove(request.connection) }
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits(jobs: 2)).executor(client)
        _ = try await executor.run((1...20).map { .rename($0, of: $0) }, wait: nil)
      }
    }
    #expect(inFlight.withLock { $0.most } <= 2)
  }

  @Test func `the first change is alone, whatever --jobs says`() async throws {
    let ended = Log<Int>()
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits(jobs: 8)).executor(client) { event in
          if case .ended = event { ended.add(server.requests.count) }
        }
        _ = try await executor.run((1...5).map { .rename($0, of: $0) }, wait: nil)
      }
    }
    #expect(ended.all.first == 1)
  }

  @Test func `changes are spread over time, tries after a failure too`() async throws {
    let time = TestTime(random: 0)
    let ended = try await ScriptedRun(
      steps: [.rename(1), .rename(2), .rename(3)], limits: Limits(rate: 2),
      changes: [.status(503), .accepted], time: time
    ).end()
    #expect(ended.changes.count == 4)
    #expect(time.pauses.filter { $0 > .zero } == Array(repeating: .milliseconds(500), count: 3))
  }

  @Test func `executors of one run share its rate`() async throws {
    let time = TestTime()
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url, time: time) { client in
        let run = try await JournaledRun(limits: Limits(rate: 4))
        for id in 1...3 {
          _ = try await run.executor(client).run([.rename(id)], wait: nil)
        }
      }
    }
    #expect(time.pauses == [.milliseconds(250), .milliseconds(250)])
  }
}
