import CloudAPI
import CloudClient
import OrderedJSON
import ServerKit
import SnapRun
import Testing

/// A slice on which another operation runs.
@Suite struct ConflictTests {
  @Test(arguments: [Step.create(), .rename(), .delete(), .restore()])
  func `a change waits until nothing runs on the slice`(_ step: Step) async throws {
    let busy = Reply.rows([row(8, running: true), row(9, slice: 2)])
    let ended = try await ScriptedRun(
      steps: [step], changes: [.status(409), .accepted],
      sliceLists: [.rows([row(5, "old")])],
      lists: [busy, busy, .rows([row(8), row(9, slice: 2, running: true)])]
    ).end()
    #expect(ended.changes.count == 2)
    #expect(ended.requests.count { $0 == "GET images" } == 3)
    #expect(ended.words == ["accepted"])
  }

  @Test func `a snapshot that is busy for another slice is waited for`() async throws {
    let ended = try await ScriptedRun(
      steps: [.restore(5, of: 2, onto: 1)], changes: [.status(409), .accepted],
      lists: [.rows([row(5, slice: 2, running: true)]), .rows([row(5, slice: 2)])]
    ).end()
    #expect(ended.requests.count == 4)
    #expect(ended.words == ["accepted"])
  }

  @Test func `a conflict that no list explains ends after twenty waits that grow`() async throws {
    let time = TestTime()
    let ended = try await ScriptedRun(
      steps: [.restore()], changes: [.status(409)], time: time
    ).end()
    #expect(ended.changes.count == 21)
    #expect(ended.words == ["failed"])
    #expect(ended.results[0].outcome.error?.kind == .conflict)
    #expect(time.pauses.count == 20)
    #expect(time.pauses.first == .milliseconds(50))
    #expect(time.pauses.last == .seconds(5))
  }

  @Test func `a conflict's Retry-After is waited for`() async throws {
    let time = TestTime()
    _ = try await ScriptedRun(
      steps: [.restore()], changes: [.status(409, headers: ["retry-after: 30"]), .accepted],
      time: time
    ).end()
    #expect(time.pauses == [.seconds(30)])
  }

  @Test func `when the list can't be read, a refused change has failed`() async throws {
    let ended = try await ScriptedRun(
      steps: [.restore()], changes: [.status(409), .accepted], lists: [.status(503)]
    ).end()
    #expect(ended.changes.count == 1)
    #expect(ended.words == ["failed"])
  }
}
