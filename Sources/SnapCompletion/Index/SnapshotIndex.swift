import Synchronization

/// The slices and snapshots that lists have told of. Any thread may use it.
///
/// It is the last whole list, in a file where there is one, and in memory what was learned since then.
package final class SnapshotIndex: Sendable {
  /// More are never collected; nobody reads a longer list.
  static let most = 200

  package struct Snapshot: Sendable, Hashable {
    package var id: Int
    package var name: String?
    package var slice: Int?
    package var sliceName: String?
    package var region: String?
    /// Microseconds since 1970.
    package var created: Int?
    package var gigabytes: Int?
    package var isRunning: Bool

    package init(
      id: Int, name: String? = nil, slice: Int? = nil, sliceName: String? = nil,
      region: String? = nil, created: Int? = nil, gigabytes: Int? = nil, isRunning: Bool = false
    ) {
      self.id = id
      self.name = name
      self.slice = slice
      self.sliceName = sliceName
      self.region = region
      self.created = created
      self.gigabytes = gigabytes
      self.isRunning = isRunning
    }
  }

  package struct Slice: Sendable, Hashable {
    package var id: Int
    package var name: String?
    package var region: String?
    /// Of its snapshots.
    package var count: Int
    /// When the latest of its snapshots was taken.
    package var newest: Int?

    package init(
      id: Int, name: String? = nil, region: String? = nil, count: Int = 0, newest: Int? = nil
    ) {
      self.id = id
      self.name = name
      self.region = region
      self.count = count
      self.newest = newest
    }
  }

  private struct Contents {
    var state = IndexState()
    var base: StoredList?
    /// Rows and slices that `base` has otherwise or not at all.
    var recent: StoredList?
    var changed: [Int: Snapshot] = [:]
    var removed: Set<Int> = []
    var slices: [Slice] = []
  }

  private let file: ListFile?
  private let contents = Mutex(Contents())

  /// With a file, its list is there at once, and each whole list is written to it.
  package init(file: ListFile? = nil) {
    self.file = file
    guard let base = file?.read() else { return }
    contents.withLock { contents in
      contents.base = base
      contents.state.time = base.header.time
    }
  }

  package var state: IndexState { contents.withLock(\.state) }

  /// Takes over a whole list, and writes it to the file.
  package func replace(_ snapshots: [Snapshot], at time: Int) {
    let known = contents.withLock(\.slices)
    guard
      let built = ListBuilder.list(snapshots, slices: known, key: file?.key ?? 0, time: time)
    else { return }
    let base = file?.write(built) ?? built
    contents.withLock { contents in
      contents.state = IndexState(time: time)
      contents.base = base
      contents.changed = [:]
      contents.removed = []
      contents.recent = nil
      if contents.slices != known { rebuildRecent(&contents) }
    }
  }

  /// Takes over some rows, and leaves the others.
  package func merge(_ snapshots: [Snapshot], at time: Int) {
    contents.withLock { contents in
      if case .failed = contents.state.fetch { contents.state.fetch = .idle }
      let columns = contents.base?.columns
      let before = contents.changed
      for snapshot in snapshots {
        let stored = columns.flatMap { columns in
          columns.ids.position(of: snapshot.id).map(columns.snapshot)
        }
        contents.changed[snapshot.id] = stored == snapshot ? nil : snapshot
        contents.removed.remove(snapshot.id)
      }
      if contents.changed != before { rebuildRecent(&contents) }
    }
  }

  /// A snapshot was deleted.
  package func remove(id: Int) {
    contents.withLock { contents in
      contents.removed.insert(id)
      if contents.changed.removeValue(forKey: id) != nil { rebuildRecent(&contents) }
    }
  }

  /// A snapshot got another name.
  package func rename(id: Int, to name: String) {
    let known = contents.withLock { contents in
      contents.changed[id]
        ?? contents.base.flatMap { base in
          let columns = base.columns
          return columns.ids.position(of: id).map(columns.snapshot)
        }
    }
    guard var snapshot = known else { return }
    snapshot.name = name
    merge([snapshot], at: 0)
  }

  /// Takes over the slices that are known although no snapshot may tell of them.
  package func noteSlices(_ slices: [Slice]) {
    contents.withLock { contents in
      guard contents.slices != slices else { return }
      contents.slices = slices
      rebuildRecent(&contents)
    }
  }

  /// What was known stays. `message` is a sentence for a person.
  package func noteFailure(_ message: String) {
    contents.withLock { $0.state.fetch = .failed(message) }
  }

  package func noteLoading() { contents.withLock { $0.state.fetch = .loading } }

  package var snapshotCount: Int { view.snapshotCount }

  /// All that is known, in no order.
  package var snapshots: [Snapshot] { view.snapshots }

  private func rebuildRecent(_ contents: inout Contents) {
    guard !contents.changed.isEmpty || !contents.slices.isEmpty else {
      contents.recent = nil
      return
    }
    contents.recent = ListBuilder.list(
      Array(contents.changed.values), slices: contents.slices, key: 0, time: 0)
  }

  /// What can be searched, as it is now.
  var view: IndexView {
    contents.withLock { contents in
      IndexView(
        base: contents.base, recent: contents.recent, removed: contents.removed,
        state: contents.state)
    }
  }
}
