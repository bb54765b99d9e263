import CloudAPI
import OrderedJSON
import ServerKit
import SnapRun
import Testing

/// What is looked at right before a deletion.
@Suite struct DeletionTests {
  @Test(
    "a snapshot that is not what was shown is not deleted",
    arguments: [
      ([row(5, "other")], "failed"), ([row(5, "old", slice: 9)], "failed"),
      ([row(6, "old")], "gone"),
    ])
  func changed(_ rows: [JSON], _ word: String) async throws {
    let ended = try await ScriptedRun(
      steps: [.delete()], sliceLists: [.rows(rows)], lists: [.rows(rows)]
    ).end()
    #expect(ended.changes.isEmpty)
    #expect(ended.words == [word])
  }

  @Test func `a snapshot is not deleted when one that was to stay is gone`() async throws {
    let step = Step(
      .delete(SnapshotID(5)), snapshot: SnapshotRow(row(5, "old")), slice: SliceID(1),
      sliceName: "web", keepers: [SnapshotID(7)])
    let rest = [row(5, "old")]
    let gone = try await ScriptedRun(
      steps: [step], sliceLists: [.rows(rest)], lists: [.rows(rest)]
    ).end()
    #expect(gone.changes.isEmpty)
    #expect(gone.words == ["failed"])
    let there = try await ScriptedRun(
      steps: [step], sliceLists: [.rows([row(5, "old"), row(7)])]
    ).end()
    #expect(there.words == ["accepted"])
  }

  @Test func `a snapshot that the slice's own list shows otherwise is deleted all the same`()
    async throws
  {
    let ended = try await ScriptedRun(
      steps: [.delete()], sliceLists: [.rows([row(5, "another")])],
      lists: [.rows([row(5, "old")])]
    ).end()
    #expect(ended.words == ["accepted"])
  }

  @Test func `the slice's list is read once for all of its deletions`() async throws {
    let ended = try await ScriptedRun(steps: [.delete(5), .delete(6), .delete(7)]).end()
    #expect(ended.requests.count { $0 == "GET 1" } == 2)
    #expect(ended.changes.count == 3)
  }

  @Test func `what is being restored is deleted when the restore has ended`() async throws {
    let ended = try await ScriptedRun(
      steps: [.restore(5, of: 1, onto: 2), .delete(5, of: 1)],
      lists: [.rows([row(5, "old", running: true)]), .rows([row(5, "old")])]
    ).end()
    #expect(ended.changes == ["POST 5/restore/2", "DELETE 5/delete"])
    #expect(ended.requests.count { $0 == "GET images" } == 2)
  }
}
