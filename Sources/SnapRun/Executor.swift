import CloudAPI
package import CloudClient

/// The only sender of changes: checks a plan as a whole, sends its steps, one at a time for a
/// slice, decides after each failure whether to try again, and awaits the ends when asked to.
///
/// The rules are those of docs/safety.md, "What a failure means".
package struct Executor: Sendable {
  let client: CloudClient
  private let limits: Limits
  let pacer: Pacer
  let report: @Sendable (Event) -> Void

  package enum Event: Sendable {
    case ended(StepResult)
    /// Another operation holds the slice.
    case waitingForSlice(Step)
    case retrying(Step, attempt: Int, because: CloudError)
    case progress([WaitProgress])
  }

  package struct Wait: Sendable {
    package let timeout: Duration?
    package init(timeout: Duration?) { self.timeout = timeout }
  }

  /// `pacer` is what it shares with other executors; nil for one of its own.
  package init(
    client: CloudClient, limits: Limits, pacer: Pacer? = nil,
    report: @escaping @Sendable (Event) -> Void
  ) {
    self.client = client
    self.limits = limits
    self.report = report
    self.pacer = pacer ?? Pacer(rate: limits.rate, time: client.configuration.time)
  }

  /// Refuses what must not be begun: too many deletions, with the `deletionsBefore` that count
  /// against the same limit already, or permissions that are known to lack.
  package func check(_ steps: [Step], deletionsBefore: Int = 0) throws(Refusal) {
    let deletions = steps.count { $0.verb == .delete }
    if let limit = limits.mostDeletions, deletions > 0, deletionsBefore + deletions > limit {
      throw .tooManyDeletions(
        planned: deletionsBefore + deletions, before: deletionsBefore, limit: limit)
    }
    let lacking = steps.compactMap(\.missingPermission)
    guard lacking.isEmpty else { throw .permissions(lacking) }
  }

  /// Sends the steps and gives their results in the same order. When the task is cancelled nothing
  /// more is sent, and what was sent is awaited.
  package func run(_ steps: [Step], wait: Wait?) async -> [StepResult] {
    var results = steps.map { StepResult(step: $0, .notStarted) }
    let tally = Tally(limits: limits, total: steps.count)
    for batch in Self.batches(steps.indices) {
      for (index, result) in await run(batch, of: steps, tally) { results[index] = result }
    }
    if let wait { await self.wait(wait, &results) }
    return results
  }

  /// One step, then ten, then the rest: what fails for all fails for few.
  private static func batches(_ indices: Range<Int>) -> [Range<Int>] {
    [0..<1, 1..<11, 11..<Int.max].map { $0.clamped(to: indices) }.filter { !$0.isEmpty }
  }

  private func run(
    _ batch: Range<Int>, of steps: [Step], _ tally: Tally
  ) async -> [(Int, StepResult)] {
    let lanes = Dictionary(grouping: batch) { steps[$0].slice }.values
      .sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    var all: [(Int, StepResult)] = []
    await withTaskGroup(of: [(Int, StepResult)].self) { group in
      var waiting = lanes.makeIterator()
      for _ in 0..<max(1, limits.jobs) {
        guard let lane = waiting.next() else { break }
        group.addTask { await self.run(lane, of: steps, tally) }
      }
      for await ended in group {
        all += ended
        if let lane = waiting.next() {
          group.addTask { await self.run(lane, of: steps, tally) }
        }
      }
    }
    return all
  }

  /// Steps on one slice, one after the other.
  private func run(
    _ lane: [Int], of steps: [Step], _ tally: Tally
  ) async -> [(Int, StepResult)] {
    var ended: [(Int, StepResult)] = []
    for index in lane {
      let result = await send(steps[index], tally)
      if case .notStarted = result.outcome { break }
      await tally.note(result)
      report(.ended(result))
      ended.append((index, result))
    }
    return ended
  }
}
