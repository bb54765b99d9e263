import CloudAPI
import CloudClient
import Glibc
import OrderedJSON
import ServerKit
import SnapRun

/// Runs of the real executor and journal against a cloud of chance: faults, late arrivals, deaths of
/// the process, and a person who resumes and resolves until all is decided.
package struct Simulation: Sendable {
  let folder: String
  private let seed: UInt64
  let world: World
  private let statements: [(steps: [Step], waits: Bool)]
  private let header: RunHeader

  /// - Parameters:
  ///   - seed: the same for the same run, as long as it has one job.
  ///   - folder: for its journal; best in memory.
  ///   - faultShare: of all requests.
  ///   - killShare: of all steps: requests, answers, commits of the journal and pauses.
  package init(seed: UInt64, folder: String, faultShare: Double = 0.06, killShare: Double = 0.01) {
    self.folder = folder
    self.seed = seed
    var chance = Chance(seed: seed)
    let slices = (1...6).map { SliceID($0) }
    var cloud = ModelCloud(
      slices: Dictionary(uniqueKeysWithValues: slices.map { ($0, "web-\($0)") }),
      duration: .milliseconds(700))
    var steps: [Step] = []
    for slice in slices {
      let ids = (1...4).map { SnapshotID(slice.rawValue * 10 + $0) }
      for id in ids { cloud.add(id, "s\(id)", of: slice) }
      steps += Self.steps(of: slice, ids)
    }
    steps.shuffle(using: &chance)
    let size = steps.count / 3
    statements = (0..<3).map { part in
      (Array(steps[part * size..<(part + 1) * size]), chance.hits(0.5))
    }
    header = RunHeader(
      kind: .code, name: "<code>", text: "", endpoint: "simulated", profile: "simulated",
      user: "me", process: 1, zone: "UTC", limits: Limits(jobs: seed % 4 == 0 ? 4 : 1))
    world = World(cloud, seed: ~seed, faultShare: faultShare, killShare: killShare)
  }

  private static func steps(of slice: SliceID, _ ids: [SnapshotID]) -> [Step] {
    func step(_ change: Endpoint, _ id: SnapshotID?) -> Step {
      Step(
        change,
        snapshot: id.flatMap { id in
          SnapshotRow([
            "id": .int(id.rawValue), "name": .string("s\(id)"), "vm_id": .int(slice.rawValue),
            "perms": "rw",
          ])
        }, slice: slice, sliceName: "web-\(slice)")
    }
    return [
      step(.create(slice, name: "new-\(slice)"), nil),
      step(.rename(ids[0], name: "renamed-\(ids[0])"), ids[0]), step(.delete(ids[1]), ids[1]),
      step(.restore(ids[2], onto: slice), ids[2]), step(.delete(ids[3]), ids[3]),
    ]
  }

  /// The figures of the run, brought to its end.
  package func run() async throws -> Figures {
    var figures = Figures(seed: seed)
    var unknown: Set<Int> = []
    var renamedByOthers: Set<SnapshotID> = []
    var run: Int?
    var rounds = 0
    repeat {
      rounds += 1
      world.revive()
      do {
        let journal = try Journal(folder: folder, configuration: world.configuration) { 0 }
        if let id = run {
          try await resume(id, journal, &unknown, &renamedByOthers)
        } else {
          run = try await begin(journal)
        }
      } catch is Stopped {} catch is JournalError {} catch is CloudError {}
      // Somebody resumes it soon, while requests of the dead process may still be under way.
      world.pass(world.with { $0.chance.seconds(upTo: 30) })
    } while try await isOpen(run) && rounds < 200
    world.pass(.seconds(600))
    figures.rounds = rounds
    figures.unknown = unknown.count
    try await judge(run, renamedByOthers, unknown, &figures)
    return figures
  }

  struct Stopped: Error {}

  private func executor(_ run: Run) throws -> Executor {
    let client = CloudClient(
      configuration: ClientConfiguration(
        endpoint: try CloudEndpoint("http://127.0.0.1/api/v1"), credential: { "t" },
        time: world.time), transport: SimulatedTransport(world: world))
    return Executor(client: client, run: run) { _ in }
  }

  private func begin(_ journal: Journal) async throws -> Int {
    let run: Run
    do { run = try await journal.begin(header) } catch {
      // It may have been written all the same.
      guard let record = try Journal(folder: folder, now: { 0 }).runs(most: 1).first,
        record.ended == nil, record.counts.isEmpty
      else { throw error }
      return record.id
    }
    let executor = try executor(run)
    do {
      var operations: [[Operation]] = []
      for (index, statement) in statements.enumerated() {
        operations.append(
          try await run.plan(
            statement.steps.map {
              (
                $0,
                OperationContext(origin: "<code>:1:1", statement: index, waits: statement.waits)
              )
            }))
      }
      for (statement, planned) in zip(statements, operations) {
        let ended = await executor.perform(planned, wait: statement.waits ? Self.wait : nil)
        guard ended.allSatisfy(\.outcome.isSuccess) else { break }
      }
    } catch {}  // the process is dead; what it has written counts
    return run.id
  }

  private static let wait = Executor.Wait(timeout: .seconds(600))

  private func resume(
    _ id: Int, _ journal: Journal, _ unknown: inout Set<Int>,
    _ renamedByOthers: inout Set<SnapshotID>
  ) async throws {
    guard let record = try journal.run(id), let run = try journal.reopen(record) else {
      throw Stopped()
    }
    let executor = try executor(run)
    let records = try journal.operations(ofRun: id)
    renameByOthers(records, &renamedByOthers)
    if records.isEmpty { return try await planAll(run) }
    var resumption = try await executor.takeUp(records)
    // Somebody looks, when nothing is under way any more.
    if !resumption.unknown.isEmpty { world.pass(.seconds(600)) }
    for operation in resumption.unknown {
      unknown.insert(operation.number)
      let isDone = world.with { $0.isApplied(operation.step.change) }
      try await run.set(isDone ? .done : .planned, of: [operation.number])
    }
    guard resumption.unknown.isEmpty else { return }
    let steps = resumption.remaining.map(\.operation.step)
    guard let preconditions = try await Preconditions(of: steps, by: executor.client) else {
      return
    }
    for (index, drift) in preconditions.drifts {
      let operation = resumption.remaining[index].operation
      await executor.note(
        StepResult(step: operation.step, outcome: .changed(drift), snapshot: nil), of: operation)
    }
    let dropped = Set(preconditions.drifts.map(\.index))
    resumption.remaining = resumption.remaining.indices.filter { !dropped.contains($0) }
      .map { resumption.remaining[$0] }
    _ = await executor.await(resumption.accepted, Self.wait)
    for group in Dictionary(grouping: resumption.remaining, by: \.context.statement).sorted(
      by: { $0.key < $1.key })
    {
      let waits = group.value.contains { $0.context.waits }
      let ended = await executor.perform(
        group.value.map(\.operation), wait: waits ? Self.wait : nil)
      guard ended.allSatisfy(\.outcome.isSuccess) else { break }
    }
  }

  private func planAll(_ run: Run) async throws {
    for (index, statement) in statements.enumerated() {
      _ = try await run.plan(
        statement.steps.map {
          ($0, OperationContext(origin: "<code>:1:1", statement: index, waits: statement.waits))
        })
    }
  }

  /// Somebody else gives another name to a snapshot that is still to be deleted.
  private func renameByOthers(
    _ records: [OperationRecord], _ renamed: inout Set<SnapshotID>
  ) {
    let waiting = records.filter { $0.state == .planned && $0.step.verb == .delete }
      .compactMap { $0.step.snapshot?.id }
    let chosen: SnapshotID? = world.with { state in
      guard state.chance.hits(0.2), let id = waiting.randomElement(using: &state.chance),
        state.sends[.delete(id)] == nil
      else { return nil }
      state.cloud.rename(id, "keep-\(id)")
      return id
    }
    if let chosen { renamed.insert(chosen) }
  }

  private func isOpen(_ run: Int?) async throws -> Bool {
    guard let run else { return true }
    let records = try Journal(folder: folder) { 0 }.operations(ofRun: run)
    return records.count < statements.map(\.steps.count).reduce(0, +)
      || records.contains { record in
        switch record.state {
        case .planned, .sending, .unknown: true
        default: false
        }
      }
  }
}
