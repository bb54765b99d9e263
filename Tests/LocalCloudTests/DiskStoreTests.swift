import CephStore
import CloudAPI
import LocalCloud
import Testing

/// The conformance suite over each kind of store.
@Suite struct DiskStoreTests {
  enum Kind: CaseIterable {
    case files, filesByCopyFileRange, filesByReadWrite, memory, ceph

    static let all = allCases.filter { $0 != .ceph || TestCeph.cluster != nil }
  }

  private func with(
    _ kind: Kind, _ body: (DiskStoreConformance) async throws -> Void
  ) async throws {
    let methods: [CopyMethod]
    switch kind {
    case .memory:
      let store = MemoryDiskStore()
      return try await body(
        DiskStoreConformance(
          store: store, read: { try store.bytes(of: $0) },
          write: { store.write($0, to: .disk($1)) }))
    case .ceph:
      let ceph = try TestCeph()
      return try await body(
        DiskStoreConformance(
          store: try RBDDiskStore(ceph.address), read: { try ceph.read($0) },
          write: { try ceph.write($0, to: $1) }))
    case .files: methods = CopyMethod.allCases
    case .filesByCopyFileRange: methods = [.copyFileRange]
    case .filesByReadWrite: methods = [.readWrite]
    }
    let folder = try TemporaryFolder()
    let path = folder.path
    try await body(
      DiskStoreConformance(
        store: try FileDiskStore(folder: path, methods: methods),
        read: { image in
          switch image {
          case .disk(let slice): try readFile("\(path)/disks/\(slice).img")
          case .snapshot(let snapshot): try readFile("\(path)/snapshots/\(snapshot.id).img")
          }
        },
        write: { try writeFile("\(path)/disks/\($1).img", $0) }))
    #expect(try names(in: path + "/disks").allSatisfy { $0.hasSuffix(".img") })
  }

  @Test("a new disk has the size that was asked for, and zeros", arguments: Kind.all)
  func newDisk(_ kind: Kind) async throws {
    try await with(kind) { try await $0.newDiskIsEmpty() }
  }

  @Test("a snapshot keeps the bytes of its moment", arguments: Kind.all)
  func snapshot(_ kind: Kind) async throws {
    try await with(kind) { try await $0.snapshotKeepsItsBytes() }
  }

  @Test("a staged restore doesn't change the disk, and can be discarded", arguments: Kind.all)
  func staged(_ kind: Kind) async throws {
    try await with(kind) { try await $0.stagedRestoreShowsNothing() }
  }

  @Test("a committed restore is the snapshot, which stays apart from it", arguments: Kind.all)
  func committed(_ kind: Kind) async throws {
    try await with(kind) { try await $0.committedRestoreIsTheSnapshot() }
  }

  @Test("what ends an operation can be called again when it has ended", arguments: Kind.all)
  func twice(_ kind: Kind) async throws {
    try await with(kind) { try await $0.endingTwiceSucceeds() }
  }

  @Test("a disk takes the size of the snapshot that it is restored from", arguments: Kind.all)
  func size(_ kind: Kind) async throws {
    try await with(kind) { try await $0.restoreChangesTheSize() }
  }

  @Test("progress rises, and ends at 100", arguments: Kind.all)
  func progress(_ kind: Kind) async throws {
    try await with(kind) { try await $0.progressRisesToTheEnd() }
  }

  @Test("an imported disk has the bytes of its file", arguments: Kind.all)
  func imported(_ kind: Kind) async throws {
    try await with(kind) { try await $0.importedDiskHasTheBytesOfTheFile() }
  }

  @Test(
    "holes stay holes in imports, snapshots and restores",
    arguments: [[.copyFileRange], [.readWrite]] as [[CopyMethod]])
  func holes(_ methods: [CopyMethod]) async throws {
    let folder = try TemporaryFolder()
    let store = try FileDiskStore(folder: folder.path, methods: methods)
    let image = folder.path + "/image"
    let size = 128 << 20
    try writeFile(image, [0], at: size - 1)
    try writeFile(image, noise(1 << 20), at: 64 << 20)
    let slice = SliceID(3001)
    let snapshot = SnapshotImage(SnapshotID(14001), of: slice)
    try await store.importDisk(slice, from: image)
    try await store.snapshotDisk(slice, as: snapshot.id) { _ in }
    try await store.deleteDisk(slice)
    try await store.createDisk(slice, size: size)
    #expect(try FileFacts(folder.path + "/disks/3001.img").allocated <= 4096)
    try await store.stageRestore(of: snapshot, onto: slice) { _ in }
    try await store.commitRestore(onto: slice) { _ in }
    for path in ["/disks/3001.img", "/snapshots/14001.img"] {
      let facts = try FileFacts(folder.path + path)
      #expect(facts.size == size)
      #expect(facts.allocated <= 2 << 20)
      #expect(try await runProgram("cmp", [image, folder.path + path]).isSuccess)
    }
  }
}
