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

  package init(
    client: CloudClient, limits: Limits, report: @escaping @Sendable (Event) -> Void
  ) {
    self.client = client
    self.limits = limits
    self.report = report
    pacer = Pacer(rate: limits.rate, time: client.configuration.time)
  }

  /// Refuses what must not be begun: too many deletions, or permissions that are known to lack.
  package func check(_ steps: [Step]) throws(Refusal) {
    let deletions = steps.count { $0.verb == .delete }
    if let limit = limits.mostDeletions, deletions > limit {
      throw .tooManyDeletions(planned: deletions, limit: limit)
    }
    let lacking = steps.compactMap(\.missingPermission)
    guard lacking.isEmpty else { throw .permissions(lacking) }
  }

  /// Sends the steps and gives their results in the same order. When the task is cancelled nothing
  /// more is sent, and what was sent is awaited.
  package func run(_ steps: [Step], wait: Wait?) async -> [StepResult] {
    var results = steps.map { StepResult(step: $0, outcome: .notStarted, snapshot: $0.snapshot?.id) }
    let lanes = Dictionary(grouping: steps.indices) { steps[$0].slice }.values
      .sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    let tally = Tally(limits: limits, total: steps.count)
    await withTaskGroup(of: [(Int, StepResult)].self) { group in
      var waiting = lanes.makeIterator()
      for _ in 0..<max(1, limits.jobs) {
        guard let lane = waiting.next() else { break }
        group.addTask { await self.run(lane, of: steps, tally) }
      }
      for await ended in group {
        for (index, result) in ended { results[index] = result }
        if let lane = waiting.next() {
          group.addTask { await self.run(lane, of: steps, tally) }
        }
      }
    }
    if let wait { await self.wait(wait, &results) }
    return results
  }

  private func run(
    _ lane: [Int], of steps: [Step], _ tally: Tally
  ) async -> [(Int, StepResult)] {
    var ended: [(Int, StepResult)] = []
    for index in lane {
      guard await tally.allowsMore, !Task.isCancelled else { break }
      let result = await send(steps[index])
      await tally.note(result)
      report(.ended(result))
      ended.append((index, result))
    }
    return ended
  }

  /// Awaits the ends of all that was accepted, by common reads of the list.
  private func wait(_ wait: Wait, _ results: inout [StepResult]) async {
    let accepted = results.indices.filter {
      if case .accepted = results[$0].outcome { true } else { false }
    }
    guard !accepted.isEmpty else { return }
    let operations = accepted.map { results[$0].pendingOperation }
    do throws(CloudError) {
      let outcomes = try await client.wait(for: operations, timeout: wait.timeout) {
        report(.progress($0))
      }
      for (index, outcome) in zip(accepted, outcomes) {
        results[index].snapshot = outcome.rows.first?.id ?? results[index].snapshot
        results[index].outcome =
          switch outcome.end {
          case .done: .done
          case .vanished: .vanished
          case .timedOut: .timedOut
          }
        report(.ended(results[index]))
      }
    } catch {
      if case .cancelled = error.kind { return }
      for index in accepted {
        results[index].outcome = .unknown(error)
        report(.ended(results[index]))
      }
    }
  }
}

extension StepResult {
  fileprivate var pendingOperation: PendingOperation {
    switch step.change {
    case .create(let slice, let name):
      if let snapshot { .any(snapshot) } else {
        .create(slice, name: name, before: step.knownIDs ?? [])
      }
    case .restore(let snapshot, let slice): .restore(snapshot, onto: slice)
    case .rename(let snapshot, let name): .rename(snapshot, name: name)
    case .delete(let snapshot): .delete(snapshot)
    case .list, .listSlice: .any(snapshot ?? SnapshotID(0))
    }
  }
}

/// Counts the ends of a run's steps, and says when to stop.
private actor Tally {
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
    switch result.outcome {
    case .unknown: if result.step.verb == .restore { mustStop = true }
    case .failed(let error):
      if error.failureClass(for: result.step.change.verb) == .stop { mustStop = true }
    default: break
    }
  }
}
