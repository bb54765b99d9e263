/// The contents of an index, sorted and laid out for searching.
struct SearchTable: Sendable {
  /// Newest first.
  let snapshots: [SnapshotIndex.Snapshot]
  /// Those with the newest snapshots first.
  let slices: [SnapshotIndex.Slice]
  let regions: [String]
  private let snapshotNames: NameList
  private let snapshotIDs: IDList
  private let snapshotNameCounts: [String: Int]
  private let sliceNames: NameList
  private let sliceIDs: IDList
  private let sliceNameCounts: [String: Int]

  init(_ snapshots: [SnapshotIndex.Snapshot], slices known: [SnapshotIndex.Slice]) {
    let snapshots = Self.newestFirst(snapshots)
    let slices = Self.slices(of: snapshots, known)
    self.snapshots = snapshots
    self.slices = slices
    regions = Set(slices.compactMap(\.region)).sorted()
    snapshotNames = NameList(snapshots.lazy.map(\.name))
    snapshotIDs = IDList(snapshots.lazy.map(\.id))
    snapshotNameCounts = Self.counts(snapshots.lazy.map(\.name))
    sliceNames = NameList(slices.lazy.map(\.name))
    sliceIDs = IDList(slices.lazy.map(\.id))
    sliceNameCounts = Self.counts(slices.lazy.map(\.name))
  }

  /// Those whose id begins with `text` or whose name holds it: the ones that begin with it first,
  /// then newest first. When no name fits, the snapshots of the slices whose names do.
  func snapshots(matching text: String, limit: Int) -> [SnapshotIndex.Snapshot] {
    guard !text.isEmpty else { return Array(snapshots.prefix(limit)) }
    let found = Self.positions(text, snapshotNames, snapshotIDs, limit)
    if !found.isEmpty { return found.map { snapshots[$0] } }
    let owners = Set(Self.positions(text, sliceNames, sliceIDs, limit).map { slices[$0].id })
    guard !owners.isEmpty else { return [] }
    return Array(
      snapshots.lazy.filter { $0.slice.map(owners.contains) ?? false }.prefix(limit))
  }

  func slices(matching text: String, limit: Int) -> [SnapshotIndex.Slice] {
    guard !text.isEmpty else { return Array(slices.prefix(limit)) }
    return Self.positions(text, sliceNames, sliceIDs, limit).map { slices[$0] }
  }

  func isUnique(_ snapshot: SnapshotIndex.Snapshot) -> Bool {
    snapshot.name.map { snapshotNameCounts[$0] == 1 } ?? false
  }

  func isUnique(_ slice: SnapshotIndex.Slice) -> Bool {
    slice.name.map { sliceNameCounts[$0] == 1 } ?? false
  }

  /// Sorted by keys apart from the rows, whose texts are costly to move.
  private static func newestFirst(
    _ snapshots: [SnapshotIndex.Snapshot]
  ) -> [SnapshotIndex.Snapshot] {
    let keys = snapshots.enumerated().map { position, snapshot in
      (snapshot.created ?? .min, snapshot.id, position)
    }
    return keys.sorted { $0 > $1 }.map { snapshots[$0.2] }
  }

  private static func positions(
    _ text: String, _ names: NameList, _ ids: IDList, _ limit: Int
  ) -> [Int] {
    let byName = names.search(text, limit: limit)
    let first = Set(byName.prefixed).union(ids.search(text))
    let rest = byName.containing.filter { !first.contains($0) }
    return Array((first.sorted() + rest).prefix(limit))
  }

  private static func counts(_ names: some Sequence<String?>) -> [String: Int] {
    var counts: [String: Int] = [:]
    for case let name? in names { counts[name, default: 0] += 1 }
    return counts
  }

  /// The slices that the snapshots, newest first, tell of, and those that are `known` besides.
  private static func slices(
    of snapshots: [SnapshotIndex.Snapshot], _ known: [SnapshotIndex.Slice]
  ) -> [SnapshotIndex.Slice] {
    var positions: [Int: Int] = [:]
    var slices: [SnapshotIndex.Slice] = []
    for snapshot in snapshots {
      guard let id = snapshot.slice else { continue }
      if let position = positions[id] {
        slices[position].count += 1
        slices[position].name = slices[position].name ?? snapshot.sliceName
        slices[position].region = slices[position].region ?? snapshot.region
      } else {
        positions[id] = slices.count
        slices.append(
          SnapshotIndex.Slice(
            id: id, name: snapshot.sliceName, region: snapshot.region, count: 1,
            newest: snapshot.created))
      }
    }
    for slice in known {
      guard let position = positions[slice.id] else {
        positions[slice.id] = slices.count
        slices.append(slice)
        continue
      }
      slices[position].name = slice.name ?? slices[position].name
      slices[position].region = slice.region ?? slices[position].region
    }
    return slices
  }
}
