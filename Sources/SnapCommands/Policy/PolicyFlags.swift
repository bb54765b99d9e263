import Retention
import SnapLanguage

/// The flags of `prune` that say what to keep.
enum PolicyFlags {
  static let all =
    Policy.keys.map { Flag($0, .string, about: about($0)) } + [
      Flag("policy", .string, about: "rules of the profile, by their name")
    ]

  private static func about(_ key: String) -> String {
    if key == Policy.floorKey { return "a number of complete ones that stay in any case (1)" }
    if key == "keep-within" { return "all so young, counted back from the newest: 30d, 1y6m, 12h" }
    let period = key.split(separator: "-").last.flatMap { Period(rawValue: String($0)) } ?? .last
    if key.hasPrefix("keep-within-") {
      return "the newest of each \(period.noun) so young, as 30d"
    }
    return period == .last
      ? "so many of the newest, or 'unlimited'"
      : "the newest of so many \(period.noun)s, or 'unlimited'"
  }

  /// The policy of a call: the rules of `--policy`, and the flags in place of its own.
  ///
  /// - Throws: `Failure` of kind usage.
  static func policy(of call: Call, _ settings: PolicySettings) throws -> Policy {
    var texts: [String: String] = [:]
    if let name = call.flag("policy")?.stringValue {
      guard let named = settings.policies[name] else {
        let names = settings.policies.keys.sorted()
        throw Failure(
          .usage, "the profile has no policy '\(name)'",
          help: Suggestions.help(for: name, among: names)
            ?? (names.isEmpty
              ? "policies stand under [profiles.NAME.policies.\(name)]"
              : "policies: \(names.joined(separator: " "))"),
          exitCode: ExitCode.usage)
      }
      texts = named
    }
    for key in Policy.keys {
      if let text = call.flag(key)?.stringValue { texts[key] = text }
    }
    do throws(PolicyError) { return try Policy(texts) } catch {
      throw Failure(.usage, error.message, help: error.help, exitCode: ExitCode.usage)
    }
  }
}
