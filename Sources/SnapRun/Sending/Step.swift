package import CloudAPI

/// One change that the executor is to send, with what was known when it was decided.
package struct Step: Sendable {
  package let change: Endpoint
  /// The snapshot as it was read; nil for a creation.
  package let snapshot: SnapshotRow?
  /// The slice that the change works on.
  package let slice: SliceID
  package let sliceName: String?
  package let slicePerms: String?
  /// The ids of the slice's snapshots before: a creation's own is not among them. Without them the
  /// executor reads the slice's list first.
  package let knownIDs: Set<SnapshotID>?
  /// Snapshots of the slice that must still be there when this one is deleted: those because of
  /// which it may go.
  package let keepers: Set<SnapshotID>

  package init(
    _ change: Endpoint, snapshot: SnapshotRow?, slice: SliceID, sliceName: String?,
    slicePerms: String? = nil, knownIDs: Set<SnapshotID>? = nil, keepers: Set<SnapshotID> = []
  ) {
    self.change = change
    self.snapshot = snapshot
    self.slice = slice
    self.sliceName = sliceName
    self.slicePerms = slicePerms
    self.knownIDs = knownIDs
    self.keepers = keepers
  }

  /// The same with other ids that were there before; nil for what has to be read anew.
  func knowing(_ ids: Set<SnapshotID>?) -> Step {
    Step(
      change, snapshot: snapshot, slice: slice, sliceName: sliceName, slicePerms: slicePerms,
      knownIDs: ids, keepers: keepers)
  }

  /// The name that a creation or a rename gives.
  package var newName: String? {
    switch change {
    case .create(_, let name), .rename(_, let name): name
    default: nil
    }
  }

  package var verb: Verb {
    switch change {
    case .create: .create
    case .restore: .restore
    case .rename: .rename
    case .delete, .list, .listSlice: .delete
    }
  }

  package enum Verb: String, Sendable { case create, restore, rename, delete = "rm" }

  /// Whether it replaces or removes data: a person is asked first.
  package var isDestructive: Bool { verb == .restore || verb == .delete }

  /// What the cloud will do, in a few words: `restore 14901 'auto-1' → web-01`.
  package var summary: String {
    let slice = sliceName ?? String(slice.rawValue)
    let snapshot = snapshot.map { row in row.name.map { "\(row.id) '\($0)'" } ?? "\(row.id)" } ?? ""
    return switch change {
    case .create(_, let name): "create '\(name)' of \(slice)"
    case .restore: "restore \(snapshot) → \(slice)"
    case .rename(_, let name): "rename \(snapshot) to '\(name)'"
    default: "rm \(snapshot) of \(slice)"
    }
  }

  /// Why the cloud would refuse it, by the permissions that were read; nil when nothing is known
  /// against it ("Restore a Slice from Snapshot": `rw` on both).
  package var missingPermission: String? {
    guard verb == .restore else { return nil }
    let snapshotName = snapshot?.name ?? snapshot.map { "\($0.id)" } ?? ""
    let sliceName = sliceName ?? "\(slice)"
    return switch (snapshot?.perms, slicePerms) {
    case ("ro", "ro"): "the snapshot '\(snapshotName)' and the slice '\(sliceName)' are read-only"
    case ("ro", _): "the snapshot '\(snapshotName)' is read-only"
    case (_, "ro"): "the slice '\(sliceName)' is read-only"
    default: nil
    }
  }
}
