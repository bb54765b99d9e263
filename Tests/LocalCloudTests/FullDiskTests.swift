import CloudAPI
import Glibc
import LocalCloud
import OrderedJSON
import Testing

@Suite struct FullDiskTests {
  private static let full = SystemCallError(call: "copy_file_range", path: "disk", code: ENOSPC)

  @Test("a create that meets a full disk half way leaves no row and no bytes, and frees the slice")
  func create() async throws {
    try await TestCloud.serve(checkpoint: { if $0 == .halfWay { throw Self.full } }) { cloud in
      let disk = try readFile(cloud.folder.path + "/disks/3001.img")
      let answer = try await cloud.post("/images/snapshots/3001/create", name: "a")
      #expect(answer.status == 202)
      #expect(try await cloud.settledRows() == [])
      #expect(try names(in: cloud.folder.path + "/snapshots") == [])
      #expect(try readFile(cloud.folder.path + "/disks/3001.img") == disk)
      let operation = try await cloud.cloud.begin(.create(SliceID(3001), name: "b"))
      #expect(await cloud.cloud.perform(operation) as? SystemCallError == Self.full)
    }
  }

  @Test("a restore that meets a full disk leaves the old disk")
  func restore() async throws {
    let store = MemoryDiskStore()
    let folder = try TemporaryFolder()
    let cloud = try await LocalCloud(folder: folder.path, store: store)
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    _ = await cloud.perform(try await cloud.begin(.create(slice.id, name: "a")))
    let bytes = noise(4096)
    store.write(bytes, to: .disk(slice.id))

    store.failCopies(with: Self.full)
    let operation = try await cloud.begin(.restore(SnapshotID(14001), onto: slice.id))
    #expect(await cloud.perform(operation) as? SystemCallError == Self.full)
    #expect(try store.bytes(of: .disk(slice.id)) == bytes)

    store.failCopies(with: nil)
    let again = try await cloud.begin(.restore(SnapshotID(14001), onto: slice.id))
    #expect(await cloud.perform(again) == nil)
    #expect(try store.bytes(of: .disk(slice.id)).allSatisfy { $0 == 0 })
  }

  @Test("what obviously can't fit is refused with 507, and nothing has begun")
  func refused() async throws {
    let store = MemoryDiskStore()
    let folder = try TemporaryFolder()
    let cloud = try await LocalCloud(folder: folder.path, store: store)
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    try await TestCloud.serve(cloud, in: folder) { served in
      store.refuseSpace(with: .insufficientSpace(needed: 4096, available: 7))
      let answer = try await served.post("/images/snapshots/\(slice.id)/create", name: "a")
      #expect(answer.status == 507)
      #expect(answer.error == "the disk is full: 4096 bytes needed, 7 available")
      #expect(try await served.get("/images").rows == [])
      store.refuseSpace(with: nil)
      let again = try await served.post("/images/snapshots/\(slice.id)/create", name: "a")
      #expect(again.status == 202)
    }
  }

  @Test(
    "on a file system that is really full, what fits is done, and the rest leaves nothing behind",
    .enabled("needs the right to mount") { try await canMount() })
  func small() async throws {
    let folder = try TemporaryFolder()
    let image = folder.path + "/image"
    try writeFile(image, noise(8 << 20))
    // The first snapshot leaves less than the second needs, which had begun before.
    let script = """
      mkdir "$1/data" && mount -t tmpfs -o size=28m none "$1/data" &&
      "$2" "$1/data" none fill "$3" && cd "$1/data" && ls snapshots
      """
    let result = try await runProgram(
      "unshare", ["--mount", "sh", "-c", script, "sh", folder.path, try fixturePath(), image])
    let lines = result.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 5, "\(result)")
    #expect(lines[0] == "done: 3001")
    #expect(lines[1].hasPrefix("failed: "))
    #expect(lines[1].hasSuffix("the disk is full"))
    #expect(lines[2].hasPrefix("refused: the disk is full: "))
    let rows = SnapshotRow.rows(inDataOf: try JSON(parsing: lines[3]))
    #expect(rows?.map(\.name) == ["of one"])
    #expect(rows?.map(\.isInProgress) == [false])
    #expect(lines[4] == "14001.img")
  }

  private static func canMount() async throws -> Bool {
    try await runProgram("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).isSuccess
  }
}
