import CloudAPI
import GRDB
import Logging

/// How operations are carried out, and end.
extension LocalCloud {
  /// Carries out what `begin` recorded, and records how it ended. What fails is taken back, told
  /// to the logger, and answered.
  @discardableResult
  package func perform(_ operation: Operation) async -> (any Error)? {
    do {
      try await carryOut(operation)
      return nil
    } catch {
      await fail(operation, with: error)
      return error
    }
  }

  private func carryOut(_ operation: Operation) async throws {
    switch (operation.kind, operation.snapshot) {
    case (.create, let snapshot?): try await create(snapshot, operation)
    case (.restore, let snapshot?):
      try await store.stageRestore(
        of: snapshot, onto: operation.slice, progress: progress(of: operation))
      try await catalog.write { try operation.setCommitting(in: $0) }
      try await finishRestore(operation)
    case (.delete, let snapshot?): try await finishDelete(of: snapshot, operation)
    case (.remove, _): try await finishRemove(operation)
    // A rename ended when it was recorded, and `addSlice` makes a new slice's disk itself.
    case (.rename, _), (.add, _): break
    case (.create, nil), (.restore, nil), (.delete, nil): break
    }
  }

  private func create(_ snapshot: SnapshotID, _ operation: Operation) async throws {
    let start = ContinuousClock.now
    try await store.snapshotDisk(
      operation.slice, as: snapshot, progress: progress(of: operation))
    let size = try await store.size(of: .snapshot(snapshot))
    let duration = durationText(ContinuousClock.now - start)
    try await end(operation) { database in
      try database.execute(
        sql: "UPDATE snapshot SET size = ?, duration = ? WHERE id = ?",
        arguments: [size, duration, snapshot.rawValue])
    }
  }

  func finishRestore(_ operation: Operation) async throws {
    let slice = operation.slice
    try await store.commitRestore(onto: slice)
    let size = try await store.size(of: .disk(slice))
    try await end(operation) { database in
      try database.execute(
        sql: "UPDATE slice SET size = ? WHERE id = ?", arguments: [size, slice.rawValue])
    }
  }

  func finishDelete(of snapshot: SnapshotID, _ operation: Operation) async throws {
    try await store.deleteSnapshot(snapshot)
    try await end(operation) { try $0.forget(snapshot) }
  }

  func finishRemove(_ operation: Operation) async throws {
    let now = now()
    try await store.deleteDisk(operation.slice)
    try await end(operation) { database in
      try database.execute(
        sql: "UPDATE slice SET deleted = ? WHERE id = ?",
        arguments: [now.description, operation.slice.rawValue])
    }
  }

  /// Takes back what the operation did, as far as it can be, and records that it failed.
  func fail(_ operation: Operation, with error: any Error) async {
    logger.error("operation failed", metadata: operation.metadata(because: error))
    await takeBack(operation, as: .failed, message: "\(error)")
  }

  /// Removes what the operation has written, and its row if it was to make one. A disk or snapshot
  /// that was to be deleted stays listed.
  func takeBack(_ operation: Operation, as outcome: Outcome, message: String?) async {
    do {
      switch (operation.kind, operation.snapshot) {
      case (.create, let snapshot?):
        try await store.deleteSnapshot(snapshot)
        try await end(operation, outcome, message) { try $0.forget(snapshot) }
      case (.restore, _):
        try await store.discardRestore(onto: operation.slice)
        try await end(operation, outcome, message)
      case (.add, _):
        try await store.deleteDisk(operation.slice)
        try await end(operation, outcome, message) { try $0.forget(operation.slice) }
      default: try await end(operation, outcome, message)
      }
    } catch {
      // The record still says that it runs: the next process to open the folder takes it back.
      logger.critical("operation not taken back", metadata: operation.metadata(because: error))
    }
  }

  /// Records the end of the operation together with `changes`.
  func end(
    _ operation: Operation, _ outcome: Outcome = .done, _ message: String? = nil,
    changes: @escaping @Sendable (Database) throws -> Void = { _ in }
  ) async throws {
    let now = now()
    try await catalog.write { database in
      try changes(database)
      try operation.end(outcome, message: message, at: now, in: database)
    }
  }

  private func progress(of operation: Operation) -> DiskStore.Progress {
    { percent in
      // Only a picture for those who wait: the copy goes on without it.
      try? catalog.writeBlocking { try operation.setProgress(percent, in: $0) }
    }
  }
}

extension Operation {
  func metadata(because error: any Error) -> Logger.Metadata {
    [
      "operation": "\(kind.rawValue)", "slice": "\(slice)",
      "snapshot": "\(snapshot.map(\.description) ?? "-")", "reason": "\(error)",
    ]
  }
}

extension Database {
  fileprivate func forget(_ snapshot: SnapshotID) throws {
    try execute(sql: "DELETE FROM snapshot WHERE id = ?", arguments: [snapshot.rawValue])
  }

  /// A slice that never was: operations that name it keep its number as a record.
  fileprivate func forget(_ slice: SliceID) throws {
    try execute(
      sql: "UPDATE slice SET deleted = created WHERE id = ?", arguments: [slice.rawValue])
  }
}
