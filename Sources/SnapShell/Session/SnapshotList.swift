import CloudAPI
import SnapCommands
import SnapCompletion
import SnapLanguage
import Synchronization

/// Keeps what Tab completes with: fetched in the background, and told by every list that is read.
final class SnapshotList: Sendable {
  let index = SnapshotIndex()
  private let refreshing = Mutex<Task<Void, Never>?>(nil)

  func observe(_ rows: [SnapshotRow], isWhole: Bool) {
    let snapshots = rows.map(SnapshotIndex.Snapshot.init)
    if isWhole {
      index.replace(snapshots, at: Clock.microseconds())
    } else {
      index.merge(snapshots, at: Clock.microseconds())
    }
  }

  /// Begins to fetch the list, unless that is under way.
  func refresh(from cloud: CloudSession) {
    refreshing.withLock { task in
      guard task == nil else { return }
      index.noteLoading()
      task = Task {
        do {
          _ = try await cloud.list(query: nil)
          index.noteSlices(
            try await cloud.knownSlices().map {
              SnapshotIndex.Slice(id: $0.id.rawValue, name: $0.name)
            })
        } catch let failure as Failure {
          index.noteFailure(failure.message)
        } catch {
          index.noteFailure("\(error)")
        }
        refreshing.withLock { $0 = nil }
      }
    }
  }

  func stop() async {
    let task = refreshing.withLock { $0 }
    task?.cancel()
    await task?.value
  }
}

extension SnapshotIndex.Snapshot {
  fileprivate init(_ row: SnapshotRow) {
    self.init(
      id: row.id.rawValue, name: row.name, slice: row.slice?.rawValue, sliceName: row.sliceName,
      created: row.created.flatMap(Timestamp.parse), gigabytes: row.gigabytes,
      isRunning: row.isInProgress)
  }
}
