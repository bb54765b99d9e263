import Glibc

/// The file of a process's copy of shared records: `ID.sqlite`, of no use to any other process.
final class ReplicaFile: Sendable {
  private let folder: String
  private let lock: InstanceLock

  /// Makes the folder, and removes what processes have left in it that were killed.
  init(in folder: String) throws {
    try DataFolder.create(folder)
    self.folder = folder
    for id in try InstanceLock.all(in: folder) where try !InstanceLock.isHeld(id, in: folder) {
      Self.remove(id, in: folder)
    }
    lock = try InstanceLock(in: folder)
  }

  deinit { Self.remove(lock.id, in: folder) }

  var path: String { Self.path(of: lock.id, in: folder) }

  private static func path(of id: String, in folder: String) -> String { "\(folder)/\(id).sqlite" }

  private static func remove(_ id: String, in folder: String) {
    for suffix in ["", "-wal", "-shm"] { _ = unlink(path(of: id, in: folder) + suffix) }
  }
}
