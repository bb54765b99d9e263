import CloudAPI
import LocalCloud
import OrderedJSON
import Testing

/// Operations while they run, held at a gate.
@Suite struct OperationTests {
  @Test("a running operation shows in both lists, with the percentage of the bytes copied")
  func progress() async throws {
    let gate = Gate(.halfWay)
    try await TestCloud.serve(size: 4 << 20, checkpoint: gate.pass) { cloud in
      let answer = try await cloud.post("/images/snapshots/3001/create", name: "a")
      #expect(answer.status == 202)
      await gate.waitUntilReached()
      for path in ["/images", "/images/snapshots/3001"] {
        let row = try #require(try await cloud.get(path).rows.first)
        #expect(row["in_progress"] == "create")
        #expect(row["progress"] == 50)
        #expect(row["duration"] == .null)
      }
      gate.open()
      let row = try #require(try await cloud.settledRows().first)
      #expect(row["progress"] == .null)
      #expect(row["duration"]?.stringValue != nil)
    }
  }

  @Test("a slice takes one operation at a time, and is free after it")
  func busySlice() async throws {
    let gate = Gate(.halfWay)
    try await TestCloud.serve(checkpoint: gate.pass) { cloud in
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      await gate.waitUntilReached()
      let answer = try await cloud.post("/images/snapshots/3001/create", name: "b")
      #expect(answer.status == 409)
      #expect(
        answer.error == "slice 3001 is busy: its operation \"create\" is still running")
      for answer in [
        try await cloud.post("/images/snapshots/14001/restore/3001"),
        try await cloud.post("/images/snapshots/14001/rename", name: "b"),
        try await cloud.delete("/images/snapshots/14001/delete"),
      ] {
        #expect(answer.status == 409)
        #expect(
          answer.error == "snapshot 14001 is busy: its operation \"create\" is still running")
      }
      await #expect(throws: LocalCloudError.busySlice(SliceID(3001), operation: .create)) {
        try await cloud.cloud.removeSlice(SliceID(3001))
      }
      gate.open()
      _ = try await cloud.settledRows()
      gate.open()
      #expect(try await cloud.post("/images/snapshots/3001/create", name: "b").status == 202)
      #expect(try await cloud.settledRows().map { $0["name"] } == ["a", "b"])
    }
  }

  @Test("a snapshot that is being restored onto another slice can't be deleted or renamed")
  func busySnapshot() async throws {
    let gate = Gate(.beforeCopy)
    try await TestCloud.serve(checkpoint: gate.pass) { cloud in
      gate.open()
      try await cloud.snapshot("a")
      await gate.waitUntilReached()
      let other = try await cloud.cloud.addSlice(name: "web-02", size: 4096)
      _ = try await cloud.post("/images/snapshots/14001/restore/\(other.id)")
      await gate.waitUntilReached()
      for answer in [
        try await cloud.delete("/images/snapshots/14001/delete"),
        try await cloud.post("/images/snapshots/14001/rename", name: "b"),
      ] {
        #expect(answer.status == 409)
        #expect(
          answer.error == "snapshot 14001 is busy: its operation \"restore\" is still running")
      }
      #expect(try await cloud.get("/images").rows.first?["in_progress"] == "restore")
      gate.open()
      _ = try await cloud.settledRows()
      #expect(try await cloud.delete("/images/snapshots/14001/delete").status == 202)
    }
  }

  @Test("one snapshot can be restored onto two slices at the same time")
  func sharedSnapshot() async throws {
    let gate = Gate(.halfWay)
    try await TestCloud.serve(checkpoint: gate.pass) { cloud in
      gate.open()
      try await cloud.snapshot("a")
      await gate.waitUntilReached()
      let other = try await cloud.cloud.addSlice(name: "web-02", size: 4096)
      for slice in [SliceID(3001), other.id] {
        let answer = try await cloud.post("/images/snapshots/14001/restore/\(slice)")
        #expect(answer.status == 202)
        await gate.waitUntilReached()
      }
      gate.open()
      gate.open()
      _ = try await cloud.settledRows()
      #expect(try readFile(other.disk) == readFile(cloud.folder.path + "/disks/3001.img"))
    }
  }

  @Test("of many requests for one slice, one gets it")
  func race() async throws {
    let gate = Gate(.beforeCopy)
    try await TestCloud.serve(checkpoint: gate.pass) { cloud in
      let second = try await LocalCloud(folder: cloud.folder.path)
      let begun = await withTaskGroup(of: (LocalCloud, Operation)?.self) { group in
        for index in 1...20 {
          group.addTask {
            let instance = index.isMultiple(of: 2) ? cloud.cloud : second
            do {
              return (
                instance, try await instance.begin(.create(SliceID(3001), name: "\(index)"))
              )
            } catch LocalCloudError.busySlice { return nil } catch {
              Issue.record(error)
              return nil
            }
          }
        }
        return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
      }
      #expect(begun.count == 1)
      gate.open()
      for (instance, operation) in begun { #expect(await instance.perform(operation) == nil) }
      #expect(try await cloud.settledRows().count == 1)
    }
  }

  @Test("a server that is stopped ends when the running operation has ended, which is done")
  func shutdown() async throws {
    let gate = Gate(.halfWay)
    let folder = try TemporaryFolder()
    let store = try FileDiskStore(folder: folder.path, checkpoint: gate.pass)
    let cloud = try await LocalCloud(folder: folder.path, store: store)
    let slice = try await cloud.addSlice(name: "web-01", size: 4096)
    let (bodyEnded, endBody) = AsyncStream<Void>.makeStream()
    let hasStopped = Flag()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await TestCloud.serve(cloud, in: folder) { served in
          _ = try await served.post("/images/snapshots/\(slice.id)/create", name: "a")
          await gate.waitUntilReached()
          endBody.yield()
        }
        hasStopped.raise()
      }
      for await _ in bodyEnded { break }
      #expect(!hasStopped.isRaised)
      gate.open()
      try await group.waitForAll()
    }
    let rows = try await cloud.list(query: nil, page: 1).objectValue?["data"]?.arrayValue
    let row = try #require(rows?.first?.objectValue)
    #expect(row["in_progress"] == .null)
    #expect(row["duration"]?.stringValue != nil)
  }
}
