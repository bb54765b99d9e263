import Glibc
import Retention
import SnapCommands
import SnapLanguage
import TOMLKit

/// The configuration file: profiles, and which is meant when none is named.
///
///     default_profile = "prod"
///     [profiles.prod]
///     endpoint = "https://cloud.syminet.com/api/v1"
///     token_command = "pass show syminet"
struct ConfigFile: Sendable {
  struct Profile: Sendable {
    /// As text, by key.
    var values: [String: String] = [:]
    var isProduction = false
    /// The texts of the rules for retention, by the policy's name.
    var policies: [String: [String: String]] = [:]
  }

  static let credentialKeys = ["token", "token_file", "token_command"]
  private static let profileKeys =
    Option.allCases.compactMap(\.profileKey) + credentialKeys + ["production", "policies"]

  private(set) var defaultProfile: String?
  private(set) var profiles: [String: Profile] = [:]

  /// An absent file is an empty one.
  ///
  /// - Throws: `SettingError` for what can't be read, is no TOML, has unknown keys, or holds a
  ///   token that others can read.
  init(path: String, mustExist: Bool) throws(SettingError) {
    guard let text = try Self.contents(path, mustExist: mustExist) else { return }
    let table: TOMLTable
    do { table = try TOMLTable(string: text) } catch let error as TOMLParseError {
      throw SettingError(
        "\(path):\(error.source.begin.line):\(error.source.begin.column): \(error.description)")
    } catch {
      throw SettingError("\(path) is not valid TOML")
    }
    for (key, value) in table {
      switch key {
      case "default_profile":
        guard let name = value.string else { throw Self.wrongType(path, key, "a text") }
        defaultProfile = name
      case "profiles":
        guard let tables = value.table else { throw Self.wrongType(path, key, "tables") }
        for (name, value) in tables {
          guard let table = value.table else { throw Self.wrongType(path, name, "a table") }
          profiles[name] = try Self.profile(table, name, path)
        }
      default:
        throw SettingError(
          "\(path): unknown key '\(key)'",
          help: Suggestions.help(for: key, among: ["default_profile", "profiles"])
            ?? "profiles stand under [profiles.NAME]")
      }
    }
    try checkMode(path)
  }

  private static func wrongType(_ path: String, _ key: String, _ wanted: String) -> SettingError {
    SettingError("\(path): '\(key)' must be \(wanted)")
  }

  private static func contents(_ path: String, mustExist: Bool) throws(SettingError) -> String? {
    do throws(FileContents.Unreadable) {
      return String(decoding: try FileContents.read(path), as: UTF8.self)
    } catch {
      if error.isMissing, !mustExist { return nil }
      throw SettingError("can't read \(path): \(error.reason)")
    }
  }

  private static func profile(
    _ table: TOMLTable, _ name: String, _ path: String
  ) throws(SettingError) -> Profile {
    var profile = Profile()
    for (key, value) in table {
      guard profileKeys.contains(key) else {
        throw SettingError(
          "\(path): unknown key '\(key)' in the profile '\(name)'",
          help: Suggestions.help(for: key, among: profileKeys)
            ?? "keys: \(profileKeys.joined(separator: " "))")
      }
      if key == "production" {
        guard let isProduction = value.bool else { throw wrongType(path, key, "true or false") }
        profile.isProduction = isProduction
      } else if key == "policies" {
        guard let tables = value.table else { throw wrongType(path, key, "tables") }
        for (policy, value) in tables {
          guard let table = value.table else { throw wrongType(path, policy, "a table") }
          profile.policies[policy] = try PolicyTable(table, "'\(policy)' of '\(name)'", path).texts
        }
      } else if let text = value.string {
        profile.values[key] = text
      } else if let number = value.int {
        profile.values[key] = String(number)
      } else if let number = value.double {
        profile.values[key] = String(number)
      } else {
        throw wrongType(path, key, "a text or a number")
      }
    }
    let credentials = credentialKeys.filter { profile.values[$0] != nil }
    guard credentials.count <= 1 else {
      throw SettingError(
        "\(path): the profile '\(name)' has \(credentials.joined(separator: " and "))",
        help: "a profile has one of them", isAboutCredential: true)
    }
    return profile
  }

  /// A file that holds a token is for its owner alone.
  private func checkMode(_ path: String) throws(SettingError) {
    guard profiles.values.contains(where: { $0.values["token"] != nil }) else { return }
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & 0o077 == 0 else {
      throw SettingError(
        "\(path) holds a token and others can read it", help: "chmod 600 \(path)",
        isAboutCredential: true)
    }
  }
}
