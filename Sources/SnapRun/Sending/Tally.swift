import CloudAPI
import CloudClient
import Synchronization

/// Counts the ends of a run's steps, and says when to stop.
final class Tally: Sendable {
  private struct State {
    var planned = 0
    var failures = 0
    var failuresInARow = 0
    var mustStop = false
    /// Restores that the cloud took on and no read has shown to be over.
    var restoring: Set<SnapshotID> = []
  }
  private let limits: Limits
  private let state = Mutex(State())

  init(limits: Limits) { self.limits = limits }

  var allowsMore: Bool {
    state.withLock { state in
      !state.mustStop
        && limits.allowsMore(
          failures: state.failures, inARow: state.failuresInARow, of: state.planned)
    }
  }

  func notePlanned(_ count: Int) { state.withLock { $0.planned += count } }

  /// Nothing more may be sent, whatever the counts say.
  func stop() { state.withLock { $0.mustStop = true } }

  func isRestoring(_ snapshot: SnapshotID) -> Bool {
    state.withLock { $0.restoring.contains(snapshot) }
  }

  func note(_ result: StepResult) {
    state.withLock { state in
      if result.step.verb == .restore, let snapshot = result.step.snapshot?.id {
        if case .accepted = result.outcome {
          state.restoring.insert(snapshot)
        } else {
          state.restoring.remove(snapshot)
        }
      }
      if result.outcome.isSuccess {
        state.failuresInARow = 0
        return
      }
      state.failures += 1
      state.failuresInARow += 1
      if result.outcome.isUnknown, result.step.verb == .restore { state.mustStop = true }
      if result.outcome.error?.failureClass(for: result.step.change.verb) == .stop {
        state.mustStop = true
      }
    }
  }
}
