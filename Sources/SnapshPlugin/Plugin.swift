import OrderedJSON

/// A plugin that speaks version 1 of snapsh's protocol on stdin and stdout.
///
/// ```swift
/// var plugin = Plugin()
/// plugin.command("hello") { call in .value(.string("hello")) }
/// plugin.run()
/// ```
///
/// What it offers stands in its `plugin.json`. All of it is called on one thread, one thing after the
/// other; while a call waits for an answer of snapsh, a hook may be called.
public struct Plugin {
  /// What a command gives.
  public enum Result {
    case nothing
    case value(PluginValue)
    /// Rows, made while they are read: a batch at a time, and nil at the end.
    case rows(() throws -> [PluginValue]?)
  }

  /// Something that Tab offers.
  public struct Candidate {
    let value: String
    let about: String

    /// A value and what it is.
    public init(_ value: String, about: String = "") {
      self.value = value
      self.about = about
    }
  }

  /// What a hook says before something is changed. It can only take something away.
  public enum Decision {
    /// Without the rows at these places of `items`.
    case allow(skipping: [Int] = [], reason: String? = nil)
    case deny(reason: String)
    /// A person decides.
    case ask(reason: String)
  }

  typealias Hook = (PluginRecord) throws -> JSON

  var commands: [String: (PluginCall) throws -> Result] = [:]
  var completions: [String: (String, [String]) throws -> [Candidate]] = [:]
  var hooks: [String: Hook] = [:]
  var formats: [String: ([PluginValue], [String]) throws -> String] = [:]

  /// A plugin that offers nothing yet.
  public init() {}

  /// What the command of this name does.
  public mutating func command(_ name: String, _ body: @escaping (PluginCall) throws -> Result) {
    commands[name] = body
  }

  /// What Tab offers for an argument of a command; it gets what was typed of it, and the words before
  /// it. It has 300 ms.
  public mutating func complete(
    _ command: String, _ argument: String,
    _ body: @escaping (_ typed: String, _ words: [String]) throws -> [Candidate]
  ) {
    completions["\(command) \(argument)"] = body
  }

  /// What is asked before something is changed.
  public mutating func before(
    _ body: @escaping (_ verb: String, _ items: [PluginValue], _ isDryRun: Bool) throws -> Decision
  ) {
    hooks["hook/before"] = { params in
      try body(
        params["verb"]?.string ?? "", params["items"]?.list ?? [],
        params["dry_run"]?.bool ?? false
      ).json
    }
  }

  /// What is told what became of a change.
  public mutating func after(
    _ body: @escaping (_ verb: String, _ results: [PluginValue]) throws -> Void
  ) {
    hooks["hook/after"] = { params in
      try body(params["verb"]?.string ?? "", params["results"]?.list ?? [])
      return [:]
    }
  }

  /// How rows become a text of this format.
  public mutating func format(
    _ name: String, _ body: @escaping (_ rows: [PluginValue], _ columns: [String]) throws -> String
  ) {
    formats[name] = body
  }

  /// Serves until snapsh ends.
  public func run() { Exchange(self).serve() }
}

extension Plugin.Decision {
  fileprivate var json: JSON {
    switch self {
    case .allow(let skipping, let reason):
      [
        "decision": "allow", "skip": .array(skipping.map { .int($0) }),
        "reason": reason.map { .string($0) } ?? nil,
      ]
    case .deny(let reason): ["decision": "deny", "reason": .string(reason)]
    case .ask(let reason): ["decision": "ask", "reason": .string(reason)]
    }
  }
}
