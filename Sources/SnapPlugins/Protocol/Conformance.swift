import Glibc
import OrderedJSON
package import SnapLanguage

/// Checks that a plugin keeps to the protocol, on a process of its own.
package struct Conformance {
  package struct Check: Sendable {
    package let name: String
    /// Nil when all is well.
    package let problem: String?
  }

  private let plugin: Plugin
  private let processes: PluginProcesses
  private let host: any Host

  package init(plugin: Plugin, processes: PluginProcesses, host: any Host) {
    (self.plugin, self.processes, self.host) = (plugin, processes, host)
  }

  /// - Throws: `Cancelled`.
  package func checks() throws -> [Check] {
    var checks: [Check] = []
    func check(_ name: String, _ body: () throws -> String?) throws {
      do { checks.append(Check(name: name, problem: try body())) } catch let failure as Failure {
        checks.append(Check(name: name, problem: failure.message))
      }
    }
    try check("can be read") { plugin.problem?.message }
    switch plugin.content {
    case .script(let source, let functions):
      try check("has no errors of syntax") {
        Parser.parse(source).diagnostics.first.map { "line \($0.span.line): \($0.message)" }
      }
      try check("declares functions") { functions.isEmpty ? "there is none" : nil }
      try check("says what its functions do") {
        let silent = functions.filter { $0.about == "a function of the script" }.map(\.name)
        return silent.isEmpty
          ? nil : "no comment stands above: \(silent.joined(separator: ", "))"
      }
      try check("hooks take one argument") {
        let wrong = functions.filter {
          Plugin.hookNames.contains($0.name) && $0.parameters.count != 1
        }
        return wrong.isEmpty ? nil : wrong.map(\.name).joined(separator: ", ")
      }
    case .program:
      try check("can be run") {
        access(plugin.path, X_OK) == 0 ? nil : "'\(plugin.path)' is not executable"
      }
    case .manifest(let manifest): try checkProtocol(manifest, check)
    case .unreadable: break
    }
    return checks
  }

  private func checkProtocol(
    _ manifest: Manifest, _ check: (String, () throws -> String?) throws -> Void
  ) throws {
    try check("commands have a line of help") {
      let silent = manifest.commands.filter { $0.signature(of: plugin.name).about.isEmpty }
      return silent.isEmpty ? nil : silent.map(\.name).joined(separator: ", ")
    }
    var started: PluginConnection?
    try check("starts and answers 'initialize'") {
      started = try processes.tryOut(plugin, manifest, host: host)
      return nil
    }
    guard let connection = started else { return }
    defer { connection.shutDown() }
    try check("answers an unknown method with error -32601") {
      do {
        _ = try connection.ask("x/unknown", [:], host: host, within: .seconds(2))
        return "it gave a result"
      } catch let failure as Failure {
        return connection.isBroken ? failure.message : nil
      }
    }
    try check("answers an unknown command with an error") {
      do {
        _ = try connection.ask(
          "run",
          [
            "command": "x-unknown", "call": -1, "args": [:], "flags": [:], "input": nil,
            "dry_run": true,
          ],
          host: host, within: .seconds(2))
        return "it gave a result"
      } catch let failure as Failure {
        return connection.isBroken ? failure.message : nil
      }
    }
    for command in manifest.commands where !command.dynamic.isEmpty {
      for argument in command.dynamic.sorted() {
        try check("offers values for \(command.name) \(argument) within 300 ms") {
          let answer = connection.askInPassing(
            "complete",
            [
              "command": .string(command.name), "param": .string(argument), "prefix": "",
              "words": [],
            ], within: .milliseconds(300))
          guard let items = answer?.arrayValue else { return "it gave no list in time" }
          return items.allSatisfy { $0.objectValue?["value"]?.stringValue != nil }
            ? nil : "each must be an object with a text 'value'"
        }
      }
    }
    for hook in manifest.hooks {
      try check("answers the hook \(hook.moment.rawValue) without items") {
        let verb = hook.verbs.sorted()[0]
        let name = hook.moment == .before ? "items" : "results"
        let answer = try connection.ask(
          "hook/\(hook.moment.rawValue)",
          .object(
            JSONObject([
              JSONObject.Member("verb", .string(verb)), JSONObject.Member(name, []),
              JSONObject.Member("dry_run", true), JSONObject.Member("interactive", false),
            ])), host: host, within: hook.timeout)
        guard hook.moment == .before, let word = answer.objectValue?["decision"] else { return nil }
        return ["allow", "deny", "ask"].contains(word.stringValue ?? "")
          ? nil : "'decision' must be allow, deny or ask, not \(word.text())"
      }
    }
    try check("makes a text of no rows") {
      for format in manifest.formats {
        let answer = try connection.ask(
          "format", ["format": .string(format.name), "columns": [], "rows": []], host: host,
          within: .seconds(10))
        guard answer.objectValue?["text"]?.stringValue != nil else {
          return "\(format.name): the result must have a text 'text'"
        }
      }
      return nil
    }
    try check("ends when it is told to") {
      connection.shutDown()
      return connection.endedByItself ? nil : "it had to be killed"
    }
  }
}
