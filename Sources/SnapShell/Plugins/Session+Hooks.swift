import SnapCommands
import SnapLanguage
import SnapPlugins
import SnapRun
import Synchronization

extension Session {
  /// Asks the plugins' hooks about steps; gives the places of those that are to be left out.
  ///
  /// - Throws: `Failure` with exit code 6 when a hook denies them, or a person does who was asked
  ///   because of one.
  func consult(_ steps: [Step]) throws -> Set<Int> {
    guard let hooks = hooks.withLock({ $0 }), !steps.isEmpty else { return [] }
    var skipped: Set<Int> = []
    for (verb, places) in Dictionary(grouping: steps.indices, by: { steps[$0].verb })
      .sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      let items = places.enumerated().map { ChangeRecords.item(steps[$1], index: $0) }
      let change = PluginHooks.Change(
        verb: verb.rawValue, items: items, isDryRun: settings.isDryRun,
        isInteractive: question.canAskNow)
      for verdict in try hooks.before(change, host: self, log: log(of:_:)) {
        try heed(verdict, places.map { steps[$0] })
        skipped.formUnion(verdict.skipped.map { places[$0] })
      }
    }
    return skipped
  }

  private func log(of plugin: String, _ text: String) { console.note("[\(plugin)] \(text)") }

  private func heed(_ verdict: PluginHooks.Verdict, _ steps: [Step]) throws {
    let reason = verdict.reason.map { ": \($0)" } ?? ""
    switch verdict.decision {
    case .deny:
      throw Failure(
        .denied, "the plugin '\(verdict.plugin)' does not allow it\(reason); it was not sent",
        help: "'plugin info \(verdict.plugin)' tells about it", exitCode: ExitCode.declined)
    case .ask:
      let open = steps.indices.filter { index in
        !verdict.skipped.contains(index)
          && hookAgreed.withLock { !$0.contains("\(verdict.plugin) \(steps[index].change)") }
      }
      guard !open.isEmpty else { break }
      if settings.isDryRun {
        console.note("the plugin '\(verdict.plugin)' would ask\(reason)")
        break
      }
      guard
        try confirm(
          "[\(verdict.plugin)] \(steps[open[0]].summary)\(open.count > 1 ? " and \(open.count - 1) more" : "")\(reason): go on?"
        )
      else {
        throw Failure(.denied, "declined; it was not sent", exitCode: ExitCode.declined)
      }
      hookAgreed.withLock { agreed in
        for index in open { agreed.insert("\(verdict.plugin) \(steps[index].change)") }
      }
    case .allow: break
    }
    for index in verdict.skipped.sorted() {
      console.note("left out by '\(verdict.plugin)': \(steps[index].summary)\(reason)")
    }
  }

  /// What stands against steps that are all to be done or none of them.
  func consultAboutAll(_ steps: [Step]) throws {
    let skipped = try consult(steps)
    guard skipped.isEmpty else {
      throw Failure(
        .denied, "plugins leave out \(skipped.count) of \(steps.count) changes; nothing was sent",
        help: "plan again", exitCode: ExitCode.declined)
    }
  }

  /// The changes without what hooks leave out.
  func permitted(_ changes: Changes) throws -> Changes {
    let skipped = try consult(changes.steps)
    return skipped.isEmpty ? changes : changes.keeping(indices: { !skipped.contains($0) })
  }

  /// Takes note of results for the hooks that are told at the statement's end.
  func noteForHooks(_ results: [StepResult]) {
    guard hooks.withLock({ $0 }) != nil else { return }
    let sent = results.filter { if case .notStarted = $0.outcome { false } else { true } }
    endedSteps.withLock { $0 += sent }
  }

  /// Tells hooks what became of the statement's changes.
  func tellHooks() {
    hookAgreed.withLock { $0 = [] }
    let results = endedSteps.withLock { ended in
      defer { ended = [] }
      return ended
    }
    guard !results.isEmpty, let hooks = hooks.withLock({ $0 }) else { return }
    for (verb, results) in Dictionary(grouping: results, by: { $0.step.verb })
      .sorted(by: { $0.key.rawValue < $1.key.rawValue })
    {
      hooks.after(
        verb.rawValue, results.map(ChangeRecords.result), host: self, log: log(of:_:))
    }
  }

  /// A person's yes or no to something that isn't about data.
  ///
  /// - Throws: `Failure` with exit code 6 when nobody can be asked, or `Cancelled`.
  func confirm(_ text: String) throws -> Bool {
    if settings.isYes { return true }
    return try asking.withLock { _ in
      try console.attended {
        try question.confirm(text, isCancelled: { self.cancellation.isCancelled })
      }
    }
  }
}
