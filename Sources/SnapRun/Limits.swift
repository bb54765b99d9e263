/// The bounds of a run, as the options of the command line set them.
package struct Limits: Sendable {
  /// Slices that are worked on at a time.
  package var jobs: Int
  /// A plan with more deletions is refused before the first one.
  package var mostDeletions: Int?
  /// Failures after which nothing more is sent.
  package var stopAfter: StopAfter?
  /// Requests that change something, a second.
  package var rate: Double?

  package enum StopAfter: Sendable, Equatable {
    case count(Int)
    /// Of the steps of the statement, 0...100.
    case percent(Int)
  }

  package init(
    jobs: Int = 1, mostDeletions: Int? = nil, stopAfter: StopAfter? = nil, rate: Double? = nil
  ) {
    self.jobs = jobs
    self.mostDeletions = mostDeletions
    self.stopAfter = stopAfter
    self.rate = rate
  }

  /// Failures in a row after which a run stops in any case.
  static let failuresInARow = 5

  func allowsMore(failures: Int, inARow: Int, of total: Int) -> Bool {
    guard inARow < Self.failuresInARow else { return false }
    return switch stopAfter {
    case nil: true
    case .count(let count): failures < count
    case .percent(let percent): failures * 100 < percent * max(1, total) || failures == 0
    }
  }
}

/// Why a plan was refused before anything was sent.
package enum Refusal: Error {
  /// `before` of the planned ones were sent already.
  case tooManyDeletions(planned: Int, before: Int, limit: Int)
  /// What lacks a permission, a line each.
  case permissions([String])
}
