import CloudAPI
import Dispatch
import SnapCommands
import SnapCompletion
import SnapLanguage
import SnapRun
import Synchronization

/// Keeps what Tab completes with, at this prompt and, by a file, at the next one and in other shells.
///
/// At a prompt it fetches the list in the background; a run without one keeps what it has learned anyway,
/// and writes it when it ends.
final class SnapshotList: Sendable {
  let index: SnapshotIndex
  private let isForPrompt: Bool
  private let file: ListFile?
  private let work = Mutex(Work())
  /// Changes of the index at a prompt, in their order.
  private let indexing = DispatchQueue(label: "snapsh.list")
  /// So many rows are taken over without letting the prompt wait for it.
  private static let manyRows = 2_000

  private struct Work {
    var refreshing: Task<Void, Never>?
    /// Something changed while the list was being fetched.
    var isOutdated = false
    /// In a run without a prompt: the last whole list, when it was read, and what was changed.
    var read: (snapshots: [SnapshotIndex.Snapshot], time: Int)?
    var changes: [StepResult] = []
  }

  init(file: ListFile?, isForPrompt: Bool) {
    self.file = file
    self.isForPrompt = isForPrompt
    // Mapped at once: the first Tab must not wait for the cloud.
    index = SnapshotIndex(file: isForPrompt ? file : nil)
  }

  /// Who takes over a list as it is read; nil when nobody needs it.
  func observer(isWhole: Bool) -> (any ListObserver)? {
    isForPrompt || isWhole ? Observer(list: self, isWhole: isWhole) : nil
  }

  /// Keeps of the rows what completion shows.
  private final class Observer: ListObserver {
    private let list: SnapshotList
    private let isWhole: Bool
    private let snapshots = Mutex<[SnapshotIndex.Snapshot]>([])

    init(list: SnapshotList, isWhole: Bool) {
      self.list = list
      self.isWhole = isWhole
    }

    func note(_ rows: [SnapshotRow]) {
      snapshots.withLock { $0 += rows.map(SnapshotIndex.Snapshot.init) }
    }

    func noteEnd() { list.take(snapshots.withLock { $0 }, isWhole: isWhole) }
  }

  private func take(_ snapshots: [SnapshotIndex.Snapshot], isWhole: Bool) {
    let time = Clock.microseconds()
    guard isForPrompt else {
      work.withLock { work in
        work.read = (snapshots, time)
        // What was changed before is in it.
        work.changes = []
      }
      return
    }
    let (index, file) = (index, file)
    let work = DispatchWorkItem {
      guard isWhole else { return index.merge(snapshots, at: time) }
      if let file { Folders.create(file.folder) }
      index.replace(snapshots, at: time)
    }
    if snapshots.count < Self.manyRows {
      indexing.sync(execute: work)
    } else {
      indexing.async(execute: work)
    }
  }

  /// Takes over how changes ended, and then reads the list anew.
  func learn(_ results: [StepResult], from cloud: CloudSession) {
    guard isForPrompt else {
      work.withLock { $0.changes += results }
      return
    }
    indexing.sync { index.learn(results) }
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
      index.note(try await cloud.knownSlices())
      _ = try await cloud.list(query: nil)
    } catch let failure as Failure {
      index.noteFailure(failure.whyNoList)
    } catch {
      index.noteFailure("the list can't be fetched: \(error)")
    }
  }

  /// Ends what goes on in the background, and writes what a run without a prompt has learned.
  func stop(_ cloud: CloudSession) async {
    let (refreshing, read, changes) = work.withLock { ($0.refreshing, $0.read, $0.changes) }
    refreshing?.cancel()
    await refreshing?.value
    await withCheckedContinuation { done in indexing.async { done.resume() } }
    guard let file, read != nil || !changes.isEmpty else { return }
    let stored = SnapshotIndex(file: file)
    let known = stored.snapshotCount
    guard
      (read?.snapshots.count ?? known) <= Self.longList
        || stored.state.isStale(now: Clock.microseconds())
    else { return }
    guard let time = read?.time ?? stored.state.time else { return }
    let list = SnapshotIndex()
    list.replace(read?.snapshots ?? stored.snapshots, at: time)
    list.learn(changes)
    // Only the local cloud knows any; without them the slices of the snapshots are there.
    stored.note((try? await cloud.knownSlices()) ?? [])
    Folders.create(file.folder)
    stored.replace(list.snapshots, at: time)
  }

  /// A list of more snapshots is written anew when it is old, not by every run.
  private static let longList = 20_000
}

extension SnapshotIndex {
  fileprivate func note(_ slices: [CloudSession.KnownSlice]) {
    noteSlices(slices.map { Slice(id: $0.id.rawValue, name: $0.name, region: $0.region) })
  }

  /// Takes over how changes ended.
  fileprivate func learn(_ results: [StepResult]) {
    for result in results {
      guard let id = (result.snapshot ?? result.step.snapshot?.id)?.rawValue else { continue }
      switch (result.step.change, result.outcome) {
      case (.delete, .done), (.delete, .accepted), (.delete, .alreadyGone): remove(id: id)
      case (.rename(_, let name), .done), (.rename(_, let name), .accepted):
        rename(id: id, to: name)
      case (.create(let slice, let name), .done), (.create(let slice, let name), .accepted):
        let now = Clock.microseconds()
        merge(
          [
            Snapshot(
              id: id, name: name, slice: slice.rawValue, sliceName: result.step.sliceName,
              created: now)
          ], at: now)
      default: continue
      }
    }
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
