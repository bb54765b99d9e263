import CloudAPI
import LocalCloud
import Synchronization

/// Images in memory: a second kind of store, to show what all kinds have in common. A test may make
/// the next copies fail.
final class MemoryDiskStore: DiskStore {
  private struct State {
    var images: [DiskImage: [UInt8]] = [:]
    var staged: [SliceID: [UInt8]] = [:]
    var copyFailure: SystemCallError?
    var spaceFailure: LocalCloudError?
  }

  private let state = Mutex(State())

  /// What copies throw half way; nil for none.
  func failCopies(with error: SystemCallError?) { state.withLock { $0.copyFailure = error } }

  /// What `requireSpace` throws; nil for nothing.
  func refuseSpace(with error: LocalCloudError?) { state.withLock { $0.spaceFailure = error } }

  func write(_ bytes: [UInt8], to image: DiskImage) { state.withLock { $0.images[image] = bytes } }

  func bytes(of image: DiskImage) throws -> [UInt8] {
    guard let bytes = state.withLock({ $0.images[image] }) else {
      throw SystemCallError(call: "open", path: "\(image)", code: 2)
    }
    return bytes
  }

  private func copy(_ image: DiskImage, _ progress: Progress) throws -> [UInt8] {
    let bytes = try bytes(of: image)
    progress(50)
    if let failure = state.withLock({ $0.copyFailure }) { throw failure }
    progress(100)
    return bytes
  }

  func createDisk(_ slice: SliceID, size: Int) async throws {
    write([UInt8](repeating: 0, count: size), to: .disk(slice))
  }

  func importDisk(_ slice: SliceID, from file: String) async throws {
    write(try readFile(file), to: .disk(slice))
  }

  func snapshotDisk(
    _ slice: SliceID, as snapshot: SnapshotID, progress: @escaping Progress
  ) async throws {
    write(
      try copy(.disk(slice), progress), to: .snapshot(SnapshotImage(snapshot, of: slice)))
  }

  func stageRestore(
    of snapshot: SnapshotImage, onto slice: SliceID, progress: @escaping Progress
  ) async throws {
    let bytes = try copy(.snapshot(snapshot), progress)
    state.withLock { $0.staged[slice] = bytes }
  }

  func commitRestore(onto slice: SliceID, progress: @escaping Progress) async throws {
    state.withLock { state in
      if let bytes = state.staged.removeValue(forKey: slice) { state.images[.disk(slice)] = bytes }
    }
  }

  func discardRestore(onto slice: SliceID) async throws {
    state.withLock { $0.staged[slice] = nil }
  }

  func deleteSnapshot(_ snapshot: SnapshotImage) async throws {
    state.withLock { $0.images[.snapshot(snapshot)] = nil }
  }

  func deleteDisk(_ slice: SliceID) async throws {
    state.withLock { $0.images[.disk(slice)] = nil }
  }

  func size(of image: DiskImage) async throws -> Int { try bytes(of: image).count }

  func dataSize(of image: DiskImage) async throws -> Int { try bytes(of: image).count }

  func requireSpace(toCopy image: DiskImage) async throws {
    if let failure = state.withLock({ $0.spaceFailure }) { throw failure }
  }

  func location(ofDisk slice: SliceID) -> String { "memory:\(slice)" }
}
