/// A snapshot as rules see it.
package struct Entry: Sendable, Hashable {
  package let id: Int
  /// Microseconds since 1970; nil when the cloud doesn't tell.
  package let created: Int?
  /// What takes it out of all rules.
  package let exemption: Exemption?

  package init(id: Int, created: Int?, exemption: Exemption? = nil) {
    self.id = id
    self.created = created
    self.exemption = exemption
  }
}

/// Why a snapshot neither counts for a rule nor is deleted.
package enum Exemption: String, Sendable, CaseIterable {
  case running
  /// It ended without being completed.
  case failed
  case readOnly = "read-only"
  case future = "in the future"
  case undated = "no creation time"
}

/// What is to become of a snapshot, and why.
package struct Verdict: Sendable, Equatable {
  package enum Action: String, Sendable { case keep, delete }

  package let entry: Entry
  package let action: Action
  package let reasons: [Reason]
}

/// Why a snapshot is kept or deleted.
package enum Reason: Sendable, Hashable {
  case exempt(Exemption)
  case within(CalendarSpan)
  /// The newest of its period.
  case newest(Period)
  /// The oldest of all, kept by a rule that has counts left.
  case oldest(Period)
  case newestWithin(Period, CalendarSpan)
  case oldestWithin(Period, CalendarSpan)
  case floor(Int)

  // Of what is deleted, why each rule doesn't keep it.
  /// The rule has counted as many as it may.
  case usedUp(Period, Int)
  /// There is a newer one in its period.
  case notNewest(Period)
  case notWithin(CalendarSpan)

  /// In restic's words, where it has some.
  package var text: String {
    switch self {
    case .exempt(let exemption): exemption.rawValue
    case .within(let span): "within \(span)"
    case .newest(let period): "\(period) snapshot"
    case .oldest(let period): "oldest \(period) snapshot"
    case .newestWithin(let period, let span): "\(period) within \(span)"
    case .oldestWithin(let period, let span): "oldest \(period) within \(span)"
    case .floor(let count): count == 1 ? "the newest" : "of the \(count) newest"
    case .usedUp(.last, let count): count == 1 ? "not the last" : "not of the last \(count)"
    case .usedUp(let period, 1): "not the last \(period)"
    case .usedUp(let period, let count): "not of the last \(count) \(period)"
    case .notNewest(let period): "a newer one that \(period.noun)"
    case .notWithin(let span): "not within \(span)"
    }
  }
}
