import CloudAPI
import CloudClient
import OrderedJSON
import ServerKit
import Testing

@Suite struct WaitingTests {
  private static let slice = SliceID(1)

  /// Answers the n-th read of the list with the n-th of `reads`, and then with the last one.
  private func wait(
    for operations: [PendingOperation], timeout: Duration? = .seconds(60), time: TestTime = .init(),
    expected: [Duration?] = [], reads: [[JSON]], progress: Log<[WaitProgress]> = Log()
  ) async throws -> (outcomes: [WaitOutcome], reads: Int) {
    let count = Log<Int>()
    return try await ScriptedServer.run { _, connection in
      count.add(1)
      try await connection.send(answer(200, pageBody(reads[min(count.all.count, reads.count) - 1])))
    } body: { server in
      let outcomes = try await withClient(of: server.url, time: time) {
        try await $0.wait(
          for: operations, timeout: timeout, expected: expected, onProgress: { progress.add($0) })
      }
      return (outcomes, server.requests.count)
    }
  }

  @Test func `a created snapshot is done when its new row runs no longer`() async throws {
    let create = PendingOperation.create(Self.slice, name: "a", before: [SnapshotID(1)])
    let old = row(1, "a")
    let (outcomes, reads) = try await wait(
      for: [create],
      reads: [
        [old], [old, row(2, "a", running: true)], [old, row(2, "a", running: true)],
        [old, row(2, "a"), row(3, "a", slice: 2)],
      ])
    #expect(outcomes.map(\.end) == [.done])
    #expect(outcomes[0].rows.map(\.id.rawValue) == [2])
    #expect(outcomes[0].wasSeenRunning)
    #expect(reads == 4)
  }

  @Test func `two snapshots that could be the created one are both reported`() async throws {
    let create = PendingOperation.create(Self.slice, name: "a", before: [])
    let (outcomes, _) = try await wait(
      for: [create],
      reads: [[row(2, "a"), row(3, "a", running: true)], [row(2, "a"), row(3, "a")]])
    #expect(outcomes[0].rows.map(\.id.rawValue) == [2, 3])
  }

  @Test func `a row that is gone in two reads has vanished`() async throws {
    let create = PendingOperation.create(Self.slice, name: "a", before: [])
    let (outcomes, reads) = try await wait(
      for: [create, .any(SnapshotID(9))],
      reads: [
        [row(2, "a", running: true), row(9, running: true)], [row(2, "a", running: true)], [],
      ])
    #expect(outcomes.map(\.end) == [.vanished, .vanished])
    #expect(reads == 4)
  }

  @Test func `a row that one read misses has not vanished`() async throws {
    let (outcomes, _) = try await wait(
      for: [.restore(SnapshotID(5), onto: Self.slice)],
      reads: [[row(5, running: true)], [], [row(5, running: true)], [], [row(5)]])
    #expect(outcomes.map(\.end) == [.done])
  }

  @Test func `a deletion is done when its row is absent in two reads`() async throws {
    let (outcomes, reads) = try await wait(
      for: [.delete(SnapshotID(5))], reads: [[row(5)], [], [row(5)], [], []])
    #expect(outcomes.map(\.end) == [.done])
    #expect(reads == 5)
  }

  @Test func `a rename is done when the row has the new name and runs no longer`() async throws {
    let (outcomes, reads) = try await wait(
      for: [.rename(SnapshotID(5), name: "b")],
      reads: [[row(5, "a")], [row(5, "b", running: true)], [row(5, "b")]])
    #expect(outcomes.map(\.end) == [.done])
    #expect(reads == 3)
  }

  @Test func `progress at 100 is not the end`() async throws {
    let almost: JSON = ["id": 5, "in_progress": "restore", "progress": 100]
    let (outcomes, reads) = try await wait(
      for: [.any(SnapshotID(5))], reads: [[almost], [almost], [row(5)]])
    #expect(outcomes.map(\.end) == [.done])
    #expect(reads == 3)
  }

  @Test func `an end that was never seen running says so`() async throws {
    let (outcomes, _) = try await wait(
      for: [.restore(SnapshotID(5), onto: Self.slice)], reads: [[row(5)]])
    #expect(outcomes[0].end == .done)
    #expect(!outcomes[0].wasSeenRunning)
  }

  @Test func `one read serves every operation, and progress is told for each`() async throws {
    let progress = Log<[WaitProgress]>()
    let (outcomes, reads) = try await wait(
      for: [.any(SnapshotID(1)), .any(SnapshotID(2)), .delete(SnapshotID(3))],
      reads: [[row(1), row(2, running: true)], [row(1), row(2)]], progress: progress)
    #expect(outcomes.map(\.end) == [.done, .done, .done])
    #expect(reads == 2)
    #expect(progress.all.map { $0.map(\.end) } == [[.done, nil, nil], [.done, .done, .done]])
  }

  @Test func `reads start fast, slow down, and stop at the time-out`() async throws {
    let time = TestTime()
    let (outcomes, _) = try await wait(
      for: [.any(SnapshotID(1))], timeout: .seconds(30), time: time,
      reads: [[row(1, running: true)]])
    #expect(outcomes.map(\.end) == [.timedOut])
    #expect(outcomes[0].rows.map(\.id.rawValue) == [1])
    #expect(time.pauses.prefix(3) == [.milliseconds(100), .milliseconds(150), .milliseconds(225)])
    #expect(time.pauses.max() == .seconds(5))
    #expect(time.pauses.reduce(.zero, +) == .seconds(30))
  }

  @Test func `reads are rare while all that is open is far from its expected end`() async throws {
    let time = TestTime()
    _ = try await wait(
      for: [.any(SnapshotID(1)), .any(SnapshotID(2))], timeout: .seconds(600), time: time,
      expected: [.seconds(300), .seconds(400)],
      reads: [[row(1, running: true), row(2, running: true)]])
    #expect(time.pauses.first == .milliseconds(100))
    #expect(time.pauses.max() == .seconds(30))
    // From the expected end on, every five seconds again.
    #expect(time.pauses.dropLast().suffix(50).allSatisfy { $0 == .seconds(5) })
  }

  @Test func `one operation without an expectation keeps the reads frequent`() async throws {
    let time = TestTime()
    _ = try await wait(
      for: [.any(SnapshotID(1)), .any(SnapshotID(2))], timeout: .seconds(60), time: time,
      expected: [.seconds(300), nil], reads: [[row(1, running: true), row(2, running: true)]])
    #expect(time.pauses.max() == .seconds(5))
  }

  @Test func `nothing to wait for sends nothing`() async throws {
    let (outcomes, reads) = try await wait(for: [], reads: [[]])
    #expect(outcomes.isEmpty)
    #expect(reads == 0)
  }

  @Test func `a wait outlives two failed reads in a row, and not three`() async throws {
    let count = Log<Int>()
    try await ScriptedServer.run { _, connection in
      count.add(1)
      let isUp = count.all.count == 3
      try await connection.send(
        isUp ? answer(200, pageBody([row(1, running: true)])) : answer(503))
    } body: { server in
      try await withClient(of: server.url, readAttempts: 1) { client in
        let error = await #expect(throws: CloudError.self) {
          try await client.wait(for: [.any(SnapshotID(1))])
        }
        #expect(error?.kind == .server)
      }
      #expect(server.requests.count == 6)
    }
  }

  @Test func `a wait that is cancelled ends with that`() async throws {
    let arrived = Latch()
    try await ScriptedServer.run { _, connection in
      arrived.open()
      try await connection.send(answer(200, pageBody([row(1, running: true)])))
    } body: { server in
      try await withClient(of: server.url) { client in
        let task = Task { try await client.wait(for: [.any(SnapshotID(1))]) }
        await arrived.wait()
        task.cancel()
        let error = await #expect(throws: CloudError.self) { try await task.value }
        guard case .cancelled = error?.kind else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
    }
  }
}
