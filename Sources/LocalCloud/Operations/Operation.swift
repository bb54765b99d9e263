package import CloudAPI

/// What an operation does: the text of `in_progress`.
package enum OperationKind: String, Sendable, CaseIterable {
  /// A new slice gets its disk; clients don't see the slice before.
  case add
  case create
  case restore
  case rename
  case delete
  /// A slice loses its disk.
  case remove
}

/// A change that a client asks for.
package enum Change: Sendable, Hashable {
  case create(SliceID, name: String)
  case restore(SnapshotID, onto: SliceID)
  case rename(SnapshotID, name: String)
  case delete(SnapshotID)
  case remove(SliceID)
}

/// Long work that was accepted and recorded. It has its slice for itself until it ends.
package struct Operation: Sendable, Hashable {
  package let id: Int
  package let kind: OperationKind
  /// The slice whose disk or snapshots change.
  package let slice: SliceID
  package let snapshot: SnapshotID?
  /// The slice that the snapshot was taken of.
  let source: SliceID
  /// Whether the new disk was ready to take its place, when the operation was read.
  let isCommitting: Bool

  var image: SnapshotImage? { snapshot.map { SnapshotImage($0, of: source) } }
}

/// How an operation ended.
enum Outcome: String, Sendable {
  case done
  case failed
  /// Its process died; what it had begun was taken back.
  case undone
}
