import CloudClient
import Synchronization

/// What must not come into the history: the tokens of this session, and what looks like one.
final class Secrets: Sendable {
  private let known: Mutex<Set<String>>
  private let told = Mutex(false)

  init(_ settings: Settings) {
    if case .remote(_, .token(let token)) = settings.cloud {
      known = Mutex([token])
    } else {
      known = Mutex([])
    }
  }

  /// `credential`, whose answers are secrets from then on.
  func noting(_ credential: @escaping Credential) -> Credential {
    { [self] in
      let token = try await credential()
      known.withLock { _ = $0.insert(token) }
      return token
    }
  }

  /// Whether it is asked for the first time.
  var isFirst: Bool {
    told.withLock { told in
      defer { told = true }
      return !told
    }
  }

  func areSeen(in text: String) -> Bool {
    // A shorter one could stand anywhere.
    if known.withLock({ $0.contains { $0.utf8.count >= 4 && text.contains($0) } }) { return true }
    return Self.looksSecret(text)
  }

  /// The environment without the token, for programs that must not have it.
  func withoutTokens(_ environment: [String: String]) -> [String: String] {
    let known = known.withLock { $0 }
    return environment.filter { name, value in
      !name.hasPrefix("SNAPSH_TOKEN")
        && !known.contains { $0.utf8.count >= 4 && value.contains($0) }
    }
  }

  /// Whether the name of a secret stands there with its value, as in an assignment, a record or a
  /// header, or after an option, or something that has the form of a well-known one: a JWT (RFC 7519), a
  /// token of GitHub, GitLab or Slack, a key of AWS, a private key. A value that comes from a variable or a
  /// command is none.
  static func looksSecret(_ text: String) -> Bool {
    let assigned =
      /(?i)(?:token|password|passwd|passphrase|secret|api[_-]?key)['"]?\s*[=:]\s*['"]?[^\s'"$(=~]/
    let option =
      /(?i)--(?:token|password|passwd|passphrase|secret|api-?key)\s+['"]?[^\s'"$(-]/
    let bearer = /(?i)\bbearer\s+['"]?[^\s'"$(]/
    let known =
      /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}|\bgh[opsur]_\w{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{16,}|\bxox[abeprs]-[\w-]{10,}|\bAKIA[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY/
    return text.contains(assigned) || text.contains(option) || text.contains(bearer)
      || text.contains(known)
  }
}
