import SnapCompletion
import Testing

struct IndexTests {
  @Test func `merged rows replace those with their ids and leave the others`() {
    let session = Session(Session.sample)
    session.index.merge(
      [
        SnapshotIndex.Snapshot(id: 77, name: "renamed", created: 1),
        SnapshotIndex.Snapshot(id: 99, name: "renewed", created: 2),
      ], at: Session.now)
    #expect(session.texts("restore ren‸") == ["renewed", "renamed"])
    #expect(session.texts("restore größe‸") == [])
    #expect(session.texts("restore bef‸") == ["before-upgrade"])
    #expect(session.index.state == IndexState(time: Session.now))
  }

  @Test func `slices without snapshots are offered after those with some`() {
    let session = Session(Session.sample)
    session.index.noteSlices([
      SnapshotIndex.Slice(id: 5000, name: "web-new", region: "ams"),
      SnapshotIndex.Slice(id: 3247, name: "web-01"),
    ])
    #expect(session.texts("create web‸") == ["web-01", "web-02", "web-new"])
    session.index.replace([], at: Session.now)
    #expect(session.texts("create web‸") == ["web-new", "web-01"])
  }

  @Test func `a slice whose name another one has is inserted by its id`() {
    let session = Session([
      SnapshotIndex.Snapshot(id: 1, slice: 10, sliceName: "twin", created: 2),
      SnapshotIndex.Snapshot(id: 2, slice: 11, sliceName: "twin", created: 1),
    ])
    #expect(session.texts("create tw‸") == ["10", "11"])
  }

  @Test
  func `the newest two hundred of a hundred thousand snapshots are collected, and it is said`() {
    let session = Session(
      (1...100_000).map { SnapshotIndex.Snapshot(id: $0, name: "auto-\($0)", created: $0) })
    let all = session.complete("restore ‸")
    #expect(all.candidates.count == 200)
    #expect(all.isCut)
    #expect(all.note == "the first 200 of 100000 snapshots")
    #expect(all.candidates.first?.text == "auto-100000")
    #expect(session.complete("restore auto-9999‸").isCut == false)
    #expect(session.texts("restore auto-9999‸").prefix(2) == ["auto-99999", "auto-99998"])
    #expect(session.texts("restore o-12345‸") == ["auto-12345"])
    #expect(session.texts("restore 12345‸") == ["12345"])
    #expect(session.texts("restore 99999999999999999999999‸") == [])
  }

  @Test func `many threads may fill and search the index at once`() async {
    let session = Session()
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for round in 0..<50 {
            let id = worker * 1000 + round
            session.index.merge([SnapshotIndex.Snapshot(id: id, name: "n\(id)")], at: id)
            _ = session.texts("restore n‸")
          }
        }
      }
    }
    let names = (0..<8).flatMap { worker in (0..<50).map { "n\(worker * 1000 + $0)" } }
    #expect(names.allSatisfy { session.texts("restore \($0)‸").contains($0) })
  }
}
