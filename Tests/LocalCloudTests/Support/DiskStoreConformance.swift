import CloudAPI
import LocalCloud
import Synchronization
import Testing

/// What every `DiskStore` does. A new kind of store is tested by one more case of
/// `DiskStoreTests.Kind`.
struct DiskStoreConformance: Sendable {
  let store: any DiskStore
  /// How the test reaches the bytes, as a virtual machine would.
  let read: @Sendable (DiskImage) throws -> [UInt8]
  let write: @Sendable ([UInt8], SliceID) throws -> Void

  private let slice = SliceID(3001)
  private let other = SliceID(3002)
  private let snapshot = SnapshotImage(SnapshotID(14001), of: SliceID(3001))
  private let old = noise(3 << 20)

  /// A disk with the bytes `old`, its snapshot, then other bytes on the disk.
  private func prepare() async throws -> [UInt8] {
    try await store.createDisk(slice, size: old.count)
    try write(old, slice)
    try await store.snapshotDisk(slice, as: snapshot.id) { _ in }
    let new = noise(old.count)
    try write(new, slice)
    return new
  }

  func newDiskIsEmpty() async throws {
    try await store.createDisk(slice, size: 12345)
    #expect(try await store.size(of: .disk(slice)) == 12345)
    #expect(try read(.disk(slice)).allSatisfy { $0 == 0 })
  }

  func snapshotKeepsItsBytes() async throws {
    let new = try await prepare()
    #expect(try read(.snapshot(snapshot)) == old)
    #expect(try read(.disk(slice)) == new)
    #expect(try await store.size(of: .snapshot(snapshot)) == old.count)
  }

  func stagedRestoreShowsNothing() async throws {
    let new = try await prepare()
    try await store.stageRestore(of: snapshot, onto: slice) { _ in }
    #expect(try read(.disk(slice)) == new)
    try await store.discardRestore(onto: slice)
    try await store.commitRestore(onto: slice) { _ in }
    #expect(try read(.disk(slice)) == new)
  }

  func committedRestoreIsTheSnapshot() async throws {
    _ = try await prepare()
    try await store.stageRestore(of: snapshot, onto: slice) { _ in }
    try await store.commitRestore(onto: slice) { _ in }
    #expect(try read(.disk(slice)) == old)
    try write(noise(old.count), slice)
    #expect(try read(.snapshot(snapshot)) == old)
  }

  func endingTwiceSucceeds() async throws {
    let new = try await prepare()
    for _ in 1...2 {
      try await store.commitRestore(onto: slice) { _ in }
      try await store.discardRestore(onto: slice)
      #expect(try read(.disk(slice)) == new)
    }
    for _ in 1...2 { try await store.deleteSnapshot(snapshot) }
    for _ in 1...2 { try await store.deleteDisk(slice) }
    await #expect(throws: (any Error).self) { try await store.size(of: .snapshot(snapshot)) }
    await #expect(throws: (any Error).self) { try await store.size(of: .disk(slice)) }
  }

  func restoreChangesTheSize() async throws {
    _ = try await prepare()
    try await store.createDisk(other, size: 4096)
    try await store.stageRestore(of: snapshot, onto: other) { _ in }
    try await store.commitRestore(onto: other) { _ in }
    #expect(try await store.size(of: .disk(other)) == old.count)
    #expect(try read(.disk(other)) == old)
  }

  func progressRisesToTheEnd() async throws {
    try await store.createDisk(slice, size: old.count)
    try write(old, slice)
    let percents = Mutex<[Int]>([])
    try await store.snapshotDisk(slice, as: snapshot.id) { percent in
      percents.withLock { $0.append(percent) }
    }
    let seen = percents.withLock { $0 }
    #expect(seen.last == 100)
    #expect(seen == Set(seen).sorted())
  }

  func importedDiskHasTheBytesOfTheFile() async throws {
    let folder = try TemporaryFolder()
    try writeFile(folder.path + "/image", old)
    try await store.importDisk(slice, from: folder.path + "/image")
    #expect(try read(.disk(slice)) == old)
    await #expect(throws: (any Error).self) {
      try await store.importDisk(other, from: folder.path + "/nothing")
    }
    await #expect(throws: (any Error).self) { try await store.size(of: .disk(other)) }
  }
}
