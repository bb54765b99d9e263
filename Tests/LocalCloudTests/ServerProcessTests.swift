import CloudAPI
import LocalCloud
import OrderedJSON
import Synchronization
import Testing

@Suite struct ServerProcessTests {
  @Test("two servers on one folder, one in another process, show and change the same")
  func twoServers() async throws {
    try await TestCloud.serve { mine in
      try await mine.snapshot("a")
      let names = try await withFixture([mine.folder.path, "none", "serve", TestCloud.token]) {
        line in
        let port = try #require(Int(line))
        let other = TestCloud(folder: mine.folder, cloud: mine.cloud, port: port)
        _ = try await other.post("/images/snapshots/14001/rename", name: "b")
        _ = try await mine.post("/images/snapshots/3001/create", name: "c")
        _ = try await mine.settledRows()
        return try await other.settledRows().compactMap { $0["name"]?.stringValue }
      }
      #expect(names == ["b", "c"])
    }
  }

  @Test("a connection that is kept open doesn't keep the server from ending")
  func keepAlive() async throws {
    let held = Mutex<LoopbackConnection?>(nil)
    try await TestCloud.serve { cloud in
      let connection = try LoopbackConnection(port: cloud.port)
      held.withLock { $0 = connection }
      try connection.send(
        "GET /api/v1/images HTTP/1.1\r\nhost: x\r\nauthorization: bearer \(TestCloud.token)\r\n\r\n"
      )
      #expect(try connection.receive().hasPrefix("HTTP/1.1 200"))
    }
    #expect(try held.withLock { try $0?.receive() } == "")
  }

  @Test("a server that is stopped before it serves ends without an error")
  func stoppedAtOnce() async throws {
    let folder = try TemporaryFolder()
    let cloud = try await LocalCloud(folder: folder.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.cancelAll()
      group.addTask {
        try await LocalCloudServer(cloud: cloud, port: 0, token: "x").run { _ in }
      }
      try await group.waitForAll()
    }
  }

  @Test("a server whose port is taken fails")
  func takenPort() async throws {
    try await TestCloud.serve { cloud in
      let second = LocalCloudServer(cloud: cloud.cloud, port: cloud.port, token: "x")
      await #expect(throws: (any Error).self) { try await second.run { _ in } }
    }
  }
}
