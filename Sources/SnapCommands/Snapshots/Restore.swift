import CloudAPI
package import SnapLanguage
import SnapRun

/// `restore`: the data of a slice replaced by a snapshot's.
package struct Restore: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "restore", group: .change, about: "Replace a slice's data by a snapshot",
    details: """
      All data of the slice is replaced. Without SLICE, the snapshot's own slice is meant. Both the
      snapshot and the slice must be rw. --guard takes a snapshot of the slice first and waits for
      it, so that there is a way back.
      """,
    parameters: [
      Parameter("snapshot", .snapshot, about: "an id, a name or a row", required: false),
      Parameter("slice", .slice, about: "another slice than the snapshot's own", required: false),
    ],
    flags: [Flag("guard", about: "take a snapshot of the slice first")] + Flag.waiting,
    input: .optional, effect: .mutating,
    examples: [
      Signature.Example("restore 14901", "onto the slice it was taken of"),
      Signature.Example("restore before-upgrade web-02 --wait", "onto another slice"),
      Signature.Example("for s in $(ls --query web) restore $s", "one after the other"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    let targets = Targets(cloud: cloud, host: call.host)
    let given = call["snapshot"].map { [$0] } ?? []
    let values = given + (try call.rows.collect())
    guard call.input != nil || !values.isEmpty else {
      throw Failure(
        .usage, "'restore' needs a snapshot", help: signature.usage, exitCode: ExitCode.usage)
    }
    let onto = try call["slice"].map { try targets.slice($0) }
    var steps: [Step] = []
    var seen: Set<SnapshotID> = []
    let snapshots = try targets.snapshots(values)
    for snapshot in snapshots where seen.insert(snapshot.row.id).inserted {
      let row = snapshot.row
      let slice =
        onto.map(targets.completed)
        ?? Targets.Slice(id: snapshot.slice, name: row.sliceName, perms: row.slicePerms)
      steps.append(
        Step(
          .restore(row.id, onto: slice.id), snapshot: row, slice: slice.id, sliceName: slice.name,
          slicePerms: slice.perms))
    }
    let changes = Changes(steps: steps, wait: try call.wait())
    return .effects(call.isSet("guard") ? changes.guarded() : changes)
  }
}
