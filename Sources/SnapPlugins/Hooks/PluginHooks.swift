package import SnapLanguage
import OrderedJSON
import Synchronization

/// Asks plugins before something is changed, and tells them what became of it.
package final class PluginHooks: Sendable {
  private let processes: PluginProcesses
  private let commands: CommandLookup
  private let libraries: any LibraryLoader
  private let scripts = Mutex<[String: ScriptHooks]>([:])
  /// How long a function of a script may take.
  private static let patience = Duration.milliseconds(Manifest.Hook.usualTimeout)

  package init(
    processes: PluginProcesses, commands: CommandLookup, libraries: any LibraryLoader
  ) {
    self.processes = processes
    self.commands = commands
    self.libraries = libraries
  }

  /// What a plugin says to a change. It can only take something away.
  package struct Verdict: Sendable {
    package enum Decision: String, Sendable { case allow, deny, ask }
    package let plugin: String
    package let decision: Decision
    package let reason: String?
    /// The places of the items that are to be left out.
    package let skipped: Set<Int>
  }

  /// A change of several items by one verb, as hooks see it.
  package struct Change: Sendable {
    package let verb: String
    /// Rows with a column `index`, their place.
    package let items: [Value]
    package let isDryRun: Bool
    package let isInteractive: Bool

    package init(verb: String, items: [Value], isDryRun: Bool, isInteractive: Bool) {
      self.verb = verb
      self.items = items
      self.isDryRun = isDryRun
      self.isInteractive = isInteractive
    }
  }

  /// The plugins that are asked or told of the verb.
  private func hooked(_ moment: Manifest.Hook.Moment, _ verb: String) -> [Plugin] {
    let catalog = processes.catalog
    return catalog.usable.filter { plugin in
      // What nobody has agreed to is not asked; what was agreed to and has changed denies.
      guard plugin.isInstalled, catalog.approvals[plugin.name] != nil else { return false }
      switch plugin.content {
      case .script: return plugin.hooks.contains(moment.rawValue)
      case .manifest(let manifest):
        return manifest.hooks.contains { $0.moment == moment && $0.verbs.contains(verb) }
      case .program: return false
      case .unreadable: return moment == .before
      }
    }
  }

  /// Asks about a change; `log` takes a plugin's name and a line for a person.
  ///
  /// - Throws: `Cancelled`. A hook that can't be asked denies, unless its plugin says otherwise.
  package func before(
    _ change: Change, host: any Host, log: @escaping @Sendable (String, String) -> Void
  ) throws -> [Verdict] {
    try hooked(.before, change.verb).map { plugin in
      let record = Value.record(
        Record([
          ("verb", .string(change.verb)), ("items", .list(change.items)),
          ("dry_run", .bool(change.isDryRun)), ("interactive", .bool(change.isInteractive)),
        ]))
      do {
        let answer = try answer(.before, change.verb, plugin, record, host, isShielded: false, log)
        return try Self.verdict(answer, plugin.name, count: change.items.count)
      } catch let failure as Failure {
        let hooks = plugin.manifest?.hooks.first {
          $0.moment == .before && $0.verbs.contains(change.verb)
        }
        if hooks?.allowsOnError == true {
          log(plugin.name, "can't be asked, and allows it then: \(failure.message)")
          return Verdict(plugin: plugin.name, decision: .allow, reason: nil, skipped: [])
        }
        return Verdict(
          plugin: plugin.name, decision: .deny, reason: "it can't be asked: \(failure.message)",
          skipped: [])
      } catch {
        try host.cancellation.check()
        return Verdict(
          plugin: plugin.name, decision: .deny, reason: "its hook took too long", skipped: [])
      }
    }
  }

  /// Tells what became of a change; what a hook does wrong is logged and no more.
  package func after(
    _ verb: String, _ results: [Value], host: any Host,
    log: @escaping @Sendable (String, String) -> Void
  ) {
    for plugin in hooked(.after, verb) {
      let record = Value.record(
        Record([("verb", .string(verb)), ("results", .list(results))]))
      do {
        _ = try answer(.after, verb, plugin, record, host, isShielded: true, log)
      } catch let failure as Failure {
        log(plugin.name, "could not be told what was done: \(failure.message)")
      } catch {
        log(plugin.name, "took too long to be told what was done")
      }
    }
  }

  private func answer(
    _ moment: Manifest.Hook.Moment, _ verb: String, _ plugin: Plugin, _ record: Value,
    _ session: any Host, isShielded: Bool, _ log: @escaping @Sendable (String, String) -> Void
  ) throws -> Value {
    let host = HookHost(session) { log(plugin.name, $0) }
    let outer = isShielded ? nil : session.cancellation
    switch plugin.content {
    case .script(let source, _):
      let hooks = try compiled(plugin, source, host)
      return try host.limited(to: Self.patience, by: outer) {
        try hooks.result(of: moment.rawValue, for: record, host) ?? .null
      }
    case .manifest(let manifest):
      let hook = manifest.hooks.first { $0.moment == moment && $0.verbs.contains(verb) }
      let limit = hook?.timeout ?? Self.patience
      let answer = try host.limited(to: limit * 2, by: outer) {
        try processes.using(plugin, host: host) {
          try $0.ask(
            "hook/\(moment.rawValue)", try WireValues.json(of: record), host: host, within: limit)
        }
      }
      return WireValues.value(of: answer)
    case .unreadable(let failure): throw failure
    case .program: return .null
    }
  }

  private func compiled(
    _ plugin: Plugin, _ source: SourceText, _ host: any Host
  ) throws -> ScriptHooks {
    if let known = scripts.withLock({ $0[plugin.name] }), known.source === source { return known }
    try processes.catalog.checkMayRun(plugin)
    let hooks = try ScriptHooks(
      plugin, source, commands: commands, libraries: libraries, host: host)
    scripts.withLock { $0[plugin.name] = hooks }
    return hooks
  }

  private static func verdict(_ answer: Value, _ plugin: String, count: Int) throws -> Verdict {
    guard let record = answer.recordValue else {
      guard answer.isNull else {
        throw Failure(.plugin, "its answer must be a record or nothing, not \(answer.kindName)")
      }
      return Verdict(plugin: plugin, decision: .allow, reason: nil, skipped: [])
    }
    let word = record["decision"]?.stringValue ?? "allow"
    guard let decision = Verdict.Decision(rawValue: word) else {
      throw Failure(.plugin, "its decision must be allow, deny or ask, not '\(word)'")
    }
    let skipped = try (record["skip"]?.listValue ?? []).map { item in
      guard let index = item.intValue ?? item.recordValue?["index"]?.intValue,
        (0..<count).contains(index)
      else { throw Failure(.plugin, "what it skips must be rows of 'items', or their indexes") }
      return index
    }
    return Verdict(
      plugin: plugin, decision: decision, reason: record["reason"]?.stringValue,
      skipped: Set(skipped))
  }
}
