import CloudAPI
import OrderedJSON

/// A slice with its snapshots, as the full list tells of them.
struct SliceSnapshots {
  let id: SliceID
  let name: String?
  let region: String?
  let perms: String?
  /// In the order of the list.
  var rows: [SnapshotRow]
  /// Whether the slice itself is gone, and only snapshots of it are left.
  let isDeleted: Bool

  /// The slices of `rows`, and those that are known without any, by their ids. A row that names no
  /// slice is left out.
  static func grouped(
    _ rows: [SnapshotRow], known: [CloudSession.KnownSlice] = []
  ) -> [SliceSnapshots] {
    var slices = Dictionary(grouping: rows.filter { $0.slice != nil }) { $0.slice }
      .compactMap { id, rows in id.map { SliceSnapshots($0, rows) } }
    let ids = Set(slices.map(\.id))
    slices += known.filter { !ids.contains($0.id) }.map(SliceSnapshots.init)
    return slices.sorted { $0.id < $1.id }
  }

  private init(_ id: SliceID, _ rows: [SnapshotRow]) {
    self.id = id
    self.rows = rows
    // A slice may have been renamed between two readings of pages.
    name = rows.last?.sliceName
    region = rows.last?.region
    perms = rows.last?.slicePerms
    isDeleted = rows.last?.isOfRemovedSlice ?? false
  }

  private init(_ slice: CloudSession.KnownSlice) {
    (id, name, region, perms) = (slice.id, slice.name, slice.region, slice.perms)
    rows = []
    isDeleted = false
  }

  /// The name, or the id when there is none.
  var label: String { name ?? "\(id)" }
}
