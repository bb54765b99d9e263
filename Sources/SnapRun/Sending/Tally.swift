import CloudAPI
import CloudClient
import Synchronization

/// Counts the ends of a run's steps, and says when to stop.
final class Tally: Sendable {
  private struct State {
    /// Changes that commands have come with, and all that are known of.
    var begun = 0
    var planned = 0
    var expected = 0
    var failures = 0
    var failuresInARow = 0
    /// Whether each command so far had one change, so that how many there will be isn't known.
    var isOpenEnded = true
    var stop: Run.Stop?
    /// Restores that the cloud took on and no read has shown to be over.
    var restoring: Set<SnapshotID> = []
  }
  private let limits: Limits
  private let state = Mutex(State())

  /// Before so many changes a share of them says little, unless it is known that there are no more.
  private static let leastSample = 10

  init(limits: Limits) { self.limits = limits }

  var allowsMore: Bool { stop == nil }

  /// Why nothing more may be sent; it stays.
  var stop: Run.Stop? { state.withLock { $0.stop } }

  /// `written`: how many changes the run has written down, of which some may be yet to come.
  func notePlanned(_ count: Int, written: Int) {
    state.withLock { state in
      state.begun += count
      if count > 1 { state.isOpenEnded = false }
      state.planned = max(state.begun, written, state.expected)
    }
  }

  /// `count` more will come.
  func expect(_ count: Int) {
    guard count > 0 else { return }
    state.withLock { state in
      state.isOpenEnded = false
      state.expected = state.begun + count
    }
  }

  /// Nothing more may be sent, whatever the counts say.
  func stop(_ reason: Run.Stop) { state.withLock { $0.stop = $0.stop ?? reason } }

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
      if state.stop != nil { return }
      if result.outcome.isUnknown, result.step.verb == .restore {
        state.stop = .restoreInDoubt
      } else if result.outcome.error?.failureClass(for: result.step.change.verb) == .stop {
        state.stop = .refused
      } else if !limits.allowsMore(
        failures: state.failures, inARow: state.failuresInARow,
        of: state.isOpenEnded ? max(state.planned, Self.leastSample) : state.planned)
      {
        state.stop = .failures
      }
    }
  }
}

extension Run {
  /// Why a run sends nothing more.
  package enum Stop: Sendable {
    case restoreInDoubt
    /// By the token, or by answers that are none of this API.
    case refused
    /// As many as the limits allow.
    case failures
    case journal
  }

  package var stop: Stop? { tally.stop }
}
