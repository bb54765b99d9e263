import CloudAPI
import CloudClient
import OrderedJSON
import ServerKit
import SnapRun
import Testing

/// What `--wait` says of the ends.
@Suite struct WaitTests {
  private func run(
    _ steps: Step..., changes: [Reply] = [.accepted], lists: [Reply], timeout: Duration? = nil
  ) async throws -> ScriptedRun.Ended {
    try await ScriptedRun(
      steps: steps, wait: .init(timeout: timeout), changes: changes, lists: lists
    ).end()
  }

  @Test(
    "a created snapshot is found by its name, whatever the answer's body says",
    arguments: ["", "{}", #"{"id":1}"#, #"{"id":777,"status":"queued"}"#, #"{"id":2}"#])
  func created(_ body: String) async throws {
    let old = row(1, "new")
    let ended = try await run(
      .create(known: [SnapshotID(1)]), changes: [.status(202, body)],
      lists: [
        .rows([old]), .rows([old, row(2, "new", running: true)]), .rows([old, row(2, "new")]),
      ])
    #expect(ended.words == ["done"])
    #expect(ended.results[0].snapshot == SnapshotID(2))
    #expect(ended.requests.count == 4)
  }

  @Test func `of two new namesakes the cloud's answer chooses, else none is chosen`() async throws {
    let lists = [Reply.rows([row(2, "new"), row(3, "new")])]
    let told = try await run(.create(), changes: [.status(202, #"{"id":3}"#)], lists: lists)
    #expect(told.results[0].snapshot == SnapshotID(3))
    #expect(told.results[0].candidates.isEmpty)
    let untold = try await run(.create(), lists: lists)
    #expect(untold.words == ["done"])
    #expect(untold.results[0].snapshot == nil)
    #expect(untold.results[0].candidates == [SnapshotID(2), SnapshotID(3)])
  }

  @Test func `a lost creation that was found is awaited as well`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create()], wait: .init(timeout: nil), changes: [.reset],
      sliceLists: [.rows([row(2, "new")])],
      lists: [.rows([row(2, "new", running: true)]), .rows([row(2, "new")])]
    ).end()
    #expect(ended.words == ["done"])
    #expect(ended.results[0].snapshot == SnapshotID(2))
    #expect(ended.changes.count == 1)
  }

  @Test func `a restore that shows nothing at first is not taken for done`() async throws {
    let ended = try await run(
      .restore(), lists: [.rows([row(5)]), .rows([row(5, running: true)]), .rows([row(5)])])
    #expect(ended.words == ["done"])
    #expect(ended.requests.count == 4)
  }

  @Test(
    "a row that vanishes means a failure, save for a deletion",
    arguments: [(Step.restore(), "failed"), (.rename(), "failed"), (.delete(), "done")])
  func vanished(_ step: Step, _ word: String) async throws {
    let ended = try await run(step, lists: [.rows([row(5, running: true)]), .rows([])])
    #expect(ended.words == [word])
  }

  @Test func `what goes on when the time is over is timed out, the rest is not`() async throws {
    let ended = try await run(
      .restore(1), .restore(2, of: 2),
      lists: [.rows([row(1, running: true), row(2, slice: 2, running: true)])]
        + [.rows([row(1), row(2, slice: 2, running: true)])],
      timeout: .seconds(20))
    #expect(ended.words == ["done", "timeout"])
  }

  @Test func `when the list fails, proven ends stand and the rest is unknown`() async throws {
    let ended = try await run(
      .restore(1), .restore(2, of: 2), .restore(3, of: 3),
      changes: [.accepted, .accepted, .status(403)],
      lists: [
        .rows([row(1, running: true), row(2, slice: 2, running: true)]),
        .rows([row(1), row(2, slice: 2, running: true)]), .status(503),
      ])
    #expect(ended.words == ["done", "unknown", "failed"])
    #expect(ended.results[1].outcome.error?.status == 503)
  }

  @Test func `a creation that no list ever shows is unknown, and not sent again`() async throws {
    let ended = try await run(.create(known: [SnapshotID(1)]), lists: [.rows([row(1, "new")])])
    #expect(ended.words == ["unknown"])
    #expect(ended.changes.count == 1)
  }

  @Test func `nothing that was not accepted is waited for`() async throws {
    let ended = try await run(.delete(), changes: [.status(404)], lists: [.rows([])])
    #expect(ended.changes == ["DELETE 5/delete"])
    #expect(ended.words == ["gone"])
  }

  @Test func `each end is told once more when it is known`() async throws {
    let told = Log<String>()
    try await ScriptedServer.run { request, connection in
      try await connection.send(
        request.line.hasPrefix("GET")
          ? answer(200, pageBody([row(1, "new"), row(2, "new")])) : answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let executor = try await JournaledRun(limits: Limits()).executor(client) { event in
          if case .ended(let result) = event { told.add(result.outcome.word) }
        }
        _ = try await executor.run([.rename(1), .rename(2)], wait: .init(timeout: nil))
      }
    }
    #expect(told.all == ["accepted", "accepted", "done", "done"])
  }
}
