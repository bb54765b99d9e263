package import CloudAPI
package import CloudClient

/// How a step ended.
package struct StepResult: Sendable {
  package let step: Step
  package var outcome: Outcome
  /// The snapshot that it made or worked on, where it is known.
  package var snapshot: SnapshotID?
  /// The snapshots that may be the created one, when there are several; they are all kept.
  package var candidates: [SnapshotID] = []

  package init(step: Step, outcome: Outcome, snapshot: SnapshotID?) {
    self.step = step
    self.outcome = outcome
    self.snapshot = snapshot
  }

  package enum Outcome: Sendable {
    /// The cloud took it on; it goes on there.
    case accepted
    /// A fresh read showed that it is over.
    case done
    /// It had been deleted before.
    case alreadyGone
    case failed(CloudError)
    /// A fresh read showed something else than what was decided about; it was not sent.
    case changed(Drift)
    /// The cloud took it on, and then its row vanished: for a restore the slice's data is unknown.
    case vanished
    /// It may or may not have been applied, and nothing read proves either.
    case unknown(CloudError)
    /// The cloud took on a creation, and no read has shown its row.
    case neverSeen
    case timedOut
    /// It was never sent.
    case notStarted
    /// An earlier process of the run brought it to this end; the words say what went wrong.
    case before(OperationState, String?)
  }
}

extension StepResult.Outcome {
  /// The word for rows and messages.
  package var word: String {
    switch self {
    case .accepted: "accepted"
    case .done: "done"
    case .alreadyGone: "gone"
    case .failed, .changed, .vanished: "failed"
    case .unknown, .neverSeen: "unknown"
    case .timedOut: "timeout"
    case .notStarted: "not started"
    case .before(let state, _): state.rawValue
    }
  }

  package var isSuccess: Bool {
    switch self {
    case .accepted, .done, .alreadyGone: true
    case .before(let state, _): state == .accepted || state == .done || state == .gone
    case .failed, .changed, .vanished, .unknown, .neverSeen, .timedOut, .notStarted: false
    }
  }

  package var isUnknown: Bool {
    switch self {
    case .unknown, .neverSeen, .before(.unknown, _): true
    default: false
    }
  }

  package var error: CloudError? {
    switch self {
    case .failed(let error), .unknown(let error): error
    default: nil
    }
  }
}
