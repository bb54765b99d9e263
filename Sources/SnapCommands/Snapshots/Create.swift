import CloudAPI
package import SnapLanguage
import SnapRun

/// `create`: a snapshot of a slice.
package struct Create: Callable {
  let cloud: CloudSession

  package let signature = Signature(
    "create", group: .change, about: "Take a snapshot of a slice",
    details:
      "The name may hold {slice}, {date} and {time} (UTC). The cloud goes on in the background.",
    parameters: [
      Parameter("slice", .slice, about: "an id, a name or a row"),
      Parameter("name", .string, about: "at most 255 characters"),
    ],
    flags: Flag.waiting, effect: .mutating,
    examples: [
      Signature.Example("create web-01 before-upgrade --wait", "and wait for it"),
      Signature.Example("for s in $(slices) create $s \"{slice}-{date}\"", "one of every slice"),
    ])

  package func run(_ call: Call) throws -> Outcome {
    guard let sliceValue = call["slice"], let name = call["name"]?.stringValue else {
      throw Failure(
        .usage, "'create' needs SLICE and NAME", help: signature.usage, exitCode: ExitCode.usage)
    }
    let slice = try Targets(cloud: cloud, host: call.host).slice(sliceValue)
    let filled = try SnapshotName.filled(
      name, slice: slice.name ?? "\(slice.id)", at: Clock.microseconds())
    let step = Step(
      .create(slice.id, name: filled), snapshot: nil, slice: slice.id, sliceName: slice.name,
      slicePerms: slice.perms)
    return .effects(Changes(steps: [step], wait: try call.wait()))
  }
}
