import CloudAPI
import CloudClient
import GRDB
import OrderedJSON

extension RunHeader {
  func insert(into database: Database, begun: Int) throws {
    try database.execute(
      sql: """
        INSERT INTO run (kind, name, path, text, digest, arguments, endpoint, profile, user,
          process, zone, limits, plan, begun)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        kind.rawValue, name, path, text, digest,
        JSON.array(arguments.map(JSON.string)).text(), endpoint, profile, user, process, zone,
        limits.json.text(), plan, begun,
      ])
  }

  init(_ row: Row) {
    let arguments = try? JSON(parsing: row["arguments"] as String).arrayValue
    self.init(
      kind: Kind(rawValue: row["kind"]) ?? .code, name: row["name"], path: row["path"],
      text: row["text"], arguments: arguments?.compactMap(\.stringValue) ?? [],
      endpoint: row["endpoint"], profile: row["profile"], user: row["user"],
      process: row["process"], zone: row["zone"],
      limits: (try? Limits(JSON(parsing: row["limits"] as String))) ?? Limits(),
      plan: row["plan"])
  }
}

extension Limits {
  var json: JSON {
    [
      "jobs": .int(jobs), "max_deletes": mostDeletions.map(JSON.int) ?? .null,
      "stop_after": stopAfter.map { .string($0.text) } ?? .null,
      "rate": rate.map { .string("\($0)") } ?? .null,
    ]
  }

  init(_ json: JSON) {
    let object = json.objectValue
    self.init(
      jobs: object?["jobs"]?.intValue ?? 1, mostDeletions: object?["max_deletes"]?.intValue,
      stopAfter: object?["stop_after"]?.stringValue.flatMap { StopAfter($0) },
      rate: object?["rate"]?.stringValue.flatMap { Double($0) })
  }
}

extension OperationRecord {
  static func insert(
    _ operation: Operation, _ context: OperationContext, run: Int, at time: Int,
    into database: Database
  ) throws {
    let step = operation.step
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO operation (run, number, verb, slice, slice_name, snapshot, name, origin,
          statement, waits, guards, undoes, step, state, planned)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)
        """)
    try statement.execute(arguments: [
      run, operation.number, step.verb.rawValue, step.slice.rawValue, step.sliceName,
      step.snapshot?.id.rawValue, step.newName ?? step.snapshot?.name, context.origin,
      context.statement, context.waits ? context.timeout.map { max(2, $0) } ?? 1 : 0,
      context.guards, context.undoes, step.json.text(), time,
    ])
  }

  /// Nil when another program has written what is no step.
  init?(_ row: Row) {
    guard let json = try? JSON(parsing: row["step"] as String), let step = Step(json),
      let state = OperationState(rawValue: row["state"])
    else { return nil }
    let candidates = (row["candidates"] as String?).flatMap { try? JSON(parsing: $0).arrayValue }
    run = row["run"]
    number = row["number"]
    self.step = step
    // 0, 1, or for how long at most.
    let waits: Int = row["waits"]
    context = OperationContext(
      origin: row["origin"], statement: row["statement"], waits: waits != 0,
      timeout: waits > 1 ? waits : nil, guards: row["guards"], undoes: row["undoes"])
    self.state = state
    status = row["status"]
    error = row["error"]
    result = (row["result"] as Int?).map { SnapshotID($0) }
    self.candidates = candidates?.compactMap(\.intValue).map { SnapshotID($0) } ?? []
    planned = row["planned"]
    sent = row["sent"]
    answered = row["answered"]
    ended = row["ended"]
  }
}

extension OperationState {
  /// The state that a result proves.
  init(_ outcome: StepResult.Outcome) {
    self =
      switch outcome {
      case .accepted, .timedOut: .accepted
      case .done: .done
      case .alreadyGone: .gone
      case .failed, .vanished, .changed: .failed
      case .unknown, .neverSeen: .unknown
      case .notStarted: .planned
      case .before(let state, _): state
      }
  }
}
