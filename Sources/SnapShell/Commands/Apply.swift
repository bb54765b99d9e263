import SnapCommands
import SnapLanguage

/// `apply`: what a plan says, carried out.
struct Apply: Callable {
  let signature = Signature(
    "apply", group: .change, about: "Carry out a plan, exactly and once",
    details: """
      A plan that was changed by hand, and one for another cloud, are refused (exit code 2), as are
      one that has expired, one that was carried out before, and one whose snapshots are not any
      more what they were (exit code 7). Nothing is sent then.
      """,
    parameters: [Parameter("plan", .path, about: "the file that 'plan -O' has written")],
    effect: .mutating,
    examples: [Signature.Example("apply plan.json", "what 'plan nightly.snap -O plan.json' wrote")])

  func run(_ call: Call) throws -> Outcome {
    guard let path = call["plan"]?.stringValue else {
      throw Failure(.usage, "'apply' needs PLAN", help: signature.usage, exitCode: ExitCode.usage)
    }
    return .effects(ApplyRequest(path: LocalFile.expanded(path)))
  }
}
