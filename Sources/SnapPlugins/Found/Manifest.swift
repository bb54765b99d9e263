import OrderedJSON
import SnapCommands
import SnapLanguage

/// What a plugin that speaks the protocol says of itself in `plugin.json`: all that the check, help
/// and Tab need, so that they start no process.
package struct Manifest: Sendable {
  package let name: String
  package let version: String
  package let about: String
  /// The versions of the protocol that it speaks.
  package let versions: ClosedRange<Int>
  /// The program and its arguments; a relative path begins at the plugin's folder.
  package let run: [String]
  package let permissions: [Permission]
  package let commands: [CommandDeclaration]
  package let hooks: [Hook]
  package let formats: [Format]

  package enum Permission: Sendable, Hashable, CustomStringConvertible {
    /// To read lists of snapshots and slices.
    case read
    /// To ask for changes by this command of snapsh.
    case change(String)

    package var description: String {
      switch self {
      case .read: "api:read"
      case .change(let verb): "mutate:\(verb)"
      }
    }

    init?(_ text: String) {
      if text == "api:read" {
        self = .read
        return
      }
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[0] == "mutate", Manifest.verbs.contains(parts[1]) else {
        return nil
      }
      self = .change(parts[1])
    }
  }

  package static let verbs = ["create", "restore", "rename", "rm"]

  package struct Hook: Sendable {
    package enum Moment: String, Sendable { case before, after }
    package let moment: Moment
    package let verbs: Set<String>
    package let timeout: Duration
    /// What a hook that can't be asked means: nothing may be done, unless this is true.
    package let allowsOnError: Bool
  }

  package struct Format: Sendable {
    package let name: String
    package let media: String
  }
}

extension Manifest {
  /// - Parameters:
  ///   - text: the contents of `plugin.json`.
  ///   - path: the file, for errors.
  /// - Throws: `Failure` that names the file and the member.
  package init(parsing text: [UInt8], path: String) throws {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: text) } catch {
      let before = text.prefix(error.offset)
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      throw Failure(.plugin, "'\(path)' is not JSON: line \(line): \(error.problem)")
    }
    try self.init(ManifestReader(path: path, at: "", json))
  }

  private init(_ reader: ManifestReader) throws {
    name = try reader.text("name")
    guard Plugin.isName(name[...]) else {
      throw reader.failure("name", "must be letters, digits, '-' and '_'")
    }
    version = try reader.text("version")
    about = try reader.optionalText("about") ?? ""
    let versions = try reader.list("protocol").map { try $0.int() }
    guard versions.count == 2, versions[0] >= 1, versions[0] <= versions[1] else {
      throw reader.failure("protocol", "must be the first and the last version, such as [1, 1]")
    }
    self.versions = versions[0]...versions[1]
    run = try reader.list("run").map { try $0.text() }
    guard !run.isEmpty, run[0] != "" else {
      throw reader.failure("run", "must name a program, such as [\"./\(name)\"]")
    }
    permissions = try reader.optionalList("permissions").map { item in
      let text = try item.text()
      guard let permission = Permission(text) else {
        throw item.failure(
          "",
          "'\(text)' is no permission: there are api:read and "
            + Self.verbs.map { "mutate:\($0)" }.joined(separator: ", "))
      }
      return permission
    }
    let provides = try reader.object("provides")
    commands = try provides.optionalList("commands").map { try CommandDeclaration($0) }
    hooks = try provides.optionalList("hooks").map { try Hook($0) }
    formats = try provides.optionalList("formats").map { item in
      Format(name: try item.text("name"), media: try item.optionalText("media") ?? "text/plain")
    }
    var seen: Set<String> = []
    if let twice = commands.first(where: { !seen.insert($0.name).inserted }) {
      throw reader.failure("provides.commands", "has '\(twice.name)' twice")
    }
  }
}

extension Manifest.Hook {
  /// How long a hook is waited for that doesn't say so itself.
  static let usualTimeout = 3000

  fileprivate init(_ reader: ManifestReader) throws {
    let moment = try reader.text("on")
    guard let known = Moment(rawValue: moment) else {
      throw reader.failure("on", "must be before or after, not '\(moment)'")
    }
    self.moment = known
    let verbs = try reader.optionalList("verbs").map { try $0.text() }
    if let unknown = verbs.first(where: { !Manifest.verbs.contains($0) }) {
      throw reader.failure(
        "verbs", "'\(unknown)' is none of \(Manifest.verbs.joined(separator: ", "))")
    }
    self.verbs = Set(verbs.isEmpty ? Manifest.verbs : verbs)
    let milliseconds = try reader.optionalInt("timeout_ms") ?? Self.usualTimeout
    guard (1...60_000).contains(milliseconds) else {
      throw reader.failure("timeout_ms", "must be 1 to 60000")
    }
    timeout = .milliseconds(milliseconds)
    let onError = try reader.optionalText("on_error") ?? "deny"
    guard ["deny", "allow"].contains(onError) else {
      throw reader.failure("on_error", "must be deny or allow, not '\(onError)'")
    }
    allowsOnError = onError == "allow"
  }
}
