import CloudClient

/// Counts the ends of a run's steps, and says when to stop.
actor Tally {
  private let limits: Limits
  private let total: Int
  private var failures = 0
  private var failuresInARow = 0
  private var mustStop = false

  init(limits: Limits, total: Int) {
    self.limits = limits
    self.total = total
  }

  var allowsMore: Bool {
    !mustStop && limits.allowsMore(failures: failures, inARow: failuresInARow, of: total)
  }

  func note(_ result: StepResult) {
    if result.outcome.isSuccess {
      failuresInARow = 0
      return
    }
    failures += 1
    failuresInARow += 1
    if result.outcome.isUnknown, result.step.verb == .restore { mustStop = true }
    if result.outcome.error?.failureClass(for: result.step.change.verb) == .stop { mustStop = true }
  }
}
