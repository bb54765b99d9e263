import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Testing

/// What keeps the rest of a plan from being sent.
@Suite struct StopTests {
  /// On slices of their own.
  private static func deletions(_ count: Int) -> [Step] {
    (1...count).map { .delete($0, of: $0) }
  }

  @Test(
    "after a failure that stops the run, nothing more is sent",
    arguments: [
      (.status(401), "failed"), (.html, "unknown"), (.status(302), "failed"),
    ] as [(Reply, String)])
  func stops(_ reply: Reply, _ word: String) async throws {
    let ended = try await ScriptedRun(
      steps: Self.deletions(3), limits: Limits(jobs: 3), changes: [reply]
    ).end()
    #expect(ended.changes == ["DELETE 1/delete"])
    #expect(ended.words == [word, "not started", "not started"])
  }

  @Test func `after a restore whose outcome is unknown, nothing more is sent`() async throws {
    let ended = try await ScriptedRun(
      steps: [.restore(1, of: 1), .restore(2, of: 2)], limits: Limits(jobs: 2),
      changes: [.reset, .accepted]
    ).end()
    #expect(ended.changes.count == 1)
    #expect(ended.words == ["unknown", "not started"])
  }

  @Test func `after a deletion whose outcome is unknown, the others go on`() async throws {
    let ended = try await ScriptedRun(
      steps: Self.deletions(2), changes: [.reset, .reset, .reset, .accepted]
    ).end()
    #expect(ended.words == ["unknown", "accepted"])
  }

  @Test func `five failures in a row end a run, and four with a success between don't`()
    async throws
  {
    let failing = try await ScriptedRun(
      steps: Self.deletions(9), changes: [.status(403)]
    ).end()
    #expect(failing.changes.count == 5)
    #expect(failing.words.suffix(4).allSatisfy { $0 == "not started" })
    let no = Reply.status(403)
    let mixed = try await ScriptedRun(
      steps: Self.deletions(9), changes: [no, no, no, no, .accepted, no, no, no, no]
    ).end()
    #expect(mixed.changes.count == 9)
  }

  @Test(
    "a run stops when it has as many failures as --stop-after says",
    arguments: [(.count(2), 2), (.percent(30), 3), (.percent(0), 1)] as [(Limits.StopAfter, Int)])
  func stopAfter(_ stopAfter: Limits.StopAfter, _ sends: Int) async throws {
    let ended = try await ScriptedRun(
      steps: Self.deletions(10), limits: Limits(stopAfter: stopAfter), changes: [.status(403)]
    ).end()
    #expect(ended.changes.count == sends)
  }

  @Test func `a step that waits for its slice is not sent again when the run has to stop`()
    async throws
  {
    let (isWaiting, mayGoOn) = (Latch(), Latch())
    let test = TestTime().source
    let time = TimeSource(
      now: test.now,
      sleep: { _ async throws(CancellationError) in
        isWaiting.open()
        await mayGoOn.wait()
      }, random: test.random)
    try await ScriptedServer.run { request, connection in
      switch request.shortLine {
      case "POST 2/rename": try await connection.send(answer(409))
      case "POST 3/rename":
        await isWaiting.wait()
        try await connection.send(answer(401))
      default: try await connection.send(answer(202))
      }
    } body: { server in
      try await withClient(of: server.url, time: time) { client in
        let executor = try await JournaledRun(limits: Limits(jobs: 2)).executor(client) { event in
          if case .ended(let result) = event, result.snapshot == SnapshotID(3) { mayGoOn.open() }
        }
        let results = try await executor.run((1...3).map { .rename($0, of: $0) }, wait: nil)
        #expect(results.map(\.outcome.word) == ["accepted", "failed", "failed"])
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test func `too many deletions are refused, with those of before`() async throws {
    try await withClient(of: "http://127.0.0.1:1/api/v1") { client in
      let limits = Limits(mostDeletions: 3)
      try limits.check(Self.deletions(3))
      try limits.check([.restore()], deletionsBefore: 9)
      for (count, before) in [(4, 0), (1, 3)] {
        let refusal = #expect(throws: Refusal.self) {
          try limits.check(Self.deletions(count), deletionsBefore: before)
        }
        guard case .tooManyDeletions(planned: 4, before, limit: 3) = refusal else {
          Issue.record("\(String(describing: refusal))")
          return
        }
      }
    }
  }

  @Test func `one restore without permission refuses the whole plan`() async throws {
    try await withClient(of: "http://127.0.0.1:1/api/v1") { client in
      let limits = Limits()
      let readOnly = Step(
        .restore(SnapshotID(1), onto: SliceID(2)), snapshot: nil, slice: SliceID(2),
        sliceName: "db", slicePerms: "ro")
      let refusal = #expect(throws: Refusal.self) { try limits.check([.restore(), readOnly]) }
      guard case .permissions(["the slice 'db' is read-only"]) = refusal else {
        Issue.record("\(String(describing: refusal))")
        return
      }
    }
  }
}
