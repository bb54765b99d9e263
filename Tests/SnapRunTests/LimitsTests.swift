import CloudAPI
import OrderedJSON
import Testing

@testable import SnapRun

struct LimitsTests {
  @Test(
    "A run goes on until its limit of failures, or five in a row",
    arguments: [
      (nil, 4, 4, 100, true), (nil, 5, 5, 100, false), (nil, 50, 1, 100, true),
      (Limits.StopAfter.count(1), 1, 1, 100, false), (.count(3), 2, 2, 100, true),
      (.count(3), 3, 1, 100, false), (.percent(10), 9, 1, 100, true),
      (.percent(10), 10, 1, 100, false), (.percent(0), 0, 0, 100, true),
      (.percent(0), 1, 1, 100, false),
    ] as [(Limits.StopAfter?, Int, Int, Int, Bool)])
  func goesOn(
    _ stopAfter: Limits.StopAfter?, _ failures: Int, _ inARow: Int, _ total: Int, _ goesOn: Bool
  ) {
    let limits = Limits(stopAfter: stopAfter)
    #expect(limits.allowsMore(failures: failures, inARow: inARow, of: total) == goesOn)
  }
}

struct StepTests {
  private func restore(perms: String?, slicePerms: String?) -> Step {
    var fields: [(String, String)] = [("name", "auto-1")]
    if let perms { fields.append(("perms", perms)) }
    let members = fields.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    let row = (try? JSON(parsing: "{\"id\":1,\(members)}")).flatMap { SnapshotRow($0) }
    return Step(
      .restore(SnapshotID(1), onto: SliceID(2)), snapshot: row, slice: SliceID(2),
      sliceName: "web-01", slicePerms: slicePerms)
  }

  @Test(
    "A restore needs rw on both, and says which lacks it",
    arguments: [
      ("rw", "rw", nil), (nil, nil, nil), ("ro", "rw", "the snapshot 'auto-1' is read-only"),
      ("rw", "ro", "the slice 'web-01' is read-only"),
      ("ro", "ro", "the snapshot 'auto-1' and the slice 'web-01' are read-only"),
    ] as [(String?, String?, String?)])
  func restoreNeedsBoth(_ perms: String?, _ slicePerms: String?, _ lack: String?) {
    #expect(restore(perms: perms, slicePerms: slicePerms).missingPermission == lack)
  }

  @Test("Restores and deletions are destructive, creations and names are not")
  func destructive() {
    #expect(restore(perms: nil, slicePerms: nil).isDestructive)
    let create = Step(
      .create(SliceID(2), name: "x"), snapshot: nil, slice: SliceID(2), sliceName: nil)
    #expect(!create.isDestructive)
  }
}
