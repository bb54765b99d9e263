import CloudAPI
import Glibc
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapRun
import Synchronization

extension Session {
  /// Runs a script with live reads, takes its changes down instead of sending them, shows them, and
  /// writes them to a file when one is named.
  func plan(_ request: PlanRequest) throws -> Flow {
    guard let runText = nested.withLock({ $0 }) else { return .nothing }
    let source = try ScriptFile.read(request.path)
    let (operations, code) = try planned(
      RunText(kind: .script, source: source, arguments: request.arguments), runText)
    guard code == ExitCode.done else {
      let isHalf = !operations.isEmpty
      throw Failure(
        .unknown,
        "planning '\(request.path)' stopped" + (isHalf ? " after \(Self.count(operations))" : "")
          + "; no plan was written",
        help: operations.contains { $0.step.verb == .create }
          ? "a new snapshot has no id, size or outcome before it is made: what hangs on them can't be planned"
          : nil, exitCode: code)
    }
    console.note(Self.totals(operations))
    if let output = request.output {
      let digest = Digest.sha256(String(decoding: source.bytes, as: UTF8.self))
      try write(
        operations,
        from: PlanFile.Source(
          name: source.name, arguments: request.arguments, digest: digest), to: output)
    }
    return .rows(RowStream(operations.map(ChangeRecords.plan)))
  }

  /// What a text would change, and its exit code.
  private func planned(
    _ text: RunText, _ run: (RunText) -> Int32
  ) throws -> ([PlannedOperation], Int32) {
    let wasDry = settings.isDryRun
    do throws(SettingError) { try current.set(.dryRun, to: "true") } catch {
      throw Failure(.usage, error.message)
    }
    isWritingPlan.withLock { $0 = true }
    defer {
      isWritingPlan.withLock { $0 = false }
      try? current.set(.dryRun, to: wasDry ? "true" : nil)
    }
    let code = run(text)
    let operations = planner.end()
    if code == ExitCode.done { try checkLimits(of: operations.map(\.step)) }
    return (operations, code)
  }

  /// Writes a plan of what is to be done from now on.
  func write(
    _ operations: [PlannedOperation], from source: PlanFile.Source, to path: String
  ) throws {
    let now = Clock.microseconds()
    let plan = PlanFile(
      made: now, expires: now + PlanFile.lifetime, endpoint: settings.endpointName,
      profile: settings.profile, user: RunKeeper.user, source: source, operations: operations)
    try LocalFile(path).replace(overwrite: true) { write in try write(plan.text) }
    console.note(
      "the plan is in '\(path)' until \(Timestamp.text(plan.expires)); 'apply \(path)' carries it out"
    )
  }

  /// A name is sent as it is: one with `new-3` in it would be wrong when there is an id.
  func refuseHandles(in steps: [Step]) throws {
    for step in steps {
      guard let name = step.newName, let handle = cloud.handle(in: name) else { continue }
      throw Failure(
        .usage,
        "the name '\(name)' hangs on the id of \(handle), which is not known before it is made",
        help: "take the name from what is known: the slice, the date")
    }
  }

  static func count(_ operations: [PlannedOperation]) -> String {
    operations.count == 1 ? "1 operation" : "\(operations.count) operations"
  }

  /// `3 operations on 2 slices: 1 create, 2 rm`.
  private static func totals(_ operations: [PlannedOperation]) -> String {
    guard !operations.isEmpty else { return "nothing to change" }
    let verbs = Dictionary(grouping: operations) { $0.step.verb.rawValue }
      .sorted { $0.key < $1.key }.map { "\($0.value.count) \($0.key)" }
    let slices = Set(operations.map(\.step.slice)).count
    return
      "\(count(operations)) on \(slices) \(slices == 1 ? "slice" : "slices"): \(verbs.joined(separator: ", "))"
  }
}

/// What `plan` asks of the program.
struct PlanRequest: Effects {
  let path: String
  let arguments: [String]
  /// The file that the plan is written to; nil to show it alone.
  let output: String?
}
