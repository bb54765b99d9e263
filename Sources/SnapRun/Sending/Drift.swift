package import CloudAPI

/// How what a fresh read shows differs from what a step was decided by, where that matters.
package enum Drift: Error, Sendable, Hashable {
  case renamed(SnapshotID, from: String?, to: String?)
  /// Another snapshot has the id now.
  case replaced(SnapshotID)
  case snapshotGone(SnapshotID)
  case sliceGone(SliceID)
  /// The snapshot may go because that one stays, and that one is gone.
  case keeperGone(SnapshotID)
  case running(SnapshotID)
  case readOnly(SnapshotID)
}

extension Drift: CustomStringConvertible {
  package var description: String {
    switch self {
    case .renamed(let id, let old, let new):
      "the snapshot \(id) was called '\(old ?? "")' and is called '\(new ?? "")' now"
    case .replaced(let id): "\(id) is another snapshot now"
    case .snapshotGone(let id): "the snapshot \(id) is gone"
    case .sliceGone(let id): "the slice \(id) is gone"
    case .keeperGone(let id): "the snapshot \(id), which was to stay, is gone"
    case .running(let id): "an operation is running on the snapshot \(id)"
    case .readOnly(let id): "the snapshot \(id) is read-only now"
    }
  }
}

extension Step {
  /// What is wrong with this step by a list that shows all snapshots of its snapshot's slice; nil
  /// when nothing is. A field that the list does not show is not judged.
  func drift(in rows: [SnapshotID: SnapshotRow]) -> Drift? {
    guard let snapshot else { return nil }
    guard let now = rows[snapshot.id] else { return .snapshotGone(snapshot.id) }
    if let old = snapshot.slice, let new = now.slice, old != new { return .replaced(snapshot.id) }
    if let old = snapshot.created, let new = now.created, old != new {
      return .replaced(snapshot.id)
    }
    if snapshot.name != now.name {
      return .renamed(snapshot.id, from: snapshot.name, to: now.name)
    }
    return keepers.sorted().first { $0.plannedBy == nil && rows[$0] == nil }.map { .keeperGone($0) }
  }
}
