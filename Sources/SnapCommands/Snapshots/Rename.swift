import CloudAPI
package import SnapLanguage
import SnapRun

/// `rename`: another name for a snapshot.
package struct Rename: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "rename", group: .change, about: "Rename a snapshot",
    parameters: [
      Parameter("snapshot", .snapshot, about: "an id, a name or a row"),
      Parameter("name", .string, about: "at most 255 characters"),
    ],
    flags: Flag.waiting, effect: .mutating,
    examples: [
      Signature.Example("rename 14901 before-upgrade", "by its id"),
      Signature.Example("for s in $(ls db-01) rename $s \"old-${s.name}\"", "all of a slice"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    guard let value = call["snapshot"], let name = call["name"]?.stringValue else {
      throw Failure(
        .usage, "'rename' needs SNAPSHOT and NAME", help: signature.usage, exitCode: ExitCode.usage)
    }
    let snapshot = try Targets(cloud: cloud, host: call.host).snapshot(value)
    let step = Step(
      .rename(snapshot.row.id, name: try SnapshotName.checked(name)), snapshot: snapshot.row,
      slice: snapshot.slice, sliceName: snapshot.row.sliceName)
    return .effects(Changes(steps: [step], wait: try call.wait()))
  }
}
