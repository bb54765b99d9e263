import CloudAPI
import GRDB

/// How operations begin: the checks and the record, in one transaction.
extension LocalCloud {
  /// Records the operation for `change`, or throws why it can't begin. Who calls this must call
  /// `perform` with its result.
  package func begin(_ change: Change) async throws -> Operation {
    var attempt = try await attempt(change)
    if case .blocked(_, let instances) = attempt, try await recover(from: instances) {
      attempt = try await self.attempt(change)
    }
    switch attempt {
    case .blocked(let error, _): throw error
    case .begun(let operation):
      performing.add(operation)
      do { try await requireSpace(for: operation) } catch {
        await fail(operation, with: error)
        performing.remove(operation)
        throw error
      }
      return operation
    }
  }

  /// What came of an attempt to begin; `blocked` names the instances that are in the way.
  private enum Attempt {
    case begun(Operation)
    case blocked(LocalCloudError, by: [String])
  }

  private func attempt(_ change: Change) async throws -> Attempt {
    let (now, instance) = (now(), instances.id)
    return try await catalog.write { transaction in
      let database = transaction.database
      let target = try Target(of: change, in: database)
      let inTheWay = try Operation.inTheWay(
        of: change.kind, slice: target.slice.id, snapshot: target.snapshot?.id, in: database)
      if let (other, _) = inTheWay.first {
        return .blocked(target.busyError(because: other), by: inTheWay.map(\.instance))
      }
      let snapshot = try target.image ?? newSnapshot(for: change, target, now, transaction)
      let operation = try Operation.insert(
        change.kind, slice: target.slice.id, snapshot: snapshot, instance: instance, at: now,
        in: transaction)
      if case .rename(let snapshot, let name) = change {
        try transaction.change(.renameSnapshot, .text(name), .number(snapshot.rawValue))
        try operation.end(.done, by: instance, at: now, in: transaction)
      }
      return .begun(operation)
    }
  }

  private func requireSpace(for operation: Operation) async throws {
    switch (operation.kind, operation.image) {
    case (.create, _): try await store.requireSpace(toCopy: .disk(operation.slice))
    case (.restore, let snapshot?): try await store.requireSpace(toCopy: .snapshot(snapshot))
    default: break
    }
  }
}

/// The row of the snapshot that a `create` makes; nil for other changes.
private func newSnapshot(
  for change: Change, _ target: Target, _ now: Timestamp,
  _ transaction: RecordTransaction
) throws -> SnapshotImage? {
  guard case .create(let slice, let name) = change else { return nil }
  let id = try transaction.newNumber(in: .snapshot)
  try transaction.change(
    .addSnapshot, .number(id), .number(slice.rawValue), .text(name),
    .text(Permissions.readWrite.rawValue), .number(target.slice.size), .text(now.description))
  return SnapshotImage(SnapshotID(id), of: slice)
}

/// What a change is about.
private struct Target {
  let slice: SliceRecord
  /// Nil for `create`, whose snapshot isn't there yet, and for `remove`.
  let snapshot: SnapshotRecord?

  var image: SnapshotImage? { snapshot.map { SnapshotImage($0.id, of: $0.slice) } }

  /// Throws when one of them is unknown, or lacks the permission that the change needs: to make
  /// a snapshot that of the slice, to rename or delete one its own, to restore both (as the API
  /// says in "Restore a Slice from Snapshot").
  init(of change: Change, in database: Database) throws {
    switch change {
    case .create(let slice, _):
      self.slice = try Self.existing(slice, in: database)
      snapshot = nil
      try requireWritableSlice()
    case .restore(let snapshot, let slice):
      self.snapshot = try Self.existing(snapshot, in: database)
      self.slice = try Self.existing(slice, in: database)
      try requireWritableSnapshot()
      try requireWritableSlice()
    case .rename(let snapshot, _), .delete(let snapshot):
      let record = try Self.existing(snapshot, in: database)
      self.snapshot = record
      guard let slice = try SliceRecord.find(record.slice, in: database) else {
        throw LocalCloudError.unknownSlice(record.slice.description)
      }
      self.slice = slice
      try requireWritableSnapshot()
    case .remove(let slice):
      self.slice = try Self.existing(slice, in: database)
      snapshot = nil
    }
  }

  private static func existing(_ id: SliceID, in database: Database) throws -> SliceRecord {
    guard let slice = try SliceRecord.find(id, in: database), !slice.isDeleted else {
      throw LocalCloudError.unknownSlice(id.description)
    }
    return slice
  }

  private static func existing(_ id: SnapshotID, in database: Database) throws -> SnapshotRecord {
    guard let snapshot = try SnapshotRecord.find(id, in: database) else {
      throw LocalCloudError.unknownSnapshot(id.description)
    }
    return snapshot
  }

  private func requireWritableSlice() throws {
    guard slice.permissions == .readWrite else {
      throw LocalCloudError.readOnlySlice(slice.id, name: slice.name)
    }
  }

  private func requireWritableSnapshot() throws {
    guard let snapshot, snapshot.permissions != .readWrite else { return }
    throw LocalCloudError.readOnlySnapshot(snapshot.id, name: snapshot.name)
  }

  func busyError(because other: Operation) -> LocalCloudError {
    if let snapshot, other.snapshot == snapshot.id {
      return .busySnapshot(snapshot.id, operation: other.kind)
    }
    return .busySlice(slice.id, operation: other.kind)
  }
}

extension Change {
  fileprivate var kind: OperationKind {
    switch self {
    case .create: .create
    case .restore: .restore
    case .rename: .rename
    case .delete: .delete
    case .remove: .remove
    }
  }
}
