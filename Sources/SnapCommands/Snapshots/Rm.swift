import CloudAPI
package import SnapLanguage
import SnapRun

/// `rm`: the end of snapshots.
package struct Rm: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "rm", aliases: ["delete"], group: .change, about: "Delete snapshots",
    details: "A deletion can't be undone.",
    parameters: [
      Parameter("snapshot", .snapshot, about: "an id, a name or a row", required: false, rest: true)
    ],
    flags: Flag.waiting, input: .optional, effect: .mutating,
    examples: [
      Signature.Example("rm 14901 15258", "by their ids"),
      Signature.Example("ls | where created < ago(90d) | rm", "all that are old"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    let values = try call.targets("snapshot")
    guard call.input != nil || !values.isEmpty else {
      throw Failure(
        .usage, "'rm' needs a snapshot, or rows before it", help: "ls | where … | rm",
        exitCode: ExitCode.usage)
    }
    var seen: Set<SnapshotID> = []
    let snapshots = try Targets(cloud: cloud, host: call.host).snapshots(values)
      .filter { seen.insert($0.row.id).inserted }
    let steps = snapshots.map { snapshot in
      Step(
        .delete(snapshot.row.id), snapshot: snapshot.row, slice: snapshot.slice,
        sliceName: snapshot.row.sliceName)
    }
    return .effects(Changes(steps: steps, wait: try call.wait()))
  }
}
