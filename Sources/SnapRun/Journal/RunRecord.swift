/// What the journal says about one run.
package struct RunRecord: Sendable {
  package let id: Int
  package let header: RunHeader
  /// Microseconds since 1970, as all times of the journal.
  package let begun: Int
  /// Nil while it goes on, and of a run whose process was killed.
  package let ended: Int?
  package let exitCode: Int32?
  /// Operations by state.
  package let counts: [OperationState: Int]
  /// Whether a process is at it.
  package let isAlive: Bool

  /// Whether something was never sent, or may have been: `resume` has to look at it.
  package var hasOpenOperations: Bool { counts.keys.contains(where: \.isOpen) }
}

/// What a run is, before it has an id.
package struct RunHeader: Sendable, Equatable {
  package let kind: Kind
  /// The script as it was named, `<code>` or `<prompt>`.
  package let name: String
  /// Of a script in a file: its absolute path.
  package let path: String?
  /// The text that runs, in full; of a plan, its JSON.
  package let text: String
  package let arguments: [String]
  package let endpoint: String
  package let profile: String
  package let user: String
  package let process: Int
  package let zone: String
  package let limits: Limits
  /// The digest of the plan that is carried out.
  package let plan: String?

  package enum Kind: String, Sendable { case script, code, prompt, plan }

  package init(
    kind: Kind, name: String, path: String? = nil, text: String, arguments: [String] = [],
    endpoint: String, profile: String, user: String, process: Int, zone: String, limits: Limits,
    plan: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.path = path
    self.text = text
    self.arguments = arguments
    self.endpoint = endpoint
    self.profile = profile
    self.user = user
    self.process = process
    self.zone = zone
    self.limits = limits
    self.plan = plan
  }

  /// Of the text, by SHA-256.
  package var digest: String { Digest.sha256(text) }
}
