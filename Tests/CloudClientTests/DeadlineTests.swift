import CloudAPI
import CloudClient
import ServerKit
import Testing

@Suite struct DeadlineTests {
  /// Sends a head with `status`, then blanks for ever, each in its own packet.
  private static func dripping(_ status: Int) -> ScriptedServer.Script {
    { _, connection in
      try await connection.send("HTTP/1.1 \(status) OK\r\ncontent-length: 1000000000\r\n\r\n")
      while true {
        try await connection.send(" ")
        await Task.yield()
      }
    }
  }

  @Test func `a body that drips ends at the deadline`() async throws {
    try await ScriptedServer.run(Self.dripping(200)) { server in
      try await withClient(of: server.url, deadline: .seconds(1), readAttempts: 1) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .timeout(sent: true))
      }
    }
  }

  @Test func `a mutation is accepted by its status, though the body drips`() async throws {
    try await ScriptedServer.run(Self.dripping(202)) { server in
      try await withClient(of: server.url, deadline: .seconds(1)) { client in
        guard case .accepted(body: nil) = await client.attempt(.delete(SnapshotID(1))) else {
          Issue.record("not accepted")
          return
        }
      }
    }
  }

  @Test func `a body that is too long is not kept`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
      let megabyte = "100000\r\n" + String(repeating: " ", count: 1 << 20) + "\r\n"
      while true { try await connection.send(megabyte) }
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .protocolViolation(.bodyTooLong))
      }
    }
  }
}
