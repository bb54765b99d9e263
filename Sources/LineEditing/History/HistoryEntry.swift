import Glibc

/// A line that was entered, and what became of it.
package struct HistoryEntry: Sendable, Equatable {
  /// Seconds since 1970 (POSIX).
  package var time: Int
  package var command: String
  /// The profile at whose prompt it was entered; nil when nobody noted it.
  package var profile: String?
  /// Milliseconds; nil while it runs, and for ever when its session died.
  package var duration: Int?
  /// The exit code, nil as `duration` is.
  package var code: Int?
  /// Joins the record of its end to that of its start; no two sessions give the same.
  package var id: String?

  package init(
    time: Int, command: String, profile: String? = nil, duration: Int? = nil, code: Int? = nil,
    id: String? = nil
  ) {
    self.time = time
    self.command = command
    self.profile = profile
    self.duration = duration
    self.code = code
    self.id = id
  }
}

extension HistoryEntry {
  /// Whether a session of this process has entered it.
  package var isOfThisProcess: Bool { id?.hasSuffix(".\(getpid())") ?? false }
}

extension [HistoryEntry] {
  /// Of equal commands the newest, oldest first.
  package var distinct: [HistoryEntry] {
    var seen: Set<String> = []
    return reversed().filter { seen.insert($0.command).inserted }.reversed()
  }
}
