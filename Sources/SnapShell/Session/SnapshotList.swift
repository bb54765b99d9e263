import CloudAPI
import SnapCommands
import SnapCompletion
import SnapLanguage
import SnapRun
import Synchronization

/// Keeps what Tab completes with, at this prompt and, by a file, at the next one and in other shells.
///
/// At a prompt it fetches the list in the background; a run without one only keeps a whole list that it
/// has read anyway.
final class SnapshotList: Sendable {
  let index: SnapshotIndex
  private let isForPrompt: Bool
  private let file: ListFile?
  private let work = Mutex(Work())

  private struct Work {
    var refreshing: Task<Void, Never>?
    /// Something changed while the list was being fetched.
    var isOutdated = false
    var writing: Task<Void, Never>?
  }

  init(file: ListFile?, isForPrompt: Bool) {
    self.file = file
    self.isForPrompt = isForPrompt
    // Mapped at once: the first Tab must not wait for the cloud.
    index = SnapshotIndex(file: isForPrompt ? file : nil)
  }

  func observe(_ rows: [SnapshotRow], isWhole: Bool) {
    guard isForPrompt else {
      if isWhole { keep(rows) }
      return
    }
    let snapshots = rows.map(SnapshotIndex.Snapshot.init)
    if isWhole {
      if let file { Folders.create(file.folder) }
      index.replace(snapshots, at: Clock.microseconds())
    } else {
      index.merge(snapshots, at: Clock.microseconds())
    }
  }

  private static let secondsBetweenFiles = 60

  /// Writes the file beside the run's own work, unless it is new anyway.
  private func keep(_ rows: [SnapshotRow]) {
    guard let file,
      file.age(at: Clock.microseconds()).map({ $0 > Self.secondsBetweenFiles }) ?? true
    else { return }
    work.withLock { work in
      guard work.writing == nil else { return }
      work.writing = Task.detached {
        Folders.create(file.folder)
        SnapshotIndex(file: file).replace(
          rows.map(SnapshotIndex.Snapshot.init), at: Clock.microseconds())
      }
    }
  }

  /// Takes over how changes ended, and then reads the list anew.
  func learn(_ results: [StepResult], from cloud: CloudSession) {
    guard isForPrompt else { return }
    for result in results {
      guard let id = (result.snapshot ?? result.step.snapshot?.id)?.rawValue else { continue }
      switch (result.step.change, result.outcome) {
      case (.delete, .done), (.delete, .alreadyGone): index.remove(id: id)
      case (.rename(_, let name), .done), (.rename(_, let name), .accepted):
        index.rename(id: id, to: name)
      default: continue
      }
    }
    refresh(from: cloud)
  }

  /// Begins to fetch the list; once more after that when this is asked for meanwhile.
  func refresh(from cloud: CloudSession) {
    work.withLock { work in
      guard work.refreshing == nil else {
        work.isOutdated = true
        return
      }
      work.isOutdated = false
      index.noteLoading()
      work.refreshing = Task {
        let clock = ContinuousClock()
        var isDone = false
        while !isDone, !Task.isCancelled {
          let took = await clock.measure { await fetch(from: cloud) }
          isDone = self.work.withLock { work in
            if work.isOutdated {
              work.isOutdated = false
              return false
            }
            work.refreshing = nil
            return true
          }
          // A long list must not be fetched all the time.
          if !isDone, took > .seconds(1) { try? await Task.sleep(for: took * 5) }
        }
      }
    }
  }

  private func fetch(from cloud: CloudSession) async {
    do {
      let slices = try await cloud.knownSlices()
      index.noteSlices(
        slices.map {
          SnapshotIndex.Slice(id: $0.id.rawValue, name: $0.name, region: $0.region)
        })
      _ = try await cloud.list(query: nil)
    } catch let failure as Failure {
      index.noteFailure(failure.whyNoList)
    } catch {
      index.noteFailure("the list can't be fetched: \(error)")
    }
  }

  func stop() async {
    let (refreshing, writing) = work.withLock { ($0.refreshing, $0.writing) }
    refreshing?.cancel()
    await refreshing?.value
    await writing?.value
  }
}

extension Failure {
  /// A cloud that doesn't answer is told apart from one that does, and refuses.
  fileprivate var whyNoList: String {
    switch kind {
    case .network, .timeout: "the API can't be reached: \(message)"
    default: "the list can't be fetched: \(message)"
    }
  }
}

extension SnapshotIndex.Snapshot {
  fileprivate init(_ row: SnapshotRow) {
    self.init(
      id: row.id.rawValue, name: row.name, slice: row.slice?.rawValue, sliceName: row.sliceName,
      region: row.region, created: row.created.flatMap(Timestamp.parse), gigabytes: row.gigabytes,
      isRunning: row.isInProgress)
  }
}
