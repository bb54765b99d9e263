import CloudClient
import Synchronization

/// How many changes a second a run sends: one bucket for all of its workers. A cloud that says "too
/// many" halves what was sent lately; each success after that allows a little more, up to the
/// run's own limit.
final class RequestRate: Sendable {
  /// What a success adds, as a share of the rate.
  private static let gain = 0.05
  private static let slowest = 0.2
  /// Without a limit of its own the run is free again at this multiple of the rate at which it was
  /// slowed down.
  private static let freeFrom = 4.0

  private struct State {
    /// Changes a second; nil for as fast as can be.
    var rate: Double?
    var next = Duration.zero
    /// When the last changes were sent.
    var recent: [Duration] = []
    var slowedAt = 0.0
    var slowedUntil = Duration.zero
  }
  private let limit: Double?
  private let state: Mutex<State>

  init(limit: Double?) {
    self.limit = limit
    state = Mutex(State(rate: limit))
  }

  /// Waits for a turn.
  ///
  /// - Throws: `CancellationError`.
  func wait(_ time: TimeSource) async throws {
    let now = time.now()
    let turn = state.withLock { state in
      state.recent.append(now)
      if state.recent.count > 32 { state.recent.removeFirst() }
      guard let rate = state.rate else { return now }
      let turn = max(now, state.next)
      state.next = turn + .seconds(1 / rate)
      return turn
    }
    if turn > now { try await time.sleep(turn - now) }
  }

  /// The cloud has refused a change because there were too many. Several refusals at a time count
  /// as one.
  func noteThrottled(at now: Duration) {
    state.withLock { state in
      guard now >= state.slowedUntil else { return }
      let span = now - (state.recent.first ?? now)
      let seconds = Double(span.components.seconds) + Double(span.components.attoseconds) / 1e18
      let measured = seconds > 0 ? Double(state.recent.count) / seconds : 10
      let rate = max(Self.slowest, min(state.rate ?? measured, measured) / 2)
      state.rate = rate
      state.slowedAt = rate
      state.slowedUntil = now + .seconds(1)
    }
  }

  func noteSuccess() {
    state.withLock { state in
      guard let rate = state.rate, state.slowedAt > 0 else { return }
      let faster = rate * (1 + Self.gain)
      if let limit {
        state.rate = min(limit, faster)
      } else {
        state.rate = faster < state.slowedAt * Self.freeFrom ? faster : nil
      }
    }
  }
}
