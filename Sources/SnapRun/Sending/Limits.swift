/// The bounds of a run, as the options of the command line set them.
package struct Limits: Sendable, Equatable {
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
    /// Of the steps that the run has planned so far, 0...100.
    case percent(Int)

    /// As the option is written: `5` or `10%`; nil for anything else.
    package init?(_ text: String) {
      if text.hasSuffix("%") {
        guard let percent = Int(text.dropLast()), (0...100).contains(percent) else { return nil }
        self = .percent(percent)
      } else {
        guard let count = Int(text), count >= 1 else { return nil }
        self = .count(count)
      }
    }

    package var text: String {
      switch self {
      case .count(let count): "\(count)"
      case .percent(let percent): "\(percent)%"
      }
    }
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

extension Limits {
  /// Refuses what must not be begun: too many deletions, with the `deletionsBefore` that count
  /// against the same limit already, or permissions that are known to lack.
  package func check(_ steps: [Step], deletionsBefore: Int = 0) throws(Refusal) {
    let deletions = steps.count { $0.verb == .delete }
    if let limit = mostDeletions, deletions > 0, deletionsBefore + deletions > limit {
      throw .tooManyDeletions(
        planned: deletionsBefore + deletions, before: deletionsBefore, limit: limit)
    }
    let lacking = steps.compactMap(\.missingPermission)
    guard lacking.isEmpty else { throw .permissions(lacking) }
  }
}

/// Why a plan was refused before anything was sent.
package enum Refusal: Error {
  /// `before` of the planned ones were sent already.
  case tooManyDeletions(planned: Int, before: Int, limit: Int)
  /// What lacks a permission, a line each.
  case permissions([String])
}
