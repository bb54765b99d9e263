import SnapCommands
import SnapLanguage
import SnapRun

/// `runs`: what was done, by whom, and what became of it.
struct Runs: Callable {
  let services: ShellServices

  static let columns = [
    "run", "begun", "outcome", "command", "operations", "done", "failed", "unknown", "open", "code",
    "took", "user", "profile", "endpoint", "ids",
  ]

  private(set) var signature = Signature(
    "runs", group: .read, about: "Show what was changed, by whom, and what became of it",
    details: """
      Every run that changed something, or meant to, the latest first; 'runs show RUN' shows its
      operations. The outcome is done, failed, unknown, interrupted, unfinished (its process was
      killed) or running. With -o jsonl it is the audit.
      """,
    parameters: [
      Parameter("action", .oneOf(["show"]), about: "the operations of one run", required: false),
      Parameter("run", .int, about: "its number", required: false),
    ],
    flags: [
      Flag("failed", about: "those that did not end well"),
      Flag("since", .duration, about: "those of the last hours or days"),
      Flag("last", .int, about: "as many at most"),
    ],
    effect: .read,
    examples: [
      Signature.Example("runs", "all that was done"),
      Signature.Example("runs show 12", "the operations of one run"),
      Signature.Example("runs --failed --since 2d", "what went wrong lately"),
    ])

  init(services: ShellServices) {
    self.services = services
    let journal = services.journal
    signature.parameters[1].candidates = { _, _ in journal.runs { _ in true } }
  }

  func run(_ call: Call) throws -> Outcome {
    if call["action"] != nil { return try show(call) }
    var since: Int?
    if case .duration(let microseconds)? = call.flag("since") {
      since = Clock.microseconds() - microseconds
    }
    let isFailed = call.isSet("failed")
    let most = call.flag("last")?.intValue
    let rows = try services.journal.use { journal in
      let runs = try journal.runs(since: since).filter { !isFailed || !$0.isWell }
      return try runs.prefix(most ?? Int.max).map { run in
        RunRows.value(run, try journal.operations(ofRun: run.id))
      }
    }
    return .rows(RowStream(rows))
  }

  private func show(_ call: Call) throws -> Outcome {
    guard let id = call["run"]?.intValue else {
      throw Failure(
        .usage, "'runs show' needs the number of a run", help: signature.usage,
        exitCode: ExitCode.usage)
    }
    let rows = try services.journal.use { journal in
      guard try journal.run(id) != nil else {
        throw Failure(.notfound, "there is no run \(id)", help: "'runs' shows them")
      }
      return try journal.operations(ofRun: id).map(RunRows.value)
    }
    return .rows(RowStream(rows))
  }
}

extension RunRecord {
  /// What a script has caught did not end well either.
  var isWell: Bool {
    (outcome == "done" || outcome == "running") && !hasOpenOperations
      && counts[.failed] ?? 0 == 0
  }

  /// Whether `resume` has something to do: operations that are open, or the rest of a script whose
  /// process was killed, or that was stopped by a person, by an outcome that nobody knew, or by a
  /// token that was refused.
  var isUnfinished: Bool {
    guard !isAlive else { return false }
    if ended == nil || hasOpenOperations { return true }
    let goesOn = header.kind == .script || header.kind == .code
    let stops = [ExitCode.interrupted, ExitCode.unknownOutcome, ExitCode.authentication]
    return goesOn && exitCode.map(stops.contains) == true
  }

  /// One word for how it ended.
  var outcome: String {
    if isAlive { return "running" }
    if counts[.unknown] ?? 0 > 0 { return "unknown" }
    guard let exitCode else { return "unfinished" }
    if exitCode == ExitCode.interrupted { return "interrupted" }
    return exitCode == ExitCode.done ? "done" : "failed"
  }
}
