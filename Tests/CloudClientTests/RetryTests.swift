import CloudAPI
import CloudClient
import ServerKit
import Testing

@Suite struct RetryTests {
  /// Fails the first requests with `failures`, one each, then answers an empty list.
  private static func failing(_ failures: [String]) -> ScriptedServer.Script {
    let count = Log<Int>()
    return { _, connection in
      count.add(1)
      let index = count.all.count - 1
      try await connection.send(
        index < failures.count ? failures[index] : answer(200, pageBody([])))
    }
  }

  @Test func `a read is tried up to six times with pauses that double`() async throws {
    let time = TestTime(random: 1)
    try await ScriptedServer.run(Self.failing(Array(repeating: answer(503), count: 9))) { server in
      try await withClient(of: server.url, time: time) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .server)
        #expect(error?.status == 503)
      }
      #expect(server.requests.count == 6)
    }
    #expect(time.pauses == [50, 100, 200, 400, 800].map { .milliseconds($0) })
  }

  @Test func `a pause is a random part of its bound`() async throws {
    let time = TestTime(random: 0.25)
    try await ScriptedServer.run(Self.failing([answer(500), answer(502)])) { server in
      try await withClient(of: server.url, time: time) { _ = try await $0.list(query: nil) }
    }
    #expect(time.pauses == [.milliseconds(12.5), .milliseconds(25)])
  }

  @Test func `retry-after in seconds is waited for`() async throws {
    let time = TestTime(random: 0)
    try await ScriptedServer.run(Self.failing([answer(429, "", "retry-after: 7")])) { server in
      try await withClient(of: server.url, time: time) { _ = try await $0.list(query: nil) }
      #expect(server.requests.count == 2)
    }
    #expect(time.pauses.reduce(.zero, +) == .seconds(7))
  }

  @Test func `retry-after as a date is taken against the server's clock`() async throws {
    let time = TestTime(random: 0)
    let busy = answer(
      503, "", "date: Sun, 06 Nov 1994 08:49:37 GMT", "retry-after: Sun, 06 Nov 1994 08:50:07 GMT")
    try await ScriptedServer.run(Self.failing([busy])) { server in
      try await withClient(of: server.url, time: time) { _ = try await $0.list(query: nil) }
    }
    #expect(time.pauses == [.seconds(30)])
  }

  @Test func `a pause of more than five minutes is reported, not waited for`() async throws {
    let time = TestTime()
    try await ScriptedServer.run(Self.failing([answer(429, "", "retry-after: 3600")])) { server in
      try await withClient(of: server.url, time: time) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .quota)
        #expect(error?.retryAfter == .seconds(3600))
      }
      #expect(server.requests.count == 1)
    }
    #expect(time.pauses.isEmpty)
  }

  @Test func `after a 429 every other request waits too`() async throws {
    let time = TestTime(random: 0)
    try await ScriptedServer.run(Self.failing([answer(429, "", "retry-after: 5")])) { server in
      try await withClient(of: server.url, time: time) { client in
        guard
          case .failed(_, .retry(after: .seconds(5))) = await client.attempt(
            .delete(SnapshotID(1)))
        else {
          Issue.record("not throttled")
          return
        }
        #expect(time.pauses.isEmpty)
        _ = try await client.list(query: nil)
      }
    }
    #expect(time.pauses == [.seconds(5)])
  }

  @Test func `retries are at most ten and a tenth of the requests`() async throws {
    let time = TestTime(random: 0)
    let down = Log<Int>()
    try await ScriptedServer.run { _, connection in
      try await connection.send(down.all.isEmpty ? answer(200, pageBody([])) : answer(500))
    } body: { server in
      try await withClient(of: server.url, time: time) { client in
        for _ in 1...50 { _ = try await client.list(query: nil) }
        down.add(1)
        for _ in 1...20 {
          await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        }
      }
      // 70 requests allow 10 + 7 retries.
      #expect(server.requests.count == 70 + 17)
    }
  }

  @Test func `an empty budget of retries recovers with time`() async throws {
    let time = TestTime(random: 0)
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(500))
    } body: { server in
      try await withClient(of: server.url, time: time) { client in
        for _ in 1...3 {
          await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        }
        let before = server.requests.count
        try await time.source.sleep(.seconds(4))
        await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(server.requests.count - before == 1 + 4)
      }
    }
  }

  @Test(arguments: [400, 401, 403, 404, 422])
  func `a refusal is not asked for again`(_ status: Int) async throws {
    try await ScriptedServer.run(Self.failing([answer(status)])) { server in
      try await withClient(of: server.url) { client in
        await #expect(throws: CloudError.self) { try await client.list(query: nil) }
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a read whose reused connection closes early is tried again`() async throws {
    let count = Log<Int>()
    try await ScriptedServer.run { _, connection in
      count.add(1)
      if count.all.count == 2 { return try await connection.close() }
      try await connection.send(answer(200, pageBody([])))
    } body: { server in
      try await withClient(of: server.url) { client in
        _ = try await client.list(query: nil)
        _ = try await client.list(query: nil)
      }
      #expect(server.requests.map(\.connection) == [1, 1, 2])
    }
  }

  @Test(arguments: ["/api/v1/moved?page=1", "ORIGIN/api/v1/moved?page=1"])
  func `a read follows a redirect on the same host`(_ location: String) async throws {
    try await ScriptedServer.run { request, connection in
      guard request.target.hasPrefix("/api/v1/images") else {
        return try await connection.send(answer(200, pageBody([row(1)])))
      }
      let host = request.text.split(separator: "\r\n").first { $0.hasPrefix("host: ") } ?? ""
      let location = location.replacing("ORIGIN", with: "http://\(host.dropFirst(6))")
      try await connection.send(answer(301, "", "location: \(location)"))
    } body: { server in
      try await withClient(of: server.url) {
        let rows = try await $0.list(query: nil)
        #expect(rows.count == 1)
      }
      #expect(server.requests.map(\.target) == ["/api/v1/images", "/api/v1/moved?page=1"])
    }
  }

  @Test(arguments: [
    "https://login.example.com/", "//login.example.com/", "http://127.0.0.1:1/api/v1", "page2",
  ])
  func `a read follows no redirect elsewhere`(_ location: String) async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(302, "", "location: \(location)"))
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .redirect(location: location))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `redirects in a circle end`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(302, "", "location: /api/v1/images?page=1"))
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .redirect(location: "/api/v1/images?page=1"))
      }
      #expect(server.requests.count == 4)
    }
  }
}
