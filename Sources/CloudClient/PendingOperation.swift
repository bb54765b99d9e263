package import CloudAPI

/// An operation that the cloud has accepted, and how the list shows that it is over.
package enum PendingOperation: Sendable, Hashable {
  /// `before`: the ids that the slice's list had before the request was sent.
  case create(SliceID, name: String, before: Set<SnapshotID>)
  case restore(SnapshotID, onto: SliceID)
  case rename(SnapshotID, name: String)
  case delete(SnapshotID)
  /// Whatever may be running on that snapshot.
  case any(SnapshotID)
}

/// What a wait has seen of one operation so far.
package struct WaitProgress: Sendable, Hashable {
  package let operation: PendingOperation
  /// The rows of the operation in the last read: none, one, or several snapshots that could be the
  /// created one.
  package let rows: [SnapshotRow]
  /// Whether a read has shown it running: an end without it was either fast, or nothing was done.
  package let wasSeenRunning: Bool
  /// Nil while it goes on.
  package let end: End?

  package enum End: Sendable, Hashable {
    /// The rows exist and nothing runs on them; for a deletion, they are gone.
    case done
    /// A snapshot that was there, or must have been, is gone.
    case vanished
    /// A created snapshot that no read has shown: it failed at once, or is yet to come.
    case neverSeen
    case timedOut
  }
}

/// How the wait for one operation ended.
package struct WaitOutcome: Sendable, Hashable {
  package let operation: PendingOperation
  package let end: WaitProgress.End
  /// As the last read showed them.
  package let rows: [SnapshotRow]
  package let wasSeenRunning: Bool
}

/// Judges one operation by successive reads of the whole list.
struct OperationWatch {
  /// Reads without a row before it counts as gone: pages shift, so that one read can miss a row.
  static let absencesThatProve = 2
  /// Reads without a created row before the wait gives up: with their growing pauses a quarter of a
  /// minute and more.
  static let readsBeforeGivingUp = 12
  /// Reads that show nothing running, and the time that the cloud has had, before a restore that was
  /// never seen running counts as over: the cloud may begin it a little after it has accepted it.
  static let idleReadsThatProve = 3
  static let idleTimeThatProves = Duration.seconds(3)

  let operation: PendingOperation
  private(set) var rows: [SnapshotRow] = []
  private(set) var wasSeenRunning = false
  private(set) var end: WaitProgress.End?
  private var wasSeen: Bool
  private var absences = 0
  private var idleReads = 0
  private var idleSince: Duration?
  /// For how long the cloud has had it when the watch began.
  private let age: Duration

  init(_ operation: PendingOperation, age: Duration = .zero) {
    self.operation = operation
    self.age = age
    if case .create = operation { wasSeen = false } else { wasSeen = true }
  }

  var progress: WaitProgress {
    WaitProgress(operation: operation, rows: rows, wasSeenRunning: wasSeenRunning, end: end)
  }

  var outcome: WaitOutcome {
    WaitOutcome(
      operation: operation, end: end ?? .timedOut, rows: rows, wasSeenRunning: wasSeenRunning)
  }

  /// `now` is when the list was asked for, on any clock.
  mutating func observe(_ list: SnapshotIndex, at now: Duration) {
    guard end == nil else { return }
    rows = list.rows(of: operation)
    guard !rows.isEmpty else {
      absences += 1
      guard wasSeen else {
        if absences >= Self.readsBeforeGivingUp { end = .neverSeen }
        return
      }
      guard absences >= Self.absencesThatProve else { return }
      if case .delete = operation { end = .done } else { end = .vanished }
      return
    }
    absences = 0
    wasSeen = true
    if rows.contains(where: \.isInProgress) {
      wasSeenRunning = true
      return
    }
    idleReads += 1
    let idleTime = age + now - (idleSince ?? now)
    idleSince = idleSince ?? now
    switch operation {
    case .create, .any: end = .done
    case .restore:
      if wasSeenRunning
        || idleReads >= Self.idleReadsThatProve && idleTime >= Self.idleTimeThatProves
      {
        end = .done
      }
    case .rename(_, let name): if rows.allSatisfy({ $0.name == name }) { end = .done }
    case .delete: break
    }
  }
}

/// One read of the whole list, to be asked by many watches.
struct SnapshotIndex {
  private struct Place: Hashable {
    let slice: SliceID?
    let name: String?
  }
  private let byID: [SnapshotID: SnapshotRow]
  private let byPlace: [Place: [SnapshotRow]]

  init(_ rows: [SnapshotRow]) {
    byID = Dictionary(rows.lazy.map { ($0.id, $0) }) { first, _ in first }
    byPlace = Dictionary(grouping: rows) { Place(slice: $0.slice, name: $0.name) }
  }

  func rows(of operation: PendingOperation) -> [SnapshotRow] {
    switch operation {
    case .create(let slice, let name, let before):
      (byPlace[Place(slice: slice, name: name)] ?? []).filter { !before.contains($0.id) }
    case .restore(let id, _), .rename(let id, _), .delete(let id), .any(let id):
      byID[id].map { [$0] } ?? []
    }
  }
}
