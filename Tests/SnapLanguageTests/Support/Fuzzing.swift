import SnapLanguage

/// One input of the fuzzer, from its text to the end of its run.
struct Fuzzing {
  /// Whether nothing is wrong with the text, so that the check must take it.
  let isRight: Bool
  let text: String
  private let libraries: TestLibraries

  enum Outcome {
    case ran
    case refused
    /// A text that should have been taken was refused.
    case refusedWrongly([String])
  }

  /// The input of a seed; the same for the same seed.
  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    isRight = Int.random(in: 0..<4, using: &random) == 0
    text = isRight ? RandomProgram.text(&random) : WrongText.text(&random)
    let library = "# Says what it would do.\nfn tidy(rows, --jobs: int = 1) { print $rows $jobs }\n"
    libraries = TestLibraries(texts: [
      "lib": library, "damaged": WrongText.text(&random), "ring": "use 'ring2'",
      "ring2": "use 'ring'",
    ])
  }

  /// Reads, checks and, where there is no error, runs it, as a script and as a line at a prompt.
  func attempt() -> Outcome {
    let source = SourceText(name: "fuzz", text: text)
    _ = Parser.parse(source)
    if !isRight { _ = try? run(source, isPrompt: true) }
    do {
      try run(source, isPrompt: false)
      return .ran
    } catch {
      return isRight
        ? .refusedWrongly(error.diagnostics.map(\.line)) : .refused
    }
  }

  private func run(_ source: SourceText, isPrompt: Bool) throws(Program.Rejection) {
    let host = TestHost()
    let interpreter = Interpreter(host: host)
    let program = try Program(
      source, commands: TestCommands.lookup(), scope: interpreter.scope, isPrompt: isPrompt,
      libraries: libraries)
    // Loops of damaged texts may never end by themselves: they are stopped at once, which runs their
    // beginnings.
    if !isRight, text.contains("while") || text.contains("..") { host.cancellation.cancel() }
    // How it ends is of no interest, only that it does.
    try? interpreter.run(program)
    if let main = program.main {
      try? interpreter.runMain(main, words: ["web", "--jobs", "2"]) { try $0.run() }
    }
  }
}
