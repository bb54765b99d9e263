import SnapCommands
import SnapLanguage

/// `plan`: what a script would change.
struct Plan: Callable {
  let signature = Signature(
    "plan", group: .change, about: "Run a script without sending its changes, and write them down",
    details: """
      Reads are live, and see what the script has planned before them as done: a new snapshot is
      called new-1, by the operation that makes it. Where a decision hangs on what only the cloud
      can tell of it, planning stops. -O writes a plan that 'apply' carries out within 24 hours,
      once, and only while what it was decided by holds.
      """,
    parameters: [
      Parameter("file", .path, about: "the script"),
      Parameter("arguments", .string, about: "what it sees in $args", required: false, rest: true),
    ],
    flags: [Flag("out", .string, short: "O", about: "the file for the plan")],
    effect: .mutating,
    examples: [
      Signature.Example("plan nightly.snap", "show what it would change"),
      Signature.Example(
        "plan nightly.snap -O plan.json", "and write it to be looked at and applied"),
    ])

  func run(_ call: Call) throws -> Outcome {
    guard let path = call["file"]?.stringValue else {
      throw Failure(.usage, "'plan' needs FILE", help: signature.usage, exitCode: ExitCode.usage)
    }
    let arguments = call["arguments"]?.listValue ?? []
    return .effects(
      PlanRequest(
        path: LocalFile.expanded(path), arguments: arguments.compactMap(\.stringValue),
        output: call.flag("out")?.stringValue))
  }
}
