import CloudAPI
package import CloudClient
import Synchronization

extension Executor {
  /// Awaits the ends of all that was accepted, by common reads of the list.
  ///
  /// When a read fails for good, what earlier reads have proven stands, and the rest is unknown.
  func wait(_ wait: Wait, _ operations: [Operation], _ results: inout [StepResult]) async {
    let awaited = results.indices.filter { results[$0].pendingOperation != nil }
    let failure: CloudError?
    (results, failure) = await client.ends(of: results, wait) { report(.progress($0)) }
    if let failure, !failure.isCancellation {
      for index in awaited where results[index].isAccepted {
        results[index].outcome = .unknown(failure)
      }
    }
    for index in awaited where !results[index].isAccepted {
      let result = results[index]
      run.tally.note(result)
      await note(result, of: operations[index])
      report(.ended(result))
    }
  }
}

extension CloudClient {
  /// Awaits the ends of those results that were accepted.
  ///
  /// - Returns: the results with what reads have proven, and why it could not go on; nil when it came
  ///   to its end or to the time-out.
  package func ends(
    of accepted: [StepResult], _ wait: Executor.Wait,
    progress: @Sendable ([WaitProgress]) -> Void = { _ in }
  ) async -> (results: [StepResult], failure: CloudError?) {
    var results = accepted
    let pending = results.indices.compactMap { index in
      results[index].pendingOperation.map { (index: index, operation: $0) }
    }
    guard !pending.isEmpty else { return (results, nil) }
    let latest = Mutex<[WaitProgress]>([])
    do throws(CloudError) {
      let outcomes = try await self.wait(
        for: pending.map(\.operation), timeout: wait.timeout,
        expected: pending.map { wait.expected?(accepted[$0.index].step) },
        ages: pending.map { wait.ages.indices.contains($0.index) ? wait.ages[$0.index] : .zero }
      ) { seen in
        latest.withLock { $0 = seen }
        progress(seen)
      }
      for (place, outcome) in zip(pending, outcomes) {
        results[place.index].note(outcome.end, outcome.rows)
      }
      return (results, nil)
    } catch {
      for (place, progress) in zip(pending, latest.withLock { $0 }) {
        if let end = progress.end { results[place.index].note(end, progress.rows) }
      }
      return (results, error)
    }
  }
}

extension CloudError {
  var isCancellation: Bool { if case .cancelled = kind { true } else { false } }
}

extension StepResult {
  fileprivate var isAccepted: Bool { if case .accepted = outcome { true } else { false } }

  /// What shows its end; nil when there is nothing to wait for, or nothing to tell it by.
  fileprivate var pendingOperation: PendingOperation? {
    guard isAccepted else { return nil }
    return switch step.change {
    case .create(let slice, let name):
      // An id in the cloud's answer is not documented, and may be that of something else.
      if let known = step.knownIDs { .create(slice, name: name, before: known) } else { nil }
    case .restore(let snapshot, let slice): .restore(snapshot, onto: slice)
    case .rename(let snapshot, let name): .rename(snapshot, name: name)
    case .delete(let snapshot): .delete(snapshot)
    case .list, .listSlice: nil
    }
  }

  fileprivate mutating func note(_ end: WaitProgress.End, _ rows: [SnapshotRow]) {
    outcome =
      switch end {
      case .done: .done
      case .vanished: .vanished
      case .neverSeen: .neverSeen
      case .timedOut: .timedOut
      }
    if step.verb == .create { noteCreated(rows.map(\.id)) }
  }

  /// One new snapshot of the name is the created one. Of several that may be it none is chosen,
  /// unless the cloud told which.
  mutating func noteCreated(_ ids: [SnapshotID]) {
    if let snapshot, ids.contains(snapshot) { return }
    guard let first = ids.first else { return }
    snapshot = ids.count == 1 ? first : nil
    candidates = ids.count == 1 ? [] : ids
  }
}
