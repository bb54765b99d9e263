import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Testing

/// What a look at the slice's list makes of a change whose answer was lost.
@Suite struct LookUpTests {
  @Test func `a creation that is found is not sent again`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create(known: [SnapshotID(1)])], changes: [.reset],
      sliceLists: [.rows([row(1, "new"), row(2, "new"), row(3, "other")])]
    ).end()
    #expect(ended.requests == ["POST 1/create", "GET 1"])
    #expect(ended.words == ["accepted"])
    #expect(ended.results[0].snapshot == SnapshotID(2))
    #expect(ended.results[0].candidates.isEmpty)
  }

  @Test func `a creation of which only an older namesake is found is sent again`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create(known: [SnapshotID(1)])], changes: [.reset, .accepted],
      sliceLists: [.rows([row(1, "new")])]
    ).end()
    #expect(ended.requests == ["POST 1/create", "GET 1", "POST 1/create"])
    #expect(ended.words == ["accepted"])
  }

  @Test func `of two snapshots that may be the created one both are told`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create()], changes: [.reset], sliceLists: [.rows([row(2, "new"), row(3, "new")])]
    ).end()
    #expect(ended.requests == ["POST 1/create", "GET 1"])
    #expect(ended.words == ["accepted"])
    #expect(ended.results[0].snapshot == nil)
    #expect(ended.results[0].candidates == [SnapshotID(2), SnapshotID(3)])
  }

  @Test func `a creation that shows after its second try is not sent a third time`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create()], changes: [.status(504)],
      sliceLists: [.rows([]), .rows([row(2, "new")])]
    ).end()
    #expect(ended.changes.count == 2)
    #expect(ended.words == ["accepted"])
  }

  @Test func `a creation that shows after its last try was applied`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create()], changes: [.status(504)],
      sliceLists: [.rows([]), .rows([]), .rows([row(2, "new")])]
    ).end()
    #expect(ended.changes.count == 3)
    #expect(ended.words == ["accepted"])
    #expect(ended.results[0].snapshot == SnapshotID(2))
  }

  @Test func `the list is looked at after the pause, just before the change is sent again`()
    async throws
  {
    let time = TestTime()
    let ended = try await ScriptedRun(
      steps: [.rename()], changes: [.status(503, headers: ["retry-after: 9"]), .accepted],
      sliceLists: [.rows([row(5, "new")])], time: time
    ).end()
    #expect(ended.requests == ["POST 5/rename", "GET 1"])
    #expect(time.pauses == [.seconds(9)])
  }

  @Test(
    "when the list can't be read, the outcome is unknown and nothing is sent again",
    arguments: [Step.create(), .rename()], [Reply.status(503), .status(401), .status(404), .html])
  func unreadable(_ step: Step, _ list: Reply) async throws {
    let ended = try await ScriptedRun(
      steps: [step], changes: [.reset, .accepted], sliceLists: [list]
    ).end()
    #expect(ended.changes.count == 1)
    #expect(ended.words == ["unknown"])
    // Why it is unknown, not why the look failed.
    #expect(ended.results[0].outcome.error?.mayHaveBeenApplied == true)
    #expect(ended.results[0].outcome.error?.request?.hasPrefix("POST") == true)
  }

  @Test func `the ids from before are read right before a creation`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create(known: nil)], changes: [.reset, .accepted],
      sliceLists: [.rows([row(4, "new")]), .rows([row(4, "new"), row(6, "new")])]
    ).end()
    #expect(ended.requests == ["GET 1", "POST 1/create", "GET 1"])
    #expect(ended.words == ["accepted"])
    #expect(ended.results[0].snapshot == SnapshotID(6))
  }

  @Test func `a creation is not sent when the ids from before can't be read`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create(known: nil)], sliceLists: [.status(500)]
    ).end()
    #expect(ended.requests == ["GET 1"])
    #expect(ended.words == ["failed"])
  }

  @Test func `a rename that is found is not sent again`() async throws {
    let ended = try await ScriptedRun(
      steps: [.rename()], changes: [.reset], sliceLists: [.rows([row(5, "new")])]
    ).end()
    #expect(ended.requests == ["POST 5/rename", "GET 1"])
    #expect(ended.words == ["accepted"])
  }

  @Test func `a rename that another snapshot bears is sent again`() async throws {
    let ended = try await ScriptedRun(
      steps: [.rename()], changes: [.reset, .accepted],
      sliceLists: [.rows([row(4, "new"), row(5, "old")])]
    ).end()
    #expect(ended.changes.count == 2)
  }

  @Test(
    "a lost deletion is done when two reads miss the row, and unknown when one shows it",
    arguments: [
      ([[]], "done"), ([[5]], "unknown"), ([[], [5]], "unknown"),
    ] as [([[Int]], String)])
  func lostDeletion(_ reads: [[Int]], _ word: String) async throws {
    let ended = try await ScriptedRun(
      steps: [.delete()], changes: [.reset],
      // The first is the one right before a deletion.
      sliceLists: ([[5]] + reads).map { .rows($0.map { row($0, "old") }) },
      lists: [.rows([row(5, "old")])]
    ).end()
    #expect(ended.changes.count == 3)
    #expect(ended.words == [word])
  }

  @Test func `a creation is looked up after it waited for the slice`() async throws {
    let ended = try await ScriptedRun(
      steps: [.create()], changes: [.reset, .status(409)],
      sliceLists: [.rows([]), .rows([row(2, "new")])]
    ).end()
    #expect(
      ended.requests == ["POST 1/create", "GET 1", "POST 1/create", "GET images", "GET 1"])
    #expect(ended.words == ["accepted"])
  }
}
