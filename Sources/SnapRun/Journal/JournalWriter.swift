import GRDB

/// Writes what many tasks report at a time in common transactions: each is synced to the disk before
/// its task goes on, and one sync serves all that came during the one before.
actor JournalWriter {
  typealias Change = @Sendable (Database) throws -> Void

  private enum Turn {
    case written
    /// The changes are the waiting task's to write now, its own among them.
    case lead
  }
  private typealias Waiting = (change: Change, continuation: CheckedContinuation<Turn, any Error>)

  private let database: DatabaseQueue
  private var waiting: [Waiting] = []
  private var isWriting = false

  init(_ database: DatabaseQueue) { self.database = database }

  func write(_ change: @escaping Change) async throws {
    if isWriting {
      let turn = try await withCheckedThrowingContinuation { waiting.append((change, $0)) }
      if case .written = turn { return }
    }
    isWriting = true
    let batch = waiting
    waiting = []
    // A task of its own: what has happened is written even when the run has been cancelled.
    let result = await Task { [database, changes = batch.map(\.change)] in
      try await database.write { database in
        try change(database)
        for change in changes { try change(database) }
      }
    }.result
    for one in batch { one.continuation.resume(with: result.map { Turn.written }) }
    // What came meanwhile is led by the first that waits, so that this task can go on.
    if waiting.isEmpty {
      isWriting = false
    } else {
      let next = waiting.removeFirst()
      next.continuation.resume(returning: .lead)
    }
    try result.get()
  }
}
