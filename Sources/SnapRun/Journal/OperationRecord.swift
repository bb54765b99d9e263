package import CloudAPI

/// What the journal says about one operation of a run.
package struct OperationRecord: Sendable {
  package let run: Int
  /// From 1, in the order of the plan.
  package let number: Int
  package let step: Step
  package let context: OperationContext
  package let state: OperationState
  package let status: Int?
  package let error: String?
  /// The snapshot that it made or worked on, where that is known.
  package let result: SnapshotID?
  /// The snapshots that may be the created one, when there are several.
  package let candidates: [SnapshotID]
  package let planned: Int
  /// When its intent was written, before a byte of it left.
  package let sent: Int?
  package let answered: Int?
  package let ended: Int?

  /// `12.3`, for the third operation of run 12.
  package var name: String { "\(run).\(number)" }
}

extension OperationRecord {
  /// Whether `resume` sends it: also what was refused for the token, which is another by then.
  package var isToBeSent: Bool { state == .planned || state == .failed && status == 401 }
}

/// Where an operation comes from, and what it is for.
package struct OperationContext: Sendable, Hashable {
  /// The place of its command: `nightly.snap:3:5`.
  package var origin: String
  /// Operations of one statement may be sent side by side; those of the next come after them.
  package var statement: Int
  /// Whether its end is to be waited for.
  package var waits: Bool
  /// How long at most, in microseconds; nil: as long as it takes.
  package var timeout: Int?
  /// The number of the restore that this creation is the guard of; in a call of `Run.plan`, its
  /// index among the steps.
  package var guards: Int?
  /// The operation that it undoes, as `12.3`.
  package var undoes: String?

  package init(
    origin: String, statement: Int = 0, waits: Bool = false, timeout: Int? = nil,
    guards: Int? = nil, undoes: String? = nil
  ) {
    self.timeout = timeout
    self.origin = origin
    self.statement = statement
    self.waits = waits
    self.guards = guards
    self.undoes = undoes
  }
}

/// How far an operation is.
package enum OperationState: String, Sendable, CaseIterable {
  /// Nothing of it was sent, or all that was sent is known not to have been applied.
  case planned
  /// It is about to be sent, or was, and no outcome is known.
  case sending
  /// The cloud took it on.
  case accepted
  /// A fresh read has proven its end.
  case done
  /// A deletion that found nothing.
  case gone
  case failed
  /// Nothing that was read proves whether it was applied; a person decides.
  case unknown
  /// Not to be done any more.
  case skipped

  /// Whether `resume` has to look at it. What was accepted without a wait goes on in the cloud.
  var isOpen: Bool {
    switch self {
    case .planned, .sending, .unknown: true
    case .accepted, .done, .gone, .failed, .skipped: false
    }
  }
}

/// A planned operation with its number in the journal.
package struct Operation: Sendable {
  package let number: Int
  package internal(set) var step: Step
  /// Whether a process that was killed may have sent it, although a look did not show that it was
  /// applied.
  package let mayHaveBeenSent: Bool

  package init(number: Int, step: Step, mayHaveBeenSent: Bool = false) {
    self.number = number
    self.step = step
    self.mayHaveBeenSent = mayHaveBeenSent
  }

  package func with(_ step: Step) -> Operation {
    Operation(number: number, step: step, mayHaveBeenSent: mayHaveBeenSent)
  }
}
