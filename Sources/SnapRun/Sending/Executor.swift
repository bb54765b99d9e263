import CloudAPI
package import CloudClient

/// The only sender of changes: sends the operations of a run, one at a time for a slice, each after
/// its intent is in the journal, decides after each failure whether to try again, and awaits the ends
/// when asked to.
///
/// The rules are those of docs/failures.md.
package struct Executor: Sendable {
  package let client: CloudClient
  package let run: Run
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
    /// How long a step will take, by what the cloud has recorded of others.
    package var expected: (@Sendable (Step) -> Duration?)?
    /// For how long the cloud has had each of them, where that is known.
    package var ages: [Duration] = []
    package init(timeout: Duration?) { self.timeout = timeout }
  }

  package init(client: CloudClient, run: Run, report: @escaping @Sendable (Event) -> Void) {
    self.client = client
    self.run = run
    self.report = report
  }

  /// Sends the operations and gives their results in the same order. When the task is cancelled
  /// nothing more is sent, and what was sent is awaited.
  package func perform(_ operations: [Operation], wait: Wait?) async -> [StepResult] {
    run.tally.notePlanned(operations.count, written: run.count)
    var results = operations.map { StepResult(step: $0.step, .notStarted) }
    for batch in Self.batches(operations.indices) {
      for (index, result) in await perform(batch, of: operations) { results[index] = result }
    }
    if let wait { await self.wait(wait, operations, &results) }
    return results
  }

  /// One operation, then ten, then the rest: what fails for all fails for few.
  private static func batches(_ indices: Range<Int>) -> [Range<Int>] {
    [0..<1, 1..<11, 11..<Int.max].map { $0.clamped(to: indices) }.filter { !$0.isEmpty }
  }

  private func perform(
    _ batch: Range<Int>, of operations: [Operation]
  ) async -> [(Int, StepResult)] {
    let lanes = Lanes(batch.map { operations[$0].step }, from: batch.lowerBound).indices
    let jobs = max(1, run.header.limits.jobs)
    // With a rate it is that which is waited for.
    let ahead = run.header.limits.rate == nil ? jobs / Self.jobsForOneAhead : 0
    let slots = RequestSlots(jobs)
    var all: [(Int, StepResult)] = []
    await withTaskGroup(of: [(Int, StepResult)].self) { group in
      var waiting = lanes.makeIterator()
      for _ in 0..<jobs + ahead {
        guard let lane = waiting.next() else { break }
        group.addTask { await self.perform(lane, of: operations, slots) }
      }
      for await ended in group {
        all += ended
        if let lane = waiting.next() {
          group.addTask { await self.perform(lane, of: operations, slots) }
        }
      }
    }
    return all
  }

  /// For so many jobs one operation is made ready ahead of its turn. Few, since an intent whose sending
  /// hadn't begun when the process is killed is in doubt like one that was sent.
  private static let jobsForOneAhead = 4

  /// Operations on one slice, one after the other.
  private func perform(
    _ lane: [Int], of operations: [Operation], _ slots: RequestSlots
  ) async -> [(Int, StepResult)] {
    var ended: [(Int, StepResult)] = []
    var targets = DeletionTargets(client: client)
    for index in lane {
      let operation = operations[index]
      guard await claimSlice(of: operation.step) else { break }
      await run.ramp.enter()
      defer { run.ramp.leave() }
      let result = await outcome(of: operation, &targets, slots)
      run.release(operation.step.slice)
      if case .notStarted = result.outcome { break }
      run.tally.note(result)
      report(.ended(result))
      ended.append((index, result))
    }
    return ended
  }

  /// Reads what has to be known right before, sends the operation, and writes down what became of it.
  private func outcome(
    of operation: Operation, _ targets: inout DeletionTargets, _ slots: RequestSlots
  ) async -> StepResult {
    var operation = operation
    guard run.tally.allowsMore, !Task.isCancelled else {
      return StepResult(step: operation.step, .notStarted)
    }
    var result: StepResult?
    if operation.step.verb == .delete { result = await waitForRestore(from: operation.step) }
    if operation.step.verb == .delete, result == nil {
      result = await targets.refusal(of: operation.step)
      if operation.mayHaveBeenSent {
        switch result?.outcome {
        case .alreadyGone: result?.outcome = .done
        // That the list can't be read says nothing about what was sent before.
        case .failed(let error): result?.outcome = .unknown(error)
        default: break
        }
      }
    }
    if operation.step.verb == .create, operation.step.knownIDs == nil {
      do throws(CloudError) {
        let rows = try await client.list(slice: operation.step.slice)
        operation.step = operation.step.knowing(Set(rows.map(\.id)))
      } catch {
        result = StepResult(
          step: operation.step, error.isCancellation ? .notStarted : .failed(error))
      }
    }
    let ended = if let result { result } else { await send(operation, slots) }
    if case .notStarted = ended.outcome { return ended }
    await note(ended, of: operation)
    return ended
  }

  /// Waits until a restore of this run from what is to be deleted is over; gives how the deletion ends
  /// where that can't be learned.
  private func waitForRestore(from step: Step) async -> StepResult? {
    guard let id = step.snapshot?.id, run.tally.isRestoring(id) else { return nil }
    do throws(CloudError) {
      _ = try await client.wait(for: [.restore(id, onto: step.slice)])
      return nil
    } catch {
      return StepResult(step: step, error.isCancellation ? .notStarted : .failed(error))
    }
  }

  /// What has happened is told to the person in any case; without the journal nothing more is sent.
  package func note(_ result: StepResult, of operation: Operation) async {
    do throws(JournalError) { try await run.note(result, of: operation) } catch { run.fail(error) }
  }

  /// Waits until no other run, and no other part of this one, works on the slice; false when the run
  /// is to stop.
  private func claimSlice(of step: Step) async -> Bool {
    var pause = Duration.milliseconds(5)
    var isTold = false
    while !run.claim(step.slice) {
      if !isTold { report(.waitingForSlice(step)) }
      isTold = true
      do { try await client.configuration.time.sleep(pause) } catch { return false }
      guard run.tally.allowsMore else { return false }
      pause = min(pause * 2, .milliseconds(500))
    }
    return true
  }
}

/// Steps that must not be sent side by side, as lists of indices: those on one slice, and a deletion
/// with the restores from what it deletes.
struct Lanes {
  let indices: [[Int]]

  init(_ steps: [Step], from first: Int) {
    let deleted = Set(
      steps.lazy.filter { $0.verb == .delete }.compactMap { $0.snapshot?.id })
    // The slice whose lane a slice's steps go to.
    var joined: [SliceID: SliceID] = [:]
    func root(_ slice: SliceID) -> SliceID {
      var slice = slice
      while let next = joined[slice] { slice = next }
      return slice
    }
    for step in steps where step.verb == .restore {
      guard let snapshot = step.snapshot, deleted.contains(snapshot.id), let own = snapshot.slice
      else { continue }
      let (a, b) = (root(own), root(step.slice))
      if a != b { joined[a] = b }
    }
    var lanes: [SliceID: Int] = [:]
    var found: [[Int]] = []
    for (offset, step) in steps.enumerated() {
      let slice = joined.isEmpty ? step.slice : root(step.slice)
      if let lane = lanes[slice] {
        found[lane].append(first + offset)
      } else {
        lanes[slice] = found.count
        found.append([first + offset])
      }
    }
    indices = found
  }
}
