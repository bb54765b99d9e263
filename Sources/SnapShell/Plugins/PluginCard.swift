import SnapLanguage
import SnapPlugins

/// All about one plugin.
enum PluginCard {
  static func card(_ plugin: Plugin, _ catalog: PluginCatalog) -> Value {
    .record(Record(fields(plugin, catalog)))
  }

  private static func fields(
    _ plugin: Plugin, _ catalog: PluginCatalog
  ) -> [(String, Value)] {
    var fields: [(String, Value)] = [
      ("name", .string(plugin.name)), ("kind", .string(plugin.kind.rawValue)),
      ("version", plugin.version.map(Value.string) ?? .null),
      ("about", text(plugin.manifest?.about ?? "")),
      ("state", .string(catalog.standing(of: plugin).word)),
      ("from", .string(plugin.path)),
      ("runs", words(plugin.manifest?.run ?? [])),
      ("permissions", words(plugin.permissions)),
      ("commands", text(plugin.signatures.map(\.usage).joined(separator: ", "))),
      ("hooks", words(plugin.hooks)), ("formats", words(plugin.formats)),
      ("fingerprint", (try? Fingerprint.of(plugin.path)).map(Value.string) ?? .null),
    ]
    if let problem = plugin.problem { fields.append(("problem", .string(problem.message))) }
    return fields
  }

  private static func text(_ text: String) -> Value { text.isEmpty ? .null : .string(text) }

  static func words(_ words: [String]) -> Value {
    words.isEmpty ? .null : .string(words.joined(separator: " "))
  }

  /// What a person should know before the plugin may run.
  static func lines(_ plugin: Plugin, fingerprint: String) -> [String] {
    let title = [plugin.name, plugin.version].compactMap(\.self).joined(separator: " ")
    let kind =
      switch plugin.kind {
      case .script: "a script: its functions can do what you can at the prompt"
      case .program: "a program, which runs as you: it may do anything on this machine"
      case .protocol: "a plugin by the protocol, whose program runs as you on this machine"
      }
    var lines = ["\(title): \(kind)"]
    func add(_ label: String, _ words: [String]) {
      guard !words.isEmpty else { return }
      let gap = String(repeating: " ", count: 13 - label.count)
      lines.append("  \(label)\(gap)\(words.joined(separator: ", "))")
    }
    add("commands", plugin.signatures.map(\.name))
    add("hooks", plugin.hooks)
    add("formats", plugin.formats)
    if plugin.kind == .protocol {
      add("in the cloud", plugin.permissions.isEmpty ? ["nothing"] : plugin.permissions)
    }
    add("runs", plugin.manifest.map { [$0.run.joined(separator: " ")] } ?? [])
    add("from", [plugin.path])
    lines.append("  \(fingerprint)")
    return lines
  }
}
