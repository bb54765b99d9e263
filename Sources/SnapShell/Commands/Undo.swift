import CloudAPI
import SnapCommands
import SnapLanguage
import SnapRun

/// `undo`: a run taken back as far as that can be.
struct Undo: Callable {
  let services: ShellServices

  private(set) var signature = Signature(
    "undo", group: .change, about: "Take back what a run has changed, as far as that can be",
    details: """
      A restore that had a guard is undone by restoring the guard, a rename by the old name; the
      latest comes first. What can't be undone is named: deletions, and restores without a guard.
      New snapshots stay. Without RUN, the latest run is meant that is no undo itself.
      """,
    parameters: [
      Parameter("run", .int, about: "its number, as 'runs' shows it", required: false)
    ],
    flags: Flag.waiting, effect: .mutating,
    examples: [
      Signature.Example("undo", "the latest run"), Signature.Example("undo 12 --wait", "run 12"),
    ])

  init(services: ShellServices) {
    self.services = services
    let (journal, settings) = (services.journal, services.settings)
    signature.parameters[0].candidates = { _, _ in
      // Where another shell asks, the profile is not known.
      let endpoint = settings?.value.endpointName
      return journal.runs { endpoint == nil || $0.header.endpoint == endpoint }
    }
  }

  func run(_ call: Call) throws -> Outcome {
    let given = call["run"]?.intValue
    guard let run = try run(given) else {
      throw Failure(
        .notfound, given.map { "there is no run \($0)" } ?? "no run has changed anything here",
        help: "'runs' shows them")
    }
    guard run.header.endpoint == services.settings?.value.endpointName else {
      throw Failure(
        .usage, "run \(run.id) was on '\(run.header.profile)' (\(run.header.endpoint))",
        help: "--profile \(run.header.profile) chooses it", exitCode: ExitCode.usage)
    }
    let records = try services.journal.use { try $0.operations(ofRun: run.id) }
    let undone = try services.journal.use { try $0.undoneOperations(ofRun: run.id) }
    let cloud = services.cloud
    let rows = try call.host.wait { try await cloud.list(query: nil) }
    var reversal = Reversal(records, rows)
    for record in records.reversed() where record.mayBeUndone {
      if undone.contains(record.name) {
        services.console.note("undone already: \(record.step.summary)")
      } else {
        reversal.add(record)
      }
    }
    for words in reversal.obstacles { services.console.note(words) }
    guard !reversal.steps.isEmpty else {
      throw Failure(
        .conflict, "nothing of run \(run.id) can be undone", help: "'runs show \(run.id)'")
    }
    return .effects(
      Changes(
        steps: reversal.steps, wait: try call.wait(),
        undoes: Dictionary(uniqueKeysWithValues: reversal.names.enumerated().map { ($0, $1) })))
  }

  private func run(_ id: Int?) throws -> RunRecord? {
    let endpoint = services.settings?.value.endpointName
    return try services.journal.use { journal in
      if let id { return try journal.run(id) }
      return try journal.runs().first { run in
        run.header.endpoint == endpoint
          && (try? journal.operations(ofRun: run.id))?.allSatisfy { $0.context.undoes == nil }
            ?? false
      }
    }
  }
}

extension OperationRecord {
  /// A restore in doubt is led back too: its guard is what the slice was.
  fileprivate var mayBeUndone: Bool {
    switch state {
    case .done, .accepted: true
    case .unknown, .sending: step.verb == .restore
    case .planned, .gone, .failed, .skipped: false
    }
  }
}

/// The steps that lead back, and what stands against it.
private struct Reversal {
  private(set) var steps: [Step] = []
  /// The operations that the steps undo, as `12.3`.
  private(set) var names: [String] = []
  private(set) var obstacles: [String] = []
  private let guards: [Int: OperationRecord]
  private var rows: [SnapshotID: SnapshotRow]

  init(_ records: [OperationRecord], _ rows: [SnapshotRow]) {
    guards = Dictionary(
      records.compactMap { record in record.context.guards.map { ($0, record) } }
    ) { first, _ in first }
    self.rows = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
  }

  mutating func add(_ record: OperationRecord) {
    let step = record.step
    switch step.change {
    case .restore(_, let slice):
      guard let taken = guards[record.number], taken.state == .done, let id = taken.result else {
        return obstacles.append("can't be undone, it had no guard: \(step.summary)")
      }
      guard let row = rows[id] else {
        return obstacles.append("can't be undone, its guard \(id) is gone: \(step.summary)")
      }
      append(
        Step(
          .restore(id, onto: slice), snapshot: row, slice: slice, sliceName: step.sliceName,
          slicePerms: row.slicePerms), record)
    case .rename(let id, let name):
      guard let row = rows[id], let old = step.snapshot?.name else {
        return obstacles.append("can't be undone, the snapshot is gone: \(step.summary)")
      }
      guard row.name == name else {
        return obstacles.append(
          "not undone, it is called '\(row.name ?? "")' by now: \(step.summary)")
      }
      append(
        Step(.rename(id, name: old), snapshot: row, slice: step.slice, sliceName: step.sliceName),
        record)
      // An earlier rename of the same snapshot finds the name that this leads back to.
      rows[id] = row.named(old)
    case .delete: obstacles.append("a deletion can't be undone: \(step.summary)")
    case .create where record.context.guards == nil:
      obstacles.append("stays: \(step.summary)\(record.result.map { " (id \($0))" } ?? "")")
    case .create, .list, .listSlice: break
    }
  }

  private mutating func append(_ step: Step, _ record: OperationRecord) {
    steps.append(step)
    names.append(record.name)
  }
}
