import CloudAPI
import CloudClient
import ServerKit
import Testing

@Suite struct SendOnceTests {
  @Test(arguments: [Verb.create, .rename, .delete, .restore])
  func `a mutation on a reused connection that closes early is sent once`(
    _ verb: Verb
  ) async throws {
    let mutation = try #require(mutations[verb])
    try await ScriptedServer.run { request, connection in
      if request.line.hasPrefix("GET") {
        try await connection.send(answer(200, pageBody([])))
      } else {
        try await connection.close()
      }
    } body: { server in
      try await withClient(of: server.url) { client in
        _ = try await client.page(query: nil, page: nil)
        let result = await client.attempt(mutation)
        guard case .failed(let error, _) = result else {
          Issue.record("accepted without an answer")
          return
        }
        #expect(error.mayHaveBeenApplied)
        // A second sending, if there were one, would come before the answer to this.
        _ = try await client.page(query: nil, page: nil)
      }
      #expect(server.requests.count == 3)
      #expect(server.requests.filter { !$0.line.hasPrefix("GET") }.count == 1)
      #expect(server.requests[0].connection == server.requests[1].connection)
    }
  }

  @Test func `requests one after the other use one connection`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(200, pageBody([])))
    } body: { server in
      try await withClient(of: server.url) { client in
        for _ in 1...3 { _ = try await client.page(query: nil, page: nil) }
      }
      #expect(server.requests.map(\.connection) == [1, 1, 1])
    }
  }

  @Test func `a cancelled task sends nothing`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(202))
    } body: { server in
      try await withClient(of: server.url) { client in
        let task = Task {
          withUnsafeCurrentTask { $0?.cancel() }
          return await client.attempt(.delete(SnapshotID(1)))
        }
        guard case .failed(let error, .failed) = await task.value else {
          Issue.record("not failed")
          return
        }
        #expect(error.kind == .cancelled(sent: false))
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a mutation that is cancelled while it waits for its answer is ambiguous`()
    async throws
  {
    let arrived = Latch()
    try await ScriptedServer.run { _, connection in
      arrived.open()
      try await connection.waitForClose()
    } body: { server in
      try await withClient(of: server.url) { client in
        let task = Task { await client.attempt(.restore(SnapshotID(1), onto: SliceID(2))) }
        await arrived.wait()
        task.cancel()
        guard case .failed(let error, .lookUp) = await task.value else {
          Issue.record("not ambiguous")
          return
        }
        #expect(error.kind == .cancelled(sent: true))
        #expect(error.mayHaveBeenApplied)
      }
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a mutation follows no redirect`(_ status: Int) async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(status, "", "location: /api/v1/elsewhere"))
    } body: { server in
      try await withClient(of: server.url) { client in
        guard case .failed(let error, .stop) = await client.attempt(.delete(SnapshotID(1))) else {
          Issue.record("not stopped")
          return
        }
        #expect(error.kind == .redirect(location: "/api/v1/elsewhere"))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `attempt refuses a read`() async throws {
    try await withClient(of: "http://127.0.0.1:1/api/v1") { client in
      guard case .failed(let error, .failed) = await client.attempt(.listSlice(SliceID(1))) else {
        Issue.record("not refused")
        return
      }
      #expect(error.kind == .usage)
    }
  }
}
