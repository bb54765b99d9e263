import CloudAPI
import CloudClient
import GRDB
import OrderedJSON
import Synchronization

/// A run that is being done: its place in the journal, its lock, and what all of its executors count
/// together.
package final class Run: Sendable {
  package let id: Int
  package let header: RunHeader
  let journal: Journal
  let tally: Tally
  let rate: RequestRate
  let ramp = Ramp()
  private let last: Mutex<Int>
  private let failed = Mutex<JournalError?>(nil)

  init(id: Int, header: RunHeader, journal: Journal, last: Int = 0) {
    self.id = id
    self.header = header
    self.journal = journal
    self.last = Mutex(last)
    tally = Tally(limits: header.limits)
    rate = RequestRate(limit: header.limits.rate)
  }

  deinit { journal.locks.free(LockFile.byte(ofRun: id)) }

  /// Writes steps down before any of them is sent; they get numbers in their order.
  ///
  /// - Throws: `JournalError`.
  package func plan(
    _ steps: [(step: Step, context: OperationContext)]
  ) async throws(JournalError) -> [Operation] {
    let first = last.withLock { last in
      defer { last += steps.count }
      return last + 1
    }
    let operations = steps.enumerated().map {
      Operation(number: first + $0.offset, step: $0.element.step)
    }
    let (id, now) = (id, journal.now())
    let contexts = steps.map { step in
      var context = step.context
      context.guards = context.guards.map { first + $0 }
      return context
    }
    try await journal.write { database in
      for (operation, context) in zip(operations, contexts) {
        try OperationRecord.insert(operation, context, run: id, at: now, into: database)
      }
    }
    return operations
  }

  /// The commands of the statement that begins will come with `count` changes in all; 0: nobody knows.
  package func expect(_ count: Int) { tally.expect(count) }

  /// How many operations have been written down.
  package var count: Int { last.withLock { $0 } }

  /// Writes that an operation is about to be sent; nothing of it may leave before this returns.
  ///
  /// - Throws: `JournalError`.
  func noteSending(_ operation: Operation) async throws(JournalError) {
    let (id, now) = (id, journal.now())
    let step = operation.step.json.text()
    try await journal.write { database in
      try database.cachedStatement(
        sql: """
          UPDATE operation SET state = 'sending', sent = ?, step = ?, answered = NULL, ended = NULL,
            status = NULL, error = NULL WHERE run = ? AND number = ?
          """
      ).execute(arguments: [now, step, id, operation.number])
    }
  }

  /// Writes what became of an operation.
  ///
  /// - Throws: `JournalError`.
  package func note(_ result: StepResult, of operation: Operation) async throws(JournalError) {
    let (id, now) = (id, journal.now())
    let state = OperationState(result.outcome)
    let candidates =
      result.candidates.isEmpty
      ? nil : JSON.array(result.candidates.map { .int($0.rawValue) }).text()
    let (answered, ended): (Int?, Int?) =
      switch state {
      case .planned: (nil, nil)
      case .accepted: (now, nil)
      default: (now, now)
      }
    try await journal.write { database in
      try database.cachedStatement(
        sql: """
          UPDATE operation SET state = ?, status = ?, error = ?, result = ?, candidates = ?,
            answered = coalesce(answered, ?), ended = ? WHERE run = ? AND number = ?
          """
      ).execute(arguments: [
        state.rawValue, result.outcome.error?.status, result.outcome.words,
        result.snapshot?.rawValue, candidates, answered, ended, id, operation.number,
      ])
    }
  }

  /// Writes a person's decision about an operation.
  ///
  /// - Throws: `JournalError`.
  package func set(
    _ state: OperationState, of numbers: [Int], because words: String? = nil
  ) async throws(JournalError) {
    let (id, now) = (id, journal.now())
    let ended = state == .planned ? nil : now
    try await journal.write { database in
      for number in numbers {
        try database.execute(
          sql: """
            UPDATE operation SET state = ?, error = ?, ended = ? WHERE run = ? AND number = ?
            """, arguments: [state.rawValue, words, ended, id, number])
      }
    }
  }

  /// Writes the end of the run and lets go of it.
  ///
  /// - Throws: `JournalError`.
  package func end(exitCode: Int32) async throws(JournalError) {
    let (id, now) = (id, journal.now())
    try await journal.write { database in
      try database.execute(
        sql: "UPDATE run SET ended = ?, code = ? WHERE id = ?", arguments: [now, exitCode, id])
    }
    journal.locks.free(LockFile.byte(ofRun: id))
  }

  /// Lets go of a run that was taken up for a note.
  package func close() { journal.locks.free(LockFile.byte(ofRun: id)) }

  /// Why the journal could not be written; nothing is sent after that.
  package var failure: JournalError? { failed.withLock { $0 } }

  func fail(_ error: JournalError) {
    failed.withLock { $0 = $0 ?? error }
    tally.stop(.journal)
  }

  // MARK: Claims

  /// Whether the slice is this run's now; another run's or another lane's means no.
  func claim(_ slice: SliceID) -> Bool {
    journal.locks.take(LockFile.byte(of: slice, at: header.endpoint))
  }

  func release(_ slice: SliceID) {
    journal.locks.free(LockFile.byte(of: slice, at: header.endpoint))
  }
}

extension StepResult.Outcome {
  /// What went wrong, in words for the journal.
  fileprivate var words: String? {
    switch self {
    case .changed(let drift): drift.description
    case .vanished: "accepted, and then its row vanished"
    case .neverSeen: "accepted, and no list has shown it"
    default: error?.description
    }
  }
}
