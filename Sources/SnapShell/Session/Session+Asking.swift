import CloudAPI
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

extension Session {
  /// Whether what a statement would change is to be known before it begins.
  func needsPreview(of statement: StatementRun) -> Bool {
    guard !settings.isDryRun, statement.mutations > 1 || statement.repeatedMutations > 0 else {
      return false
    }
    return question.isNeeded || settings.limits.mostDeletions != nil
  }

  /// Asks about what of a command's open steps would be destroyed, unless that was shown before; gives
  /// the changes with the guards that a person wants.
  func agree(to changes: Changes, _ open: [Int], at span: Span) throws -> Changes {
    let steps = agreed.withLock { agreed in
      open.map { changes.steps[$0] }.filter { step in
        guard step.isDestructive else { return false }
        let agreement = Agreement(step, made: made.withLock { $0 })
        guard let count = agreed[agreement], count > 0 else { return true }
        agreed[agreement] = count - 1
        return false
      }
    }
    let choices = Question.Choices(
      canGuard: changes.canBeGuarded, canPlan: open.count == changes.steps.count)
    let report = steps.count == changes.steps.count ? changes.report : nil
    let answer = try ask(about: steps, choices, report)
    try checkAfterQuestion(steps)
    switch answer {
    case .goOn: return changes
    case .guardFirst: return changes.guarded()
    case .plan: throw try planned([Preview.Group(changes: changes, span: span)])
    }
  }

  @discardableResult func ask(
    about steps: [Step], _ choices: Question.Choices = Question.Choices(),
    _ report: Changes.Report? = nil
  ) throws -> Question.Answer {
    try asking.withLock { _ in
      try console.attended {
        try question.agree(
          to: steps, choices, report, isCancelled: { self.cancellation.isCancelled })
      }
    }
  }

  /// What restores were shown from must be there still: a question may stand for an hour. Deletions are
  /// looked at right before they are sent.
  func checkAfterQuestion(_ steps: [Step]) throws {
    let restores = steps.filter { $0.verb == .restore }
    guard question.isNeeded, !restores.isEmpty else { return }
    guard let first = try drifts(of: restores).first else { return }
    throw Failure(
      .conflict, "\(first.drift); nothing \(hasChanged ? "more " : "")was sent",
      help: "look at the list and do it again", exitCode: ExitCode.stale)
  }

  /// Shows what a statement with several changes would do, asks once for all of it, and writes it
  /// down before the first of it is sent.
  func agree(toPreviewed groups: [Preview.Group], isWhole: Bool) throws {
    var groups = runs.open(groups)
    for index in groups.indices { groups[index].changes = try permitted(groups[index].changes) }
    groups.removeAll { $0.changes.steps.isEmpty }
    let steps = groups.flatMap(\.changes.steps)
    let destructive = steps.filter(\.isDestructive)
    // What the statement itself changes before is not yet what it will be then.
    var seen: Set<SnapshotID> = []
    let judged = steps.filter { step in
      (step.snapshot.map { seen.insert($0.id).inserted } ?? false) && step.isDestructive
    }
    if !destructive.isEmpty {
      try checkLimits(of: steps)
      try settle(judged)
      let choices = Question.Choices(
        canGuard: groups.contains { $0.changes.canBeGuarded }, canPlan: true)
      let answer = try ask(about: destructive, choices)
      try checkAfterQuestion(judged)
      switch answer {
      case .goOn: break
      case .guardFirst:
        guardsFirst.withLock { $0 = true }
        for index in groups.indices { groups[index].changes = groups[index].changes.guarded() }
      case .plan: throw try planned(groups)
      }
      agreed.withLock { agreed in
        agreed = [:]
        for step in destructive { agreed[Agreement(step, made: []), default: 0] += 1 }
      }
    }
    if isWhole { runs.expect(steps.count) }
    let (runs, planned) = (runs, groups)
    if !settings.isDryRun { try wait { try await runs.plan(planned) } }
  }

  /// Writes a plan in place of doing it; gives what ends the text.
  private func planned(_ groups: [Preview.Group]) throws -> Failure {
    planner.begin()
    for group in groups { _ = planner.add(group.changes, at: group.span) }
    let operations = planner.end()
    guard let source = groups.first?.span.source else { return Failure(.denied, "nothing to plan") }
    let now = Clock.microseconds()
    let text = String(decoding: source.bytes, as: UTF8.self)
    try write(
      operations,
      from: PlanFile.Source(name: source.name, arguments: [], digest: Digest.sha256(text)),
      to: "plan-\(Timestamp.dateText(now))-\(Timestamp.compactTimeText(now)).json")
    return Failure(
      .denied, "planned instead of done; nothing was sent", exitCode: ExitCode.declined)
  }

  /// After a statement; `well` when it came to its end.
  func endStatement(well: Bool) {
    let ends = statementEnds.withLock { ends in
      defer { ends = StatementEnds() }
      return ends
    }
    if !well, let text = ends.text(notStarted: max(0, runs.expected - ends.count)) {
      console.note(text)
    }
    agreed.withLock { $0 = [:] }
    made.withLock { $0 = [] }
    guardsFirst.withLock { $0 = false }
    tellHooks()
    let runs = runs
    try? wait { await runs.endStatement(well: well) }
  }
}

/// What a person has agreed to.
enum Agreement: Hashable {
  /// A change of a snapshot, as it was shown.
  case known(Endpoint, name: String?, created: String?, slice: SliceID?)
  /// A change of a snapshot that the statement makes itself.
  case made(Step.Verb, SliceID)

  init(_ step: Step, made: Set<SnapshotID>) {
    if let id = step.snapshot?.id, id.plannedBy != nil || made.contains(id) {
      self = .made(step.verb, step.slice)
    } else {
      let row = step.snapshot
      self = .known(step.change, name: row?.name, created: row?.created, slice: row?.slice)
    }
  }
}
