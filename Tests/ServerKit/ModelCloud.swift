package import CloudAPI
package import OrderedJSON

/// A cloud in memory: it does what the API's documentation says, and remembers what it did.
///
/// Time is given to it. While an operation runs on a slice, a further change of it is refused
/// by 409.
package struct ModelCloud: Sendable {
  package struct Snapshot: Sendable, Hashable {
    package let id: SnapshotID
    package var name: String
    package let slice: SliceID
    package var runsUntil: Duration?
  }

  package struct Reply: Sendable {
    package let status: Int
    package let body: JSON?

    package init(status: Int, body: JSON? = nil) {
      self.status = status
      self.body = body
    }
  }

  package private(set) var snapshots: [Snapshot] = []
  /// The changes that were carried out, in their order.
  package private(set) var applied: [Endpoint] = []
  private let slices: [SliceID: String]
  private var nextID: Int
  /// How long creations and restores run.
  package var duration: Duration
  package var rowsOfPage = 100

  /// - Parameters:
  ///   - slices: their names.
  ///   - firstID: of the first snapshot that is created.
  ///   - duration: how long creations and restores run.
  package init(slices: [SliceID: String], firstID: Int = 100, duration: Duration = .zero) {
    self.slices = slices
    nextID = firstID
    self.duration = duration
  }

  /// A snapshot that is there from the beginning.
  package mutating func add(_ id: SnapshotID, _ name: String, of slice: SliceID) {
    snapshots.append(Snapshot(id: id, name: name, slice: slice))
  }

  /// Somebody else gives a snapshot another name.
  package mutating func rename(_ id: SnapshotID, _ name: String) {
    if let place = index(id) { snapshots[place].name = name }
  }

  /// The snapshot that was created last is no more.
  package mutating func loseLast() { snapshots.removeLast() }

  /// What the documented call does now.
  package mutating func answer(_ call: Endpoint, at now: Duration) -> Reply {
    switch call {
    case .list(let query, let page): return list(query, page ?? 1, now)
    case .listSlice(let slice):
      guard slices[slice] != nil else { return Reply(status: 404) }
      return Reply(
        status: 200,
        body: ["data": .array(snapshots.filter { $0.slice == slice }.map(Self.rowOfSlice))])
    case .create(let slice, let name):
      guard slices[slice] != nil else { return Reply(status: 404) }
      return change(call, of: slice, now) { cloud in
        cloud.snapshots.append(
          Snapshot(
            id: SnapshotID(cloud.nextID), name: name, slice: slice,
            runsUntil: now + cloud.duration))
        cloud.nextID += 1
      }
    case .restore(let id, let slice):
      guard slices[slice] != nil, let place = index(id) else { return Reply(status: 404) }
      return change(call, of: slice, now) { $0.snapshots[place].runsUntil = now + $0.duration }
    case .rename(let id, let name):
      guard let place = index(id) else { return Reply(status: 404) }
      return change(call, of: snapshots[place].slice, now) { $0.snapshots[place].name = name }
    case .delete(let id):
      guard let place = index(id) else { return Reply(status: 404) }
      return change(call, of: snapshots[place].slice, now) { $0.snapshots.remove(at: place) }
    }
  }

  private mutating func change(
    _ call: Endpoint, of slice: SliceID, _ now: Duration, _ apply: (inout ModelCloud) -> Void
  ) -> Reply {
    let isBusy = snapshots.contains { $0.slice == slice && isRunning($0, now) }
    guard !isBusy else { return Reply(status: 409, body: ["error": "the slice is busy"]) }
    apply(&self)
    applied.append(call)
    return Reply(status: 202)
  }

  private func index(_ id: SnapshotID) -> Int? { snapshots.firstIndex { $0.id == id } }

  private func isRunning(_ snapshot: Snapshot, _ now: Duration) -> Bool {
    snapshot.runsUntil.map { now < $0 } ?? false
  }

  private func list(_ query: String?, _ page: Int, _ now: Duration) -> Reply {
    let found = snapshots.filter { snapshot in query.map { snapshot.name.contains($0) } ?? true }
    let pages = max(1, (found.count + rowsOfPage - 1) / rowsOfPage)
    let rows = found.dropFirst((page - 1) * rowsOfPage).prefix(rowsOfPage).map { row($0, now) }
    return Reply(
      status: 200, body: Page(rows: rows, page: page, pages: pages, results: found.count).json)
  }

  private func row(_ snapshot: Snapshot, _ now: Duration) -> SnapshotRow {
    let json: JSON = [
      "created": "2025-02-04 10:19:36.925397", "id": .int(snapshot.id.rawValue),
      "in_progress": isRunning(snapshot, now) ? true : .null, "name": .string(snapshot.name),
      "perms": "rw", "vm_id": .int(snapshot.slice.rawValue), "vm_perms": "rw",
      "vmname": .string(slices[snapshot.slice] ?? ""),
    ]
    guard let row = SnapshotRow(json) else { preconditionFailure("a row has an id") }
    return row
  }

  private static func rowOfSlice(_ snapshot: Snapshot) -> JSON {
    [
      "created": "2025-02-04 10:19:36.925397", "id": .int(snapshot.id.rawValue),
      "name": .string(snapshot.name),
    ]
  }
}

extension Endpoint {
  /// The call that a request makes; nil when it is none of the API's.
  package init?(method: String, target: String, body: String) {
    let parts = target.split(separator: "?", maxSplits: 1)
    guard let path = parts.first, path.hasPrefix(Endpoint.basePath) else { return nil }
    let words = path.dropFirst(Endpoint.basePath.count).split(separator: "/").map(String.init)
    let name = (try? JSON(parsing: body))?.objectValue?["snapshot_name"]?.stringValue
    let ids = words.map { Int($0) }
    switch (method, words.count) {
    case ("GET", 1) where words[0] == "images":
      self = Self.list(parts.dropFirst().first)
    case ("GET", 3):
      guard let slice = ids[2] else { return nil }
      self = .listSlice(SliceID(slice))
    case ("POST", 4) where words[3] == "create":
      guard let slice = ids[2], let name else { return nil }
      self = .create(SliceID(slice), name: name)
    case ("POST", 4) where words[3] == "rename":
      guard let id = ids[2], let name else { return nil }
      self = .rename(SnapshotID(id), name: name)
    case ("DELETE", 4) where words[3] == "delete":
      guard let id = ids[2] else { return nil }
      self = .delete(SnapshotID(id))
    case ("POST", 5) where words[3] == "restore":
      guard let id = ids[2], let slice = ids[4] else { return nil }
      self = .restore(SnapshotID(id), onto: SliceID(slice))
    default: return nil
    }
  }

  private static func list(_ query: Substring?) -> Endpoint {
    var fields: [Substring: Substring] = [:]
    for field in query?.split(separator: "&") ?? [] {
      let parts = field.split(separator: "=", maxSplits: 1)
      fields[parts[0]] = parts.dropFirst().first ?? ""
    }
    return .list(query: fields["query"].map(String.init), page: fields["page"].flatMap { Int($0) })
  }
}
