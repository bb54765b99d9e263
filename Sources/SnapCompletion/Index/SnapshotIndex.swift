import Synchronization

/// The slices and snapshots that lists have told of, in memory. Any thread may use it.
package final class SnapshotIndex: Sendable {
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

  package enum State: Sendable, Equatable {
    case empty, loading
    /// The time of the list, in microseconds since 1970.
    case loaded(Int)
    case failed(String)
  }

  private struct Contents {
    var state = State.empty
    var snapshots: [Snapshot] = []
    /// Newer rows than those in `snapshots`, by id.
    var changed: [Int: Snapshot] = [:]
    var slices: [Slice] = []
    var table: SearchTable?
  }

  private let contents = Mutex(Contents())

  package init() {}

  package var state: State { contents.withLock(\.state) }

  /// Takes over a whole list.
  package func replace(_ snapshots: [Snapshot], at time: Int) {
    let known = contents.withLock(\.slices)
    let table = SearchTable(snapshots, slices: known)
    contents.withLock { contents in
      contents.state = .loaded(time)
      contents.snapshots = snapshots
      contents.changed = [:]
      contents.table = contents.slices == known ? table : nil
    }
  }

  /// Takes over some rows, and leaves the others.
  package func merge(_ snapshots: [Snapshot], at time: Int) {
    contents.withLock { contents in
      if case .failed = contents.state { contents.state = .empty }
      for snapshot in snapshots { contents.changed[snapshot.id] = snapshot }
      if !snapshots.isEmpty { contents.table = nil }
    }
  }

  /// Takes over the slices that are known although no snapshot may tell of them.
  package func noteSlices(_ slices: [Slice]) {
    contents.withLock { contents in
      guard contents.slices != slices else { return }
      contents.slices = slices
      contents.table = nil
    }
  }

  /// What was known stays.
  package func noteFailure(_ message: String) {
    contents.withLock { $0.state = .failed(message) }
  }

  package func noteLoading() { contents.withLock { $0.state = .loading } }

  /// What can be searched; built here after a merge, else there already.
  var table: SearchTable {
    contents.withLock { contents in
      if let table = contents.table { return table }
      if !contents.changed.isEmpty {
        var changed = contents.changed
        contents.snapshots = contents.snapshots.map { changed.removeValue(forKey: $0.id) ?? $0 }
        contents.snapshots += changed.values
        contents.changed = [:]
      }
      let table = SearchTable(contents.snapshots, slices: contents.slices)
      contents.table = table
      return table
    }
  }
}

extension SnapshotIndex.State {
  /// Why nothing was found, for a person.
  func note(_ kind: String, typed: String) -> String {
    switch self {
    case .empty: "the list has not been fetched yet"
    case .loading: "the list is being fetched"
    case .failed(let message): "the API can't be reached: \(message)"
    case .loaded: typed.isEmpty ? "there are no \(kind)s" : "no \(kind) matches '\(typed)'"
    }
  }
}
