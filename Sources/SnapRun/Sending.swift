import CloudAPI
import CloudClient
import OrderedJSON

extension Executor {
  /// Sends one step, again where its failure's class allows that, and says how it ended.
  func send(_ step: Step) async -> StepResult {
    var attempt = 1
    var isAmbiguous = false
    var waits = 0
    while true {
      guard await pace() else { return ended(step, isAmbiguous, CloudError(.cancelled(sent: false))) }
      switch await sendOnce(step.change, afterAmbiguousTry: isAmbiguous) {
      case .accepted(_, let body): return StepResult(step: step, .accepted, answer: body)
      case .failed(let error, let failureClass):
        if error.mayHaveBeenApplied { isAmbiguous = true }
        switch failureClass {
        case .alreadyGone: return StepResult(step: step, .alreadyGone)
        case .failed, .stop: return StepResult(step: step, .failed(error))
        case .lookUp: return StepResult(step: step, .unknown(error))
        case .retry: break
        case .retryAfterLookUp:
          if let proven = await lookUp(step, after: error) { return proven }
        case .waitThenLookUp, .waitThenRetry:
          waits += 1
          guard waits <= Self.mostWaits, await waitForSlice(of: step) else {
            return ended(step, isAmbiguous, error)
          }
          if failureClass == .waitThenLookUp, isAmbiguous, let proven = await lookUp(step, after: error) {
            return proven
          }
          continue
        }
        guard attempt < client.configuration.mutationAttempts,
          await pause(step, attempt: attempt, because: error)
        else { return ended(step, isAmbiguous, error) }
        attempt += 1
      }
    }
  }

  /// Sends once. A cancellation does not break off what is being sent: its outcome would be unknown.
  private func sendOnce(_ change: Endpoint, afterAmbiguousTry: Bool) async -> MutationResult {
    let client = client
    return await Task { await client.attempt(change, afterAmbiguousTry: afterAmbiguousTry) }.value
  }

  /// Waits for other operations on a slice before a step gives up.
  private static let mostWaits = 20

  private func ended(_ step: Step, _ isAmbiguous: Bool, _ error: CloudError) -> StepResult {
    StepResult(step: step, isAmbiguous ? .unknown(error) : .failed(error))
  }

  private func pause(_ step: Step, attempt: Int, because error: CloudError) async -> Bool {
    report(.retrying(step, attempt: attempt + 1, because: error))
    do { return try await client.pauseBeforeRetry(attempt: attempt, because: error) } catch {
      return false
    }
  }

  private func pace() async -> Bool {
    do {
      try await pacer.wait()
      return true
    } catch {
      return false
    }
  }

  /// The result when a read proves that an unanswered request was applied, or that it can't be
  /// told; nil when it was not applied and may be sent again.
  private func lookUp(_ step: Step, after error: CloudError) async -> StepResult? {
    let rows: [SnapshotRow]
    do { rows = try await client.list(slice: step.slice) } catch {
      return StepResult(step: step, .unknown(error))
    }
    switch step.change {
    case .create(_, let name):
      guard let known = step.knownIDs else { return StepResult(step: step, .unknown(error)) }
      let made = rows.filter { $0.name == name && !known.contains($0.id) }
      guard let first = made.first else { return nil }
      return StepResult(step: step, outcome: .accepted, snapshot: first.id)
    case .rename(let id, let name):
      let row = rows.first { $0.id == id }
      return row?.name == name ? StepResult(step: step, .accepted) : nil
    default: return StepResult(step: step, .unknown(error))
    }
  }

  /// Waits until no operation runs on the step's slice; false when that can't be learned.
  private func waitForSlice(of step: Step) async -> Bool {
    report(.waitingForSlice(step))
    let time = client.configuration.time
    var pause = Duration.milliseconds(50)
    do {
      repeat {
        try await time.sleep(pause)
        pause = min(pause * 3 / 2, .seconds(5))
      } while try await client.list(query: step.sliceName).contains {
        $0.slice == step.slice && $0.isInProgress
      }
      return true
    } catch {
      return false
    }
  }
}

extension StepResult {
  init(step: Step, _ outcome: Outcome) {
    self.init(step: step, outcome: outcome, snapshot: step.snapshot?.id)
  }

  /// An accepted step; a cloud may tell the id of the snapshot that it makes.
  init(step: Step, _ outcome: Outcome, answer: JSON?) {
    let created = step.verb == .create ? answer?.objectValue?[SnapshotRow.Field.id]?.intValue : nil
    self.init(
      step: step, outcome: outcome, snapshot: created.map { SnapshotID($0) } ?? step.snapshot?.id)
  }
}
