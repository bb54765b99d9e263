extension CloudClient {
  /// Reads the whole list again and again until each operation has ended, or `timeout` has passed.
  ///
  /// One read serves all operations. Only the whole list will do: a slice's list doesn't show what
  /// is running, and `query=` is a search that may miss a row. Outcomes are in the order of
  /// `operations`; those that had not ended are `timedOut`. A read under way when the time is up is
  /// finished first. Three failed reads in a row end the wait with the last one's error.
  ///
  /// Reads follow each other fast at first and then every five seconds; more slowly, up to every half
  /// minute, while all that is open is far from its end by `expected`, how long each operation has
  /// taken before.
  package func wait(
    for operations: [PendingOperation], timeout: Duration? = nil, expected: [Duration?] = [],
    ages: [Duration] = [],
    onProgress: @Sendable ([WaitProgress]) -> Void = { _ in }
  ) async throws(CloudError) -> [WaitOutcome] {
    let time = configuration.time
    let start = time.now()
    var watches = operations.indices.map { index in
      OperationWatch(operations[index], age: ages.indices.contains(index) ? ages[index] : .zero)
    }
    var pause = Duration.milliseconds(100)
    var failures = 0
    while watches.contains(where: { $0.end == nil }) {
      let readStart = time.now()
      do throws(CloudError) {
        let list = SnapshotIndex(try await list(query: nil))
        failures = 0
        for index in watches.indices { watches[index].observe(list, at: readStart) }
        onProgress(watches.map(\.progress))
      } catch {
        failures += 1
        guard failures < 3, case .retry = error.failureClass(for: .list) else { throw error }
      }
      guard watches.contains(where: { $0.end == nil }) else { break }
      let now = time.now()
      let rest = timeout.map { $0 - (now - start) }
      if let rest, rest <= .zero { break }
      // At most a third of the time is spent reading, however long the list.
      let next = max(pause, (now - readStart) * 2)
      do {
        try await time.sleep(min(next, rest ?? next))
      } catch {
        throw CloudError(.cancelled(sent: false))
      }
      let soonest =
        watches.indices.lazy.filter { watches[$0].end == nil }
        .map { (expected.indices.contains($0) ? expected[$0] : nil) ?? .zero }.min() ?? .zero
      let slowest = min(max((soonest - (time.now() - start)) / 5, .seconds(5)), .seconds(30))
      pause = min(pause * 3 / 2, slowest)
    }
    return watches.map(\.outcome)
  }
}
