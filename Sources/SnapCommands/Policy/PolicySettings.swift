package import Retention

/// What the settings say for the commands about policy.
package struct PolicySettings: Sendable {
  /// Whose hours, days and weeks count.
  package var zone = Zone.utc
  /// The profile's policies: the texts of their rules, by the policy's name.
  package var policies: [String: [String: String]] = [:]

  package init() {}
}
