import Glibc
import OrderedJSON
import SnapCommands
import SnapLanguage

/// What a person has agreed to run, in `.approved.json` of the plugin folder.
package struct Approvals: Sendable {
  package struct Entry: Sendable {
    /// The plugin's fingerprint when it was agreed to.
    package let fingerprint: String
    package var isEnabled: Bool

    package init(fingerprint: String, isEnabled: Bool) {
      self.fingerprint = fingerprint
      self.isEnabled = isEnabled
    }
  }

  private var entries: [String: Entry] = [:]
  private let path: String

  static let fileName = ".approved.json"

  /// What can't be read approves nothing.
  package init(folder: String) {
    path = "\(folder)/\(Self.fileName)"
    guard let bytes = try? FileContents.read(path), let json = try? JSON(parsing: bytes),
      let plugins = json.objectValue
    else { return }
    for member in plugins.members {
      guard let entry = member.value.objectValue,
        let fingerprint = entry["fingerprint"]?.stringValue
      else { continue }
      entries[member.name] = Entry(
        fingerprint: fingerprint, isEnabled: entry["enabled"] != .bool(false))
    }
  }

  package subscript(name: String) -> Entry? {
    get { entries[name] }
    set { entries[name] = newValue }
  }

  /// - Throws: `Failure` with the system's reason.
  package func write() throws {
    let members = entries.sorted { $0.key < $1.key }.map { name, entry in
      JSONObject.Member(
        name, ["fingerprint": .string(entry.fingerprint), "enabled": .bool(entry.isEnabled)])
    }
    try LocalFile(path).replace(overwrite: true) { write in
      try write(JSON.object(JSONObject(members)).text(indented: true) + "\n")
    }
    chmod(path, 0o600)
  }
}
