import CloudAPI
import LocalCloud
import OrderedJSON
import Testing

/// Records that several servers share: here on a log in memory, where answers can get lost.
@Suite struct SharedRecordsTests {
  private let folder: TemporaryFolder
  private let log = MemoryRecordLog()
  private let register = MemoryInstances.Register()
  private let disks = MemoryDiskStore()

  init() throws { folder = try TemporaryFolder() }

  private func server() async throws -> (cloud: LocalCloud, instance: MemoryInstances) {
    let instance = MemoryInstances(register)
    let storage = try CloudStorage(
      disks: disks, log: log, instances: instance, cache: folder.path + "/cache")
    return (try await LocalCloud(storage: storage, pageSize: 1000), instance)
  }

  private func rows(_ cloud: LocalCloud) async throws -> [SnapshotRow] {
    SnapshotRow.rows(inDataOf: try await cloud.list(query: nil, page: 1)) ?? []
  }

  @Test("what one server has written, any other sees at once, and one that starts later as well")
  func shared() async throws {
    let (one, two) = (try await server().cloud, try await server().cloud)
    let slice = try await one.addSlice(name: "web-01", size: 4096)
    #expect(try await two.slices() == [slice])
    #expect(await two.perform(try await two.begin(.create(slice.id, name: "a"))) == nil)
    for cloud in [one, two, try await server().cloud] {
      #expect(try await rows(cloud).map(\.name) == ["a"])
    }
  }

  @Test("of many servers that want one slice, one gets it; numbers are given once")
  func race() async throws {
    let servers = try await [server(), server(), server()].map(\.cloud)
    let slice = try await servers[0].addSlice(name: "web-01", size: 4096).id
    var others: [SliceID] = []
    for index in 1...30 {
      others.append(try await servers[0].addSlice(name: "other-\(index)", size: 4096).id)
    }
    let ids = await withTaskGroup(of: SnapshotID?.self) { group in
      for (index, other) in others.enumerated() {
        for target in [slice, other] {
          group.addTask {
            do {
              let operation = try await servers[index % 3].begin(
                .create(target, name: "\(index)"))
              if target != slice { await servers[index % 3].perform(operation) }
              return operation.snapshot
            } catch LocalCloudError.busySlice { return nil } catch {
              Issue.record(error)
              return nil
            }
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
    }
    #expect(ids.count == 31)
    #expect(Set(ids).count == 31)
    for server in servers {
      #expect(try await rows(server).filter(\.isInProgress).map(\.slice) == [slice])
    }
  }

  @Test("an operation of a dead server is ended by another, once")
  func adoption() async throws {
    let (dead, heir, other) = (try await server(), try await server(), try await server())
    let slice = try await dead.cloud.addSlice(name: "web-01", size: 4096).id
    await dead.cloud.perform(try await dead.cloud.begin(.create(slice, name: "a")))
    let operation = try await dead.cloud.begin(.create(slice, name: "b"))
    register.kill(dead.instance.id)
    try await heir.cloud.takeCare()
    try await other.cloud.takeCare()
    #expect(try await rows(heir.cloud).map(\.name) == ["a"])
    // The dead one wakes up, and finds that it isn't its own any more.
    let failure = await dead.cloud.perform(operation)
    #expect(failure as? LocalCloudError == .takenOver)
    #expect(try await rows(other.cloud).map(\.name) == ["a"])
    #expect(
      await other.cloud.perform(try await other.cloud.begin(.create(slice, name: "c"))) == nil)
  }

  @Test(
    "a change whose request or answer is lost is made once",
    arguments: [MemoryRecordLog.Loss.before, .after])
  func lostOnce(_ loss: MemoryRecordLog.Loss) async throws {
    let cloud = try await server().cloud
    let slice = try await cloud.addSlice(name: "web-01", size: 4096).id
    log.loseNext(loss)
    #expect(await cloud.perform(try await cloud.begin(.create(slice, name: "a"))) == nil)
    #expect(try await rows(cloud).map(\.name) == ["a"])
    #expect(log.length == 4)
  }

  @Test("a change that is lost on the way to a log that can't be reached then is not made")
  func lostRequest() async throws {
    let cloud = try await server().cloud
    let slice = try await cloud.addSlice(name: "web-01", size: 4096).id
    log.loseNext(.before, andReads: true)
    await #expect(throws: LocalCloudError.unreachable("no answer")) {
      try await cloud.begin(.create(slice, name: "a"))
    }
    log.loseNext(.none, andReads: false)
    #expect(try await rows(cloud).isEmpty)
    #expect(await cloud.perform(try await cloud.begin(.create(slice, name: "b"))) == nil)
    #expect(try await rows(cloud).map(\.name) == ["b"])
  }

  @Test("a change whose answer is lost is taken back, since nobody performs it")
  func lostAnswer() async throws {
    let cloud = try await server().cloud
    let slice = try await cloud.addSlice(name: "web-01", size: 4096).id
    log.loseNext(.after, andReads: true)
    await #expect(throws: LocalCloudError.unreachable("no answer")) {
      try await cloud.begin(.create(slice, name: "a"))
    }
    log.loseNext(.none, andReads: false)
    #expect(try await rows(cloud).map(\.isInProgress) == [true])
    try await cloud.takeCare()
    #expect(try await rows(cloud).map(\.isInProgress) == [true])
    try await cloud.takeCare()
    #expect(try await rows(cloud).isEmpty)
    #expect(await cloud.perform(try await cloud.begin(.create(slice, name: "b"))) == nil)
  }

  @Test("the end of an operation whose answer is lost is recorded once", arguments: [true, false])
  func lostEnd(_ isLostBefore: Bool) async throws {
    let cloud = try await server().cloud
    let slice = try await cloud.addSlice(name: "web-01", size: 4096).id
    let operation = try await cloud.begin(.create(slice, name: "a"))
    log.loseNext(isLostBefore ? .before : .after)
    let failure = await cloud.perform(operation)
    #expect(failure == nil)
    let row = try #require(try await rows(cloud).first)
    #expect(row.name == "a")
    #expect(!row.isInProgress)
  }

  @Test("a long log is shortened by one server; who was behind, and who is new, reads all")
  func checkpoint() async throws {
    let (cloud, late) = (try await server().cloud, try await server().cloud)
    let other = try await server().cloud
    let slice = try await cloud.addSlice(name: "web-01", size: 4096).id
    await cloud.perform(try await cloud.begin(.create(slice, name: "a")))
    let snapshot = SnapshotID(14001)
    for number in 1...4100 {
      try await cloud.backdate(snapshot, to: number * 1_000_000)
    }
    #expect(try await other.slices().count == 1)
    try await cloud.takeCare()
    #expect(log.length == 0)
    for server in [cloud, other] { try await server.takeCare() }
    #expect(log.saves == 1)
    await cloud.perform(try await cloud.begin(.create(slice, name: "b")))
    let expected = try await cloud.list(query: nil, page: 1)
    for other in [late, other, try await server().cloud] {
      #expect(try await other.list(query: nil, page: 1) == expected)
      #expect(try await other.slices().map(\.name) == ["web-01"])
    }
    await late.perform(try await late.begin(.create(slice, name: "c")))
    #expect(try await rows(cloud).map { $0.id.rawValue } == [14001, 14002, 14003])
  }
}
