/// How old what an index knows is, and what became of getting it anew.
package struct IndexState: Sendable, Equatable {
  package enum Fetch: Sendable, Equatable {
    case idle, loading
    /// Why it failed, as a sentence.
    case failed(String)
  }

  /// When the last whole list was read, in microseconds since 1970.
  package var time: Int?
  package var fetch = Fetch.idle

  package init(time: Int? = nil, fetch: Fetch = .idle) {
    self.time = time
    self.fetch = fetch
  }

  private static let freshness = 5 * 60 * 1_000_000

  /// Whether a list is so old, or not there, that it should be got anew.
  package func isStale(now: Int) -> Bool {
    guard let time else { return true }
    return now - time > Self.freshness
  }

  /// What a person should know about candidates, or about there being none that fit `typed`; `kind` is
  /// `snapshot` or `slice`.
  func note(_ kind: String, typed: String, found: Bool, now: Int) -> String? {
    guard let time else {
      return found ? reason : reason ?? "the list has not been fetched yet"
    }
    let isOld = isStale(now: now) || isFailed
    let age = (isOld ? Age.text(of: time, now: now) : nil).map { "as of \($0) ago" }
    let nothing = typed.isEmpty ? "there are no \(kind)s" : "no \(kind) matches '\(typed)'"
    let what = [found ? nil : nothing, age].compactMap(\.self).joined(separator: " ")
    let why = isOld || !found ? reason : nil
    let text = [what.isEmpty ? nil : what, why].compactMap(\.self).joined(separator: "; ")
    return text.isEmpty ? nil : text
  }

  private var isFailed: Bool { if case .failed = fetch { true } else { false } }

  private var reason: String? {
    switch fetch {
    case .idle: nil
    case .loading: "the list is being fetched"
    case .failed(let message): message
    }
  }
}
