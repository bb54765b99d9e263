import CloudAPI
import LocalCloud
import Testing

@Suite struct SliceAdministrationTests {
  private let folder: TemporaryFolder
  private let cloud: LocalCloud

  init() async throws {
    folder = try TemporaryFolder()
    cloud = try await LocalCloud(folder: folder.path + "/new/data")
  }

  @Test("slices get ids from 3001, an empty disk of their size, and are listed by id")
  func add() async throws {
    let first = try await cloud.addSlice(name: "web-02", size: 10 << 30)
    let second = try await cloud.addSlice(
      name: "web-01", size: 1, region: "SFO1", permissions: .readOnly)
    #expect(try await cloud.slices() == [first, second])
    #expect(first.id == SliceID(3001))
    #expect(first.region == "LOCAL")
    #expect(first.permissions == .readWrite)
    #expect(second.id == SliceID(3002))
    #expect(second.region == "SFO1")
    #expect(second.permissions == .readOnly)
    let facts = try FileFacts(first.disk)
    #expect(facts.size == 10 << 30)
    #expect(facts.allocated <= 4096)
  }

  @Test("the folder and its files are for their owner only")
  func modes() async throws {
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    _ = await cloud.perform(try await cloud.begin(.create(slice.id, name: "a")))
    let data = folder.path + "/new/data"
    for path in ["", "/disks", "/snapshots", "/instances"] {
      #expect(try FileFacts(data + path).mode == 0o700, "\(path)")
    }
    let databases = try names(in: data).filter { $0.hasPrefix("cloud.sqlite") }
    #expect(databases.count == 3)
    for path in databases + ["disks/3001.img", "snapshots/14001.img"] {
      #expect(try FileFacts(data + "/" + path).mode == 0o600, "\(path)")
    }
  }

  @Test("a name that exists is refused, and free again when its slice is removed")
  func takenName() async throws {
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    await #expect(throws: LocalCloudError.sliceNameTaken("web-01")) {
      _ = try await cloud.addSlice(name: "web-01", size: 4096)
    }
    try await cloud.removeSlice(slice.id)
    #expect(try await cloud.addSlice(name: "web-01", size: 4096).id == SliceID(3002))
  }

  @Test("a name or a size that no slice can have is refused", arguments: ["", "a\nb", "\u{1B}[0m"])
  func badNames(_ name: String) async throws {
    await #expect(throws: LocalCloudError.badSliceName(name)) {
      _ = try await cloud.addSlice(name: name, size: 4096)
    }
    await #expect(throws: LocalCloudError.badSliceSize(0)) {
      _ = try await cloud.addSlice(name: "web-01", size: 0)
    }
    #expect(try await cloud.slices() == [])
  }

  @Test("an image that can't be read adds no slice")
  func badImage() async throws {
    await #expect(throws: SystemCallError(call: "open", path: "/nothing", code: 2)) {
      _ = try await cloud.addSlice(name: "web-01", importing: "/nothing")
    }
    #expect(try await cloud.slices() == [])
    #expect(try names(in: folder.path + "/new/data/disks") == [])
  }

  @Test("a slice is found by its id and by its name, and not by a part of it")
  func matching() async throws {
    let first = try await cloud.addSlice(name: "web-01", size: 4096)
    let second = try await cloud.addSlice(name: "3001", size: 4096)
    #expect(try await cloud.slice(matching: "web-01") == first)
    #expect(try await cloud.slice(matching: "3002") == second)
    await #expect(throws: LocalCloudError.unknownSlice("web")) {
      _ = try await cloud.slice(matching: "web")
    }
    await #expect(throws: LocalCloudError.ambiguousSlice("3001", [first.id, second.id])) {
      _ = try await cloud.slice(matching: "3001")
    }
  }

  @Test("a removed slice is unknown, and its id isn't used again")
  func remove() async throws {
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    try await cloud.removeSlice(slice.id)
    #expect(try await cloud.slices() == [])
    await #expect(throws: LocalCloudError.unknownSlice("3001")) {
      try await cloud.removeSlice(slice.id)
    }
    await #expect(throws: LocalCloudError.unknownSlice("3001")) {
      _ = try await cloud.list(of: slice.id)
    }
  }

  @Test("what one value of the folder does, another sees")
  func shared() async throws {
    let other = try await LocalCloud(folder: folder.path + "/new/data")
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    #expect(try await other.slices() == [slice])
  }

  @Test(
    "a moment is written with two digits a part, and microseconds",
    arguments: [
      (0, "1970-01-01 00:00:00.000000"),
      (1_738_664_376_925_397, "2025-02-04 10:19:36.925397"),
      (951_827_696_000_007, "2000-02-29 12:34:56.000007"),
    ])
  func timestamp(_ microseconds: Int, _ text: String) {
    #expect(Timestamp(microseconds: microseconds).description == text)
  }
}
