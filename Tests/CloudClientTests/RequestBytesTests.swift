import CloudAPI
import CloudClient
import ServerKit
import Testing

@Suite struct RequestBytesTests {
  private static func head(_ line: String, _ port: Int, _ more: String...) -> String {
    let lines =
      [
        line + " HTTP/1.1", "host: 127.0.0.1:\(port)", "user-agent: snapsh",
        "accept: application/json", "authorization: bearer \(testToken)",
      ] + more
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private func sent(_ call: @Sendable (CloudClient) async throws -> Void) async throws -> (
    text: String, port: Int
  ) {
    try await ScriptedServer.run { request, connection in
      let isList = request.line.hasPrefix("GET")
      try await connection.send(isList ? answer(200, pageBody([])) : answer(202, type: nil))
    } body: { server in
      try await withClient(of: server.url) { try await call($0) }
      #expect(server.requests.count == 1)
      return (server.requests.first?.text ?? "", server.port)
    }
  }

  @Test func `create posts the name as JSON`() async throws {
    let (text, port) = try await sent {
      _ = await $0.attempt(.create(SliceID(3247), name: "my \"snap\" ü"))
    }
    let body = #"{"snapshot_name":"my \"snap\" ü"}"#
    #expect(
      text == Self.head(
        "POST /api/v1/images/snapshots/3247/create", port, "content-type: application/json",
        "Content-Length: \(body.utf8.count)") + body)
  }

  @Test func `list has no body and percent-encodes its query`() async throws {
    let (text, port) = try await sent { _ = try await $0.page(query: "a b&c=ü/%~", page: 1) }
    #expect(
      text == Self.head("GET /api/v1/images?query=a%20b%26c%3D%C3%BC%2F%25~&page=1", port))
  }

  @Test func `a list without arguments has no query`() async throws {
    let (text, port) = try await sent { _ = try await $0.page(query: nil, page: nil) }
    #expect(text == Self.head("GET /api/v1/images", port))
  }

  @Test func `a slice's list names the slice`() async throws {
    let (text, port) = try await sent { _ = try await $0.list(slice: SliceID(3247)) }
    #expect(text == Self.head("GET /api/v1/images/snapshots/3247", port))
  }

  @Test func `restore posts no body and says so`() async throws {
    let (text, port) = try await sent {
      _ = await $0.attempt(.restore(SnapshotID(14901), onto: SliceID(3247)))
    }
    #expect(
      text
        == Self.head(
          "POST /api/v1/images/snapshots/14901/restore/3247", port, "Content-Length: 0"))
  }

  @Test func `rename posts the new name as JSON`() async throws {
    let (text, port) = try await sent { _ = await $0.attempt(.rename(SnapshotID(7), name: "b")) }
    #expect(
      text == Self.head(
        "POST /api/v1/images/snapshots/7/rename", port, "content-type: application/json",
        "Content-Length: 21") + #"{"snapshot_name":"b"}"#)
  }

  @Test func `delete has neither body nor length`() async throws {
    let (text, port) = try await sent { _ = await $0.attempt(.delete(SnapshotID(14901))) }
    #expect(text == Self.head("DELETE /api/v1/images/snapshots/14901/delete", port))
  }
}
