import CCeph
package import CloudAPI
import Glibc
package import LocalCloud

/// Disks as RBD images `slice-3001`, and snapshots as their snapshots `14001`.
///
/// A removed slice's image is `removed-3001`, without data of its own, until its last snapshot goes.
/// A restore that is to be committed is noted in the image's metadata. It is a rollback, or, from
/// another slice's snapshot, a copy of its data; both can be begun again until they are done.
package struct RBDDiskStore: DiskStore {
  private let calls: ImageCalls
  private static let note = "snapsh.restore"

  init(_ calls: ImageCalls) { self.calls = calls }

  /// Connects with the cluster. Blocks; throws `CephError`.
  package init(_ address: CephAddress) throws {
    self.init(ImageCalls(try CephConnection(address, timeout: nil)))
  }

  package func createDisk(_ slice: SliceID, size: Int) async throws {
    try await calls.change { connection in
      try RBDImage.create(Self.name(slice), size: size, in: connection)
    }
  }

  package func importDisk(_ slice: SliceID, from path: String) async throws {
    try await calls.change { connection in
      let file = try OpenFile(path, O_RDONLY)
      let name = Self.name(slice)
      try RBDImage.create(name, size: Int(try file.size), in: connection)
      do {
        let image = try RBDImage(name, in: connection)
        for range in try file.dataRanges {
          try image.write(range) { try file.read($0.count, at: $0.lowerBound) }
        }
        try image.flush()
      } catch {
        // The first failure is the one to tell; the slice is never shown.
        try? RBDImage.remove(name, in: connection)
        throw error
      }
    }
  }

  package func snapshotDisk(
    _ slice: SliceID, as snapshot: SnapshotID, progress: @escaping Progress
  ) async throws {
    try await calls.change { connection in
      try RBDImage(Self.name(slice), in: connection).createSnapshot(snapshot.description)
      progress(100)
    }
  }

  package func stageRestore(
    of snapshot: SnapshotImage, onto slice: SliceID, progress: @escaping Progress
  ) async throws {
    try await calls.change { connection in
      _ = try Self.open(snapshot, in: connection)
      try RBDImage(Self.name(slice), in: connection)
        .setNote(Self.note, to: "\(snapshot.id)@\(snapshot.slice)")
    }
  }

  package func commitRestore(onto slice: SliceID, progress: @escaping Progress) async throws {
    try await calls.change { connection in
      guard let image = try RBDImage.existing(Self.name(slice), in: connection),
        let snapshot = try image.note(Self.note).flatMap(Self.snapshot)
      else { return }
      if snapshot.slice == slice {
        try image.rollBack(to: snapshot.id.description, progress: progress)
      } else {
        try image.becomeCopy(of: try Self.open(snapshot, in: connection), progress: progress)
      }
      try image.removeNote(Self.note)
    }
  }

  package func discardRestore(onto slice: SliceID) async throws {
    try await calls.change { connection in
      try RBDImage.existing(Self.name(slice), in: connection)?.removeNote(Self.note)
    }
  }

  package func deleteSnapshot(_ snapshot: SnapshotImage) async throws {
    try await calls.change { connection in
      let name = snapshot.id.description
      if let image = try RBDImage.existing(Self.name(snapshot.slice), in: connection) {
        return try image.removeSnapshot(name)
      }
      let removed = Self.nameWhenRemoved(snapshot.slice)
      let isLast: Bool
      do {
        guard let image = try RBDImage.existing(removed, in: connection) else { return }
        try image.removeSnapshot(name)
        isLast = try image.snapshotCount == 0
      }
      if isLast { try RBDImage.remove(removed, in: connection) }
    }
  }

  package func deleteDisk(_ slice: SliceID) async throws {
    try await calls.change { connection in
      let (name, removed) = (Self.name(slice), Self.nameWhenRemoved(slice))
      if let hasSnapshots = try RBDImage.existing(name, in: connection)?.snapshotCount {
        guard hasSnapshots > 0 else { return try RBDImage.remove(name, in: connection) }
        try RBDImage.rename(name, to: removed, in: connection)
      }
      try RBDImage.existing(removed, in: connection)?.resize(to: 0)
    }
  }

  package func size(of image: DiskImage) async throws -> Int {
    try await calls.look { connection in
      switch image {
      case .disk(let slice):
        try RBDImage(Self.name(slice), in: connection, isReadOnly: true).size
      case .snapshot(let snapshot): try Self.open(snapshot, in: connection).size
      }
    }
  }

  package func dataSize(of image: DiskImage) async throws -> Int {
    try await calls.look { connection in
      switch image {
      case .disk(let slice):
        try RBDImage(Self.name(slice), in: connection, isReadOnly: true).dataSize
      case .snapshot(let snapshot): try Self.open(snapshot, in: connection).dataSize
      }
    }
  }

  package func requireSpace(toCopy image: DiskImage) async throws {
    // A snapshot shares all data with its disk; a restore may need room for all of it.
    guard case .snapshot = image else { return }
    let needed = try await dataSize(of: image)
    let available = try await calls.look { try PoolSpace.available(in: $0) }
    guard needed <= available else {
      throw LocalCloudError.insufficientSpace(needed: needed, available: available)
    }
  }

  package func location(ofDisk slice: SliceID) -> String {
    "rbd:\(calls.address.place)/\(Self.name(slice))"
  }
}

extension RBDDiskStore {
  private static func name(_ slice: SliceID) -> String { "slice-\(slice)" }
  private static func nameWhenRemoved(_ slice: SliceID) -> String { "removed-\(slice)" }

  /// From `14001@3001`.
  private static func snapshot(_ note: String) -> SnapshotImage? {
    let parts = note.split(separator: "@").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    return SnapshotImage(SnapshotID(parts[0]), of: SliceID(parts[1]))
  }

  private static func open(
    _ snapshot: SnapshotImage, in connection: CephConnection
  ) throws -> RBDImage {
    let name = snapshot.id.description
    do {
      return try RBDImage(
        Self.name(snapshot.slice), snapshot: name, in: connection, isReadOnly: true)
    } catch CephError.failed(_, _, ENOENT) {
      return try RBDImage(
        nameWhenRemoved(snapshot.slice), snapshot: name, in: connection, isReadOnly: true)
    }
  }
}
