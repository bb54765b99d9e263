import CloudAPI
import Logging
import Synchronization

/// How operations are carried out, and end.
extension LocalCloud {
  /// Carries out what `begin` recorded, and records how it ended. What fails is taken back, told
  /// to the logger, and answered.
  @discardableResult
  package func perform(_ operation: Operation) async -> (any Error)? {
    defer { performing.remove(operation) }
    do {
      try await carryOut(operation)
      return nil
    } catch {
      await leaveOff(operation, because: error)
      return error
    }
  }

  /// Takes back what failed. What the store gave no answer about may be done: it stays recorded as
  /// running, so that `takeCare` ends it when the store answers again.
  func leaveOff(_ operation: Operation, because error: any Error) async {
    guard case LocalCloudError.unreachable = error else {
      return await fail(operation, with: error)
    }
    logger.warning("operation waits", metadata: operation.metadata(because: error))
  }

  func carryOut(_ operation: Operation) async throws {
    switch (operation.kind, operation.image) {
    case (.create, let snapshot?): try await create(snapshot, operation)
    case (.restore, let snapshot?):
      try await store.stageRestore(
        of: snapshot, onto: operation.slice, progress: progress(of: operation))
      let instance = instances.id
      try await record { try operation.setCommitting(by: instance, in: $0) }
      try await finishRestore(operation)
    case (.delete, let snapshot?): try await finishDelete(of: snapshot, operation)
    case (.remove, _): try await finishRemove(operation)
    // A rename ended when it was recorded, and `addSlice` makes a new slice's disk itself.
    case (.rename, _), (.add, _): break
    case (.create, nil), (.restore, nil), (.delete, nil): break
    }
  }

  private func create(_ snapshot: SnapshotImage, _ operation: Operation) async throws {
    let start = ContinuousClock.now
    try await store.snapshotDisk(
      operation.slice, as: snapshot.id, progress: progress(of: operation))
    let size = try await store.size(of: .snapshot(snapshot))
    let duration = durationText(ContinuousClock.now - start)
    try await end(operation) { transaction in
      try transaction.change(
        .finishSnapshot, .number(size), .text(duration), .number(snapshot.id.rawValue))
    }
  }

  func finishRestore(_ operation: Operation) async throws {
    let slice = operation.slice
    try await store.commitRestore(onto: slice, progress: progress(of: operation))
    let size = try await store.size(of: .disk(slice))
    try await end(operation) { transaction in
      try transaction.change(.sizeSlice, .number(size), .number(slice.rawValue))
    }
  }

  func finishDelete(of snapshot: SnapshotImage, _ operation: Operation) async throws {
    try await store.deleteSnapshot(snapshot)
    try await end(operation) { try $0.forget(snapshot) }
  }

  func finishRemove(_ operation: Operation) async throws {
    let now = now()
    try await store.deleteDisk(operation.slice)
    try await end(operation) { transaction in
      try transaction.change(
        .removeSlice, .text(now.description), .number(operation.slice.rawValue))
    }
  }

  /// Takes back what the operation did, as far as it can be, and records that it failed.
  func fail(_ operation: Operation, with error: any Error) async {
    logger.error("operation failed", metadata: operation.metadata(because: error))
    // Whoever took it over ends it.
    if case LocalCloudError.takenOver = error { return }
    await takeBack(operation, as: .failed, message: "\(error)")
  }

  /// Removes what the operation has written, and its row if it was to make one. A disk or snapshot
  /// that was to be deleted stays listed.
  func takeBack(_ operation: Operation, as outcome: Outcome, message: String?) async {
    do {
      switch (operation.kind, operation.image) {
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
    changes: @escaping @Sendable (RecordTransaction) throws -> Void = { _ in }
  ) async throws {
    let (now, instance) = (now(), instances.id)
    try await record { transaction in
      try operation.end(outcome, message: message, by: instance, at: now, in: transaction)
      try changes(transaction)
    }
  }

  /// Writes what an image already is, so that it is worth asking for a while.
  private func record(
    _ body: @escaping @Sendable (RecordTransaction) throws -> Void
  ) async throws {
    try await catalog.write(patience: .seconds(120), body)
  }

  private func progress(of operation: Operation) -> DiskStore.Progress {
    // Each change of shared records goes through the cluster.
    let pause: Duration = catalog.isShared ? .seconds(1) : .zero
    let next = Mutex(ContinuousClock.now + pause)
    return { percent in
      let now = ContinuousClock.now
      let isDue = next.withLock { next in
        guard now >= next else { return false }
        next = now + pause
        return true
      }
      guard isDue else { return }
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

extension RecordTransaction {
  fileprivate func forget(_ snapshot: SnapshotImage) throws {
    try change(.removeSnapshot, .number(snapshot.id.rawValue))
  }

  fileprivate func forget(_ slice: SliceID) throws {
    try change(.forgetSlice, .number(slice.rawValue))
  }
}
