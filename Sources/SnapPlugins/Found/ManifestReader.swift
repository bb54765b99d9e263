import OrderedJSON
import SnapLanguage

/// A value of a manifest with its place, so that what is wrong can be said with it.
struct ManifestReader {
  let path: String
  /// The value's place in the file, such as `provides.commands[2]`; empty for the whole.
  let place: String
  private let json: JSON

  init(path: String, at place: String, _ json: JSON) {
    self.path = path
    self.place = place
    self.json = json
  }

  func failure(_ member: String, _ problem: String) -> Failure {
    let name = [place, member].filter { !$0.isEmpty }.joined(separator: ".")
    return Failure(
      .plugin, name.isEmpty ? "'\(path)' \(problem)" : "'\(path)': '\(name)' \(problem)",
      help: "docs/plugins.md has all members of plugin.json")
  }

  private func members() throws -> JSONObject {
    guard let object = json.objectValue else { throw failure("", "must be an object") }
    return object
  }

  private func member(_ name: String) throws -> ManifestReader? {
    guard let value = try members()[name], value != .null else { return nil }
    return ManifestReader(path: path, at: place.isEmpty ? name : "\(place).\(name)", value)
  }

  private func required(_ name: String) throws -> ManifestReader {
    guard let value = try member(name) else { throw failure(name, "is missing") }
    return value
  }

  func text() throws -> String {
    guard let text = json.stringValue else { throw failure("", "must be a text") }
    return text
  }

  func int() throws -> Int {
    guard let number = json.intValue else { throw failure("", "must be a whole number") }
    return number
  }

  private func items() throws -> [ManifestReader] {
    guard let items = json.arrayValue else { throw failure("", "must be a list") }
    return items.enumerated().map {
      ManifestReader(path: path, at: "\(place)[\($0)]", $1)
    }
  }

  func text(_ name: String) throws -> String { try required(name).text() }
  func optionalText(_ name: String) throws -> String? { try member(name)?.text() }
  func optionalInt(_ name: String) throws -> Int? { try member(name)?.int() }
  func list(_ name: String) throws -> [ManifestReader] { try required(name).items() }
  func optionalList(_ name: String) throws -> [ManifestReader] {
    try member(name)?.items() ?? []
  }
  func object(_ name: String) throws -> ManifestReader { try required(name) }
  func value(_ name: String) throws -> JSON? { try members()[name] }

  func flag(_ name: String) throws -> Bool {
    guard let value = try member(name) else { return false }
    guard case .bool(let isSet) = value.json else {
      throw value.failure("", "must be true or false")
    }
    return isSet
  }
}
