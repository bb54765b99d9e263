import CloudAPI
import SnapRun

/// The lists as they were before changes that have been made since.
///
/// The script of a run that was broken off runs again from its beginning, and takes the same way only
/// when it sees what it saw: 'ls | first 3 | rm' would else delete three more.
struct Hindsight {
  private var made: Set<SnapshotID> = []
  /// As they were called before.
  private var names: [SnapshotID: String] = [:]
  private var gone: [(row: SnapshotRow, slice: SliceID)] = []

  /// `changes` are those that the run has made, in their order.
  init(before changes: [OperationRecord]) {
    for change in changes {
      let snapshot = change.step.snapshot
      switch (change.step.verb, change.state) {
      case (.create, .accepted), (.create, .done): if let id = change.result { made.insert(id) }
      case (.rename, .accepted), (.rename, .done):
        if let snapshot, names[snapshot.id] == nil { names[snapshot.id] = snapshot.name }
      case (.delete, .accepted), (.delete, .done), (.delete, .gone):
        if let snapshot { gone.append((snapshot, change.step.slice)) }
      default: break
      }
    }
    gone.removeAll { made.contains($0.row.id) }
  }

  /// Whether the snapshot was there, and is not any more.
  func isGone(_ id: SnapshotID) -> Bool { gone.contains { $0.row.id == id } }

  /// The rows of a list of the whole, or of those that the server has found for `query`.
  func applied(to rows: [SnapshotRow], query: String?) -> [SnapshotRow] {
    let word = query?.lowercased()
    return applied(to: rows, with: gone.map(\.row)) { row in
      guard let word else { return true }
      return [row.name, row.sliceName].contains { $0?.lowercased().contains(word) ?? false }
    }
  }

  /// The rows of one slice's own list.
  func applied(to rows: [SnapshotRow], of slice: SliceID) -> [SnapshotRow] {
    applied(to: rows, with: gone.filter { $0.slice == slice }.map(\.row)) { _ in true }
  }

  private func applied(
    to rows: [SnapshotRow], with gone: [SnapshotRow], where fits: (SnapshotRow) -> Bool
  ) -> [SnapshotRow] {
    guard !made.isEmpty || !names.isEmpty || !gone.isEmpty else { return rows }
    let there = Set(rows.map(\.id))
    var shown = rows.filter { !made.contains($0.id) }.map(named)
    // Lists are in the order of their ids, one way or the other.
    let isFalling = shown.count > 1 && shown[0].id > shown[shown.count - 1].id
    for row in gone.map(named) where !there.contains(row.id) && fits(row) {
      let place = shown.firstIndex { isFalling ? $0.id < row.id : $0.id > row.id }
      shown.insert(row, at: place ?? shown.endIndex)
    }
    return shown
  }

  private func named(_ row: SnapshotRow) -> SnapshotRow { names[row.id].map(row.named) ?? row }
}
