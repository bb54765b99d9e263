import CloudAPI
import CloudClient
import OrderedJSON

extension Executor {
  /// Sends one operation, again where its failure's class allows that, and says how it ended: not
  /// started when nothing of it was sent, or nothing of it can have been applied.
  func send(_ operation: Operation, _ slots: RequestSlots) async -> StepResult {
    let step = operation.step
    var attempt = 1
    var isAmbiguous = operation.mayHaveBeenSent
    var isWritten = isAmbiguous
    var waits = SliceWaits()
    var last: CloudError?
    // What was under way when its process was killed may have come since `resume` looked.
    if isAmbiguous, step.verb == .create || step.verb == .rename,
      case .applied(let result) = await lookUp(step)
    {
      return result
    }
    while true {
      guard await mayBeSent() else { return await ended(step, isAmbiguous, last) }
      if !isWritten {
        do throws(JournalError) { try await run.noteSending(operation) } catch {
          run.fail(error)
          return StepResult(step: step, .notStarted)
        }
        isWritten = true
      }
      let error: CloudError
      let failureClass: FailureClass
      switch await sendOnce(step, isAmbiguous, slots) {
      case .accepted(let body):
        run.rate.noteSuccess()
        return StepResult(step: step, acceptedWith: body)
      case .failed(let failure, let itsClass): (error, failureClass) = (failure, itsClass)
      }
      if error.kind == .quota { run.rate.noteThrottled(at: client.configuration.time.now()) }
      if error.mayHaveBeenApplied { isAmbiguous = true }
      if !isAmbiguous {
        // A run that is killed during the pause must not find it in doubt.
        await note(StepResult(step: step, .notStarted), of: operation)
        isWritten = false
      }
      if case .cancelled(sent: false) = error.kind { return await ended(step, isAmbiguous, last) }
      last = error
      switch failureClass {
      // After a try whose answer was lost, it was that one.
      case .alreadyGone: return StepResult(step: step, isAmbiguous ? .done : .alreadyGone)
      case .failed, .stop, .lookUp: return await ended(step, isAmbiguous, error)
      case .waitThenLookUp, .waitThenRetry:
        guard waits.takeOne() else { return await ended(step, isAmbiguous, error) }
        report(.waitingForSlice(step))
        guard await waitForSlice(of: step, &waits, atLeast: error.retryAfter ?? .zero) else {
          return await ended(step, isAmbiguous, error)
        }
      case .retry, .retryAfterLookUp:
        guard attempt < client.configuration.mutationAttempts else {
          return await ended(step, isAmbiguous, error)
        }
        attempt += 1
        report(.retrying(step, attempt: attempt, because: error))
        guard await pause(before: attempt, because: error) else {
          return await ended(step, isAmbiguous, error)
        }
      }
      // As late as can be: what timed out may be applied long after.
      if isAmbiguous, step.verb == .create || step.verb == .rename {
        switch await lookUp(step) {
        case .applied(let result): return result
        case .notSeen: break
        case .unproven: return StepResult(step: step, .unknown(error))
        }
      }
    }
  }

  /// Sends the request once, when a slot is free and the run still allows it.
  private func sendOnce(
    _ step: Step, _ isAmbiguous: Bool, _ slots: RequestSlots
  ) async -> MutationResult {
    await slots.take()
    defer { slots.give() }
    guard run.tally.allowsMore else {
      return .failed(CloudError(.cancelled(sent: false)), .failed)
    }
    return await client.attempt(
      step.change, afterAmbiguousTry: isAmbiguous, outlivesCancellation: true)
  }

  /// Waits for its turn; false when it has been cancelled, or the run must stop.
  private func mayBeSent() async -> Bool {
    do {
      try await client.waitForQuiet()
      try await run.rate.wait(client.configuration.time)
      try Task.checkCancellation()
    } catch { return false }
    return run.tally.allowsMore
  }

  /// The result of a step that is not sent again. After a try that may have been applied, a later
  /// refusal says nothing about that try.
  private func ended(_ step: Step, _ isAmbiguous: Bool, _ last: CloudError?) async -> StepResult {
    guard let last else { return StepResult(step: step, .notStarted) }
    guard isAmbiguous else { return StepResult(step: step, .failed(last)) }
    if last.failureClass(for: step.change.verb) != .stop,
      case .applied(let result) = await lookUp(step)
    {
      return result
    }
    return StepResult(step: step, .unknown(last))
  }

  private func pause(before attempt: Int, because error: CloudError) async -> Bool {
    do { return try await client.pauseBeforeRetry(attempt: attempt - 1, because: error) } catch {
      return false
    }
  }

  /// Waits until nothing is shown to run on the step's slice or snapshot; false when that can't be
  /// learned, or the run must stop. Only the whole list will do: see `CloudClient.wait`.
  func waitForSlice(
    of step: Step, _ waits: inout SliceWaits, atLeast first: Duration
  ) async -> Bool {
    let time = client.configuration.time
    var pause = max(waits.nextPause(), min(first, SliceWaits.longestFirstPause))
    do {
      while true {
        try await time.sleep(pause)
        guard run.tally.allowsMore else { return false }
        let start = time.now()
        let isBusy = try await client.list(query: nil).contains { row in
          row.isInProgress && (row.slice == step.slice || row.id == step.snapshot?.id)
        }
        if !isBusy { return true }
        pause = max(waits.nextPause(), (time.now() - start) * 2)
      }
    } catch {
      return false
    }
  }
}

/// How often and how long one step waits for other operations on its slice. Pauses grow over all of
/// them, since the list may not show what makes the cloud refuse.
struct SliceWaits {
  private static let most = 20
  static let longestFirstPause = Duration.seconds(300)

  private var count = 0
  private var pause = Duration.milliseconds(50)

  mutating func takeOne() -> Bool {
    count += 1
    return count <= Self.most
  }

  mutating func nextPause() -> Duration {
    defer { pause = min(pause * 3 / 2, .seconds(5)) }
    return pause
  }
}

extension StepResult {
  init(step: Step, _ outcome: Outcome) {
    self.init(step: step, outcome: outcome, snapshot: step.snapshot?.id)
  }

  /// An accepted step; a cloud may tell the id of the snapshot that it makes.
  fileprivate init(step: Step, acceptedWith body: JSON?) {
    self.init(step: step, .accepted)
    guard step.verb == .create,
      let id = body?.objectValue?[SnapshotRow.Field.id]?.intValue.map({ SnapshotID($0) }),
      step.knownIDs?.contains(id) != true
    else { return }
    snapshot = id
  }
}
