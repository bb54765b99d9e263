import Synchronization

/// How long to wait before a try, whether there may be one, and when the cloud wants quiet;
/// shared by all requests of a client.
final class RetryPolicy: Sendable {
  /// Retries that the budget allows before it has seen any request. With it, each request adds a
  /// tenth of a retry.
  static let floor = 10
  /// A server that asks for a longer pause gets no retry; its wish is reported.
  static let longestRetryAfter = Duration.seconds(300)

  private struct State {
    /// Tenths of a retry.
    var budget = RetryPolicy.floor * 10
    var refilled = Duration.zero
    var quietUntil = Duration.zero
  }
  private let state: Mutex<State>
  private let time: TimeSource

  init(time: TimeSource) {
    self.time = time
    state = Mutex(State(refilled: time.now()))
  }

  /// Full jitter: a random part of a bound that doubles with each try, from 50 ms, or 1 s when
  /// throttled, to 20 s; at least what the server asked for. `attempt` counts from 1.
  func delay(attempt: Int, after error: CloudError) -> Duration {
    let base: Duration = error.kind == .quota ? .seconds(1) : .milliseconds(50)
    let bound = min(base * (1 << min(max(attempt - 1, 0), 20)), .seconds(20))
    return max(bound * time.random(), error.retryAfter ?? .zero)
  }

  func noteRequest() { state.withLock { $0.budget += 1 } }

  /// Takes one retry from the budget, if there is one. An empty budget recovers by one a second up
  /// to its floor, so that a session that outlives an outage retries again.
  func takeRetry() -> Bool {
    let now = time.now()
    return state.withLock { state in
      let seconds = (now - state.refilled).components.seconds
      state.refilled += .seconds(seconds)
      let floor = Self.floor * 10
      if state.budget < floor { state.budget = min(floor, state.budget + Int(seconds) * 10) }
      guard state.budget >= 10 else { return false }
      // One for the retry, and the tenth that it will add as a request.
      state.budget -= 11
      return true
    }
  }

  /// All requests that have not been sent yet wait that long.
  func keepQuiet(for duration: Duration) {
    let end = time.now() + duration
    state.withLock { $0.quietUntil = max($0.quietUntil, end) }
  }

  func waitForQuiet() async throws(CancellationError) {
    while true {
      let rest = state.withLock { $0.quietUntil } - time.now()
      guard rest > .zero else { return }
      try await time.sleep(rest)
    }
  }
}
