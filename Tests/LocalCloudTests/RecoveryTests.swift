import CloudAPI
import LocalCloud
import Testing

/// A process is killed (SIGKILL) in the middle of an operation; the next one that opens the folder,
/// or needs the slice, finds all as it was, or as it was to be.
@Suite struct RecoveryTests {
  private let folder: TemporaryFolder
  private let old = noise(256 << 10)
  private let new = noise(256 << 10)

  /// The slice 3001 has the disk `new` and the snapshot 14001 with the bytes `old`.
  init() async throws {
    folder = try TemporaryFolder()
    let cloud = try await LocalCloud(folder: folder.path)
    let slice = try await cloud.addSlice(name: "web-01", size: old.count)
    try writeFile(slice.disk, old)
    _ = await cloud.perform(try await cloud.begin(.create(slice.id, name: "a")))
    try writeFile(slice.disk, new)
  }

  private var disk: String { folder.path + "/disks/3001.img" }

  private func snapshotNames(_ cloud: LocalCloud) async throws -> [String] {
    let rows = SnapshotRow.rows(inDataOf: try await cloud.list(query: nil, page: 1)) ?? []
    #expect(rows.allSatisfy { !$0.isInProgress })
    return rows.compactMap(\.name)
  }

  /// Takes a snapshot: fails when the slice isn't free.
  private func expectFree(_ cloud: LocalCloud) async throws {
    let failure = await cloud.perform(try await cloud.begin(.create(SliceID(3001), name: "z")))
    #expect(failure == nil)
  }

  @Test(
    "a create that was cut off leaves neither a row nor a file, and its id isn't used again",
    arguments: [.beforeCopy, .halfWay, .beforeRename, .afterRename]
      as [FileDiskStore.Checkpoint])
  func create(_ checkpoint: FileDiskStore.Checkpoint) async throws {
    #expect(try await killFixture(folder, at: checkpoint, "create", "3001", "b"))
    let cloud = try await LocalCloud(folder: folder.path)
    #expect(try await snapshotNames(cloud) == ["a"])
    #expect(try names(in: folder.path + "/snapshots") == ["14001.img"])
    #expect(try readFile(disk) == new)
    try await expectFree(cloud)
    #expect(try names(in: folder.path + "/snapshots") == ["14001.img", "14003.img"])
  }

  @Test(
    "a restore that was cut off is finished, since its client takes it for done when it ends",
    arguments: [.beforeCopy, .halfWay, .beforeRename, .afterRename]
      as [FileDiskStore.Checkpoint])
  func restore(_ checkpoint: FileDiskStore.Checkpoint) async throws {
    #expect(try await killFixture(folder, at: checkpoint, "restore", "14001", "3001"))
    let cloud = try await LocalCloud(folder: folder.path)
    #expect(try readFile(disk) == old)
    #expect(try names(in: folder.path + "/disks") == ["3001.img"])
    #expect(try await snapshotNames(cloud) == ["a"])
    try await expectFree(cloud)
  }

  @Test("a delete that was cut off is finished")
  func delete() async throws {
    #expect(try await killFixture(folder, at: .beforeRemoval, "delete", "14001"))
    let cloud = try await LocalCloud(folder: folder.path)
    #expect(try await snapshotNames(cloud) == [])
    #expect(try names(in: folder.path + "/snapshots") == [])
    try await expectFree(cloud)
  }

  @Test("the removal of a slice that was cut off is finished")
  func remove() async throws {
    #expect(try await killFixture(folder, at: .beforeRemoval, "remove", "3001"))
    let cloud = try await LocalCloud(folder: folder.path)
    #expect(try await cloud.slices() == [])
    #expect(try names(in: folder.path + "/disks") == [])
    #expect(try await snapshotNames(cloud) == ["a"])
  }

  @Test(
    "a slice whose adding was cut off isn't there, and its name is free",
    arguments: [.beforeRename, .afterRename] as [FileDiskStore.Checkpoint])
  func add(_ checkpoint: FileDiskStore.Checkpoint) async throws {
    #expect(try await killFixture(folder, at: checkpoint, "add", "web-02", "4096"))
    let cloud = try await LocalCloud(folder: folder.path)
    #expect(try await cloud.slices().map(\.name) == ["web-01"])
    #expect(try names(in: folder.path + "/disks") == ["3001.img"])
    #expect(try await cloud.addSlice(name: "web-02", size: 4096).id == SliceID(3003))
  }

  @Test("a process that was open before the death of another frees the slice when it needs it")
  func meetingBusySlice() async throws {
    let cloud = try await LocalCloud(folder: folder.path)
    let isBusy = try await withFixture([folder.path, "halfWay", "restore", "14001", "3001"]) { _ in
      do {
        _ = try await cloud.begin(.create(SliceID(3001), name: "b"))
        return false
      } catch LocalCloudError.busySlice(SliceID(3001), operation: .restore) { return true }
    }
    #expect(isBusy == true)
    try await expectFree(cloud)
    #expect(try await snapshotNames(cloud) == ["a", "z"])
    #expect(try readFile(disk) == old)
    #expect(try names(in: folder.path + "/disks") == ["3001.img"])
  }

  @Test("opening a folder leaves the operations of the living alone")
  func living() async throws {
    let isBusy = try await withFixture([folder.path, "halfWay", "restore", "14001", "3001"]) {
      [folder] _ in
      let cloud = try await LocalCloud(folder: folder.path)
      let rows = SnapshotRow.rows(inDataOf: try await cloud.list(query: nil, page: 1)) ?? []
      let disks = try names(in: folder.path + "/disks")
      return rows.contains(where: \.isInProgress) && disks.contains("3001.img.staged")
    }
    #expect(isBusy == true)
  }

  @Test("the lock file of a dead process is removed, and that of a living one goes with it")
  func locks() async throws {
    #expect(try await killFixture(folder, at: .beforeCopy, "create", "3001", "b"))
    do {
      let cloud = try await LocalCloud(folder: folder.path)
      #expect(try names(in: folder.path + "/instances").count == 1)
      _ = try await cloud.slices()
    }
    #expect(try names(in: folder.path + "/instances") == [])
  }

  @Test("of several processes that open the folder after a death, all see it whole")
  func manyHeirs() async throws {
    #expect(try await killFixture(folder, at: .beforeRename, "restore", "14001", "3001"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...8 {
        group.addTask { [folder] in _ = try await LocalCloud(folder: folder.path) }
      }
      try await group.waitForAll()
    }
    #expect(try readFile(disk) == old)
    #expect(try names(in: folder.path + "/disks") == ["3001.img"])
  }
}
