package import CloudClient

/// Spreads changes over time: at most so many a second, of all executors that share it.
package actor Pacer {
  private let interval: Duration?
  private let time: TimeSource
  private var next: Duration?

  package init(rate: Double?, time: TimeSource = .system) {
    interval = rate.map { .seconds(1 / $0) }
    self.time = time
  }

  /// Waits for a turn.
  ///
  /// - Throws: `CancellationError`.
  func wait() async throws {
    guard let interval else { return }
    let now = time.now()
    let turn = max(now, next ?? now)
    next = turn + interval
    if turn > now { try await time.sleep(turn - now) }
  }
}
