import SnapCommands
import SnapLanguage

/// `resume`: the end of a run that was broken off.
struct Resume: Callable {
  private(set) var signature = Signature(
    "resume", group: .change, about: "Bring a run to its end that was broken off",
    details: """
      What may have been sent is looked up first; what was accepted is waited for; what is left is
      asked about and sent; then its script goes on. What was done is not done again. While it is
      unknown of an operation whether it was done, nothing is sent: 'resolve' decides. A changed
      script, another endpoint and another profile are refused.
      """,
    parameters: [
      Parameter("run", .int, about: "its number; the latest unfinished one", required: false)
    ],
    effect: .mutating,
    examples: [
      Signature.Example("resume", "the latest unfinished run"),
      Signature.Example("resume 12", "run 12"),
    ])

  init(services: ShellServices) {
    let journal = services.journal
    signature.parameters[0].candidates = { _, _ in journal.runs(where: \.isUnfinished) }
  }

  func run(_ call: Call) throws -> Outcome { .effects(ResumeRequest(run: call["run"]?.intValue)) }
}
