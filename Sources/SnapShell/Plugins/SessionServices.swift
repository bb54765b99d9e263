import Retention
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapPlugins
import SnapRun
import Synchronization

/// What a session does for plugins. It lives as long as the session.
final class SessionServices: PluginServices {
  private unowned let session: Session
  private let commands: CommandLookup
  private let hasShownProgress = Mutex(false)

  init(_ session: Session, commands: CommandLookup) {
    self.session = session
    self.commands = commands
  }

  var isDryRun: Bool { session.settings.isDryRun }
  var isInteractive: Bool { session.question.canAskNow }
  var zone: String { session.settings.zone.name }

  func rows(_ request: PluginRead, _ host: any Host) throws -> Value {
    let name = request.wantsSlices ? "slices" : "ls"
    var (values, flags): ([String: Value], [String: Value]) = ([:], [:])
    if let slice = request.slice, !request.wantsSlices { values["slice"] = slice }
    if let query = request.query, !request.wantsSlices { flags["query"] = .string(query) }
    switch try outcome(of: name, values, flags, host) {
    case .rows(let stream): return .list(try stream.collect())
    case .value(let value): return value
    case .nothing, .effects: return .list([])
    }
  }

  private func outcome(
    _ isWaiting: Bool = false, of name: String, _ values: [String: Value],
    _ flags: [String: Value], _ host: any Host
  ) throws -> Outcome {
    guard let command = commands.named(name) else {
      throw Failure(.plugin, "there is no command '\(name)'")
    }
    var flags = flags
    if isWaiting { flags["wait"] = .bool(true) }
    return try command.run(
      Call(
        signature: command.signature, values: values, flags: flags, input: nil,
        span: Span(SourceText(name: "<plugin>", text: ""), 0..<0), host: host))
  }

  func change(
    _ verb: String, _ items: [Value], waits: Bool, _ host: any Host, at span: Span
  ) throws -> Value {
    let items = try resolved(items, host)
    var changes: Changes?
    for values in try Self.calls(verb, items) {
      guard case .effects(let effects) = try outcome(waits, of: verb, values, [:], host),
        let more = effects as? Changes
      else { continue }
      changes?.steps += more.steps
      changes = changes ?? more
    }
    return try host.perform(changes ?? Changes(steps: [], wait: nil), at: span).collect()
  }

  /// With the cloud's rows in place of ids, by one reading of the list. Of a row that comes from a
  /// plugin only the id counts.
  private func resolved(_ items: [Value], _ host: any Host) throws -> [Value] {
    func id(_ item: Value) -> Int? {
      let meant = item.recordValue?["snapshot"] ?? item
      return meant.intValue ?? meant.recordValue?["id"]?.intValue
    }
    guard items.contains(where: { id($0) != nil }) else { return items }
    let rows = try rows(PluginRead(), host).listValue ?? []
    let byID = Dictionary(
      rows.compactMap { row in row.recordValue?["id"]?.intValue.map { ($0, row) } }
    ) { first, _ in first }
    return items.map { item in
      guard let id = id(item) else { return item }
      let row = byID[id] ?? .int(id)
      guard let record = item.recordValue, record["snapshot"] != nil else { return row }
      return .record(
        Record(record.fields.map { ($0.name, $0.name == "snapshot" ? row : $0.value) }))
    }
  }

  /// The arguments for each call of the command.
  private static func calls(_ verb: String, _ items: [Value]) throws -> [[String: Value]] {
    func snapshot(_ item: Value) -> Value { item.recordValue?["snapshot"] ?? item }
    if verb == "rm" {
      return items.isEmpty ? [] : [["snapshot": .list(items.map(snapshot))]]
    }
    let names = verb == "create" ? ["slice", "name"] : verb == "rename" ? ["name"] : []
    return try items.map { item in
      var values: [String: Value] = [:]
      if verb != "create" { values["snapshot"] = snapshot(item) }
      if verb == "restore", let slice = item.recordValue?["slice"], !slice.isNull {
        values["slice"] = slice
      }
      for name in names {
        guard let value = item.recordValue?[name], !value.isNull else {
          throw Failure(.plugin, "an item to \(verb) has no '\(name)'", item: item)
        }
        values[name] = value
      }
      return values
    }
  }

  func ask(_ question: String, for plugin: String, _ host: any Host) throws -> Bool {
    // It is asked when it is done in earnest.
    if host.isPreviewing || isDryRun { return true }
    return try session.confirm("[\(plugin)] \(question)")
  }

  func show(_ progress: PluginProgress?, of plugin: String) {
    guard let progress else {
      let hasShown = hasShownProgress.withLock { shown in
        defer { shown = false }
        return shown
      }
      if hasShown { session.console.clearPassing() }
      return
    }
    hasShownProgress.withLock { $0 = true }
    let counts = progress.done.map { done in
      progress.total.map { " \(done) of \($0)" } ?? " \(done)"
    }
    let line = TerminalText.escaped("[\(plugin)]\(counts ?? "") \(progress.text)")
    session.console.passing { width, _ in [String(line.prefix(width))] }
  }

  func log(_ text: String, from plugin: String) { session.console.note("[\(plugin)] \(text)") }
}
