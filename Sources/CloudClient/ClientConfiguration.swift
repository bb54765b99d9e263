/// Gives the token; asked once, at the first request that needs it.
package typealias Credential = @Sendable () async throws -> String

/// Whom to talk to, as whom, and with how much patience.
package struct ClientConfiguration: Sendable {
  package var endpoint: CloudEndpoint
  package var credential: Credential
  /// For one request with all of its answer; tries and the pauses between them don't add up in it.
  package var deadline: Duration
  /// Pages of a list that are fetched at a time.
  package var concurrency: Int
  /// Times that a read is sent before its failure is final.
  package var readAttempts: Int
  /// Times that a mutation may be sent; kept here for the executor, `attempt` sends one request.
  package var mutationAttempts: Int
  package var time: TimeSource
  /// Called on the task of the request; must return soon.
  package var trace: (@Sendable (RequestTrace) -> Void)?

  package init(
    endpoint: CloudEndpoint, credential: @escaping Credential, deadline: Duration = .seconds(60),
    concurrency: Int = 8, readAttempts: Int = 6, mutationAttempts: Int = 3,
    time: TimeSource = .system, trace: (@Sendable (RequestTrace) -> Void)? = nil
  ) {
    self.endpoint = endpoint
    self.credential = credential
    self.deadline = deadline
    self.concurrency = max(1, concurrency)
    self.readAttempts = max(1, readAttempts)
    self.mutationAttempts = max(1, mutationAttempts)
    self.time = time
    self.trace = trace
  }
}

/// Time and chance, so that tests of pauses need not wait for them.
///
/// The deadline of a request doesn't use it: that one is about a real connection.
package struct TimeSource: Sendable {
  /// Since some fixed moment; never goes back.
  package var now: @Sendable () -> Duration
  /// Throws only when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws(CancellationError) -> Void
  /// In 0...1.
  package var random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  package static let system: TimeSource = {
    let start = ContinuousClock.now
    return TimeSource(
      now: { ContinuousClock.now - start },
      sleep: { duration async throws(CancellationError) in
        do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
      },
      random: { Double.random(in: 0...1) })
  }()
}
