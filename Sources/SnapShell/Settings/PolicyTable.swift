import Retention
import SnapLanguage
import TOMLKit

/// A policy in the configuration file:
///
///     [profiles.prod.policies.gfs]
///     keep_daily = 7
///     keep_monthly = "unlimited"
///     keep_within = "30d"
struct PolicyTable {
  /// By the rules' names, as the flags of `prune` are called.
  private(set) var texts: [String: String] = [:]

  /// `name` is the policy's, for messages.
  ///
  /// - Throws: `SettingError` for what is no rule, or for rules that keep nothing.
  init(_ table: TOMLTable, _ name: String, _ path: String) throws(SettingError) {
    let keys = Policy.keys.map { $0.split(separator: "-").joined(separator: "_") }
    for (key, value) in table {
      guard let at = keys.firstIndex(of: key) else {
        throw SettingError(
          "\(path): unknown key '\(key)' in the policy \(name)",
          help: Suggestions.help(for: key, among: keys) ?? "keys: \(keys.joined(separator: " "))")
      }
      guard let text = value.string ?? value.int.map(String.init) else {
        throw SettingError("\(path): '\(key)' of the policy \(name) must be a text or a number")
      }
      texts[Policy.keys[at]] = text
    }
    do throws(PolicyError) { _ = try Policy(texts) } catch {
      throw SettingError("\(path): the policy \(name): \(error.message)", help: error.help)
    }
  }
}
