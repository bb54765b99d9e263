import CloudAPI
import CloudClient
import OrderedJSON
import ServerKit
import Testing

@Suite struct PagingTests {
  private func ids(_ rows: [SnapshotRow]) -> [Int] { rows.map(\.id.rawValue) }

  @Test func `pages that come out of order are listed in order`() async throws {
    let second = Latch()
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      // Page 2 is answered only after page 3.
      if page == 2 { await second.wait() }
      try await connection.send(
        answer(200, pageBody([row(page * 10), row(page * 10 + 1)], page: page, of: 3)))
      if page == 3 { second.open() }
    } body: { server in
      try await withClient(of: server.url) {
        let rows = try await $0.list(query: nil)
        #expect(ids(rows) == [10, 11, 20, 21, 30, 31])
      }
    }
  }

  @Test func `as many pages as allowed are asked for at a time, and no more`() async throws {
    let running = Log<Int>()
    let full = Latch()
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      if page > 1 {
        running.add(1)
        // Answers nothing until four requests are here at once; more would be counted.
        if running.all.reduce(0, +) == 4 { full.open() }
        await full.wait()
        #expect(running.all.reduce(0, +) <= 4)
        running.add(-1)
      }
      try await connection.send(answer(200, pageBody([row(page)], page: page, of: 12)))
    } body: { server in
      try await withClient(of: server.url, concurrency: 4) {
        let rows = try await $0.list(query: nil)
        #expect(ids(rows) == Array(1...12))
      }
      #expect(server.requests.count == 12)
    }
  }

  @Test func `a row that shifts to the next page is listed once`() async throws {
    try await ScriptedServer.run { request, connection in
      let rows = pageNumber(request) == 1 ? [row(1), row(2)] : [row(2), row(3)]
      try await connection.send(
        answer(200, pageBody(rows, page: pageNumber(request), of: 2)))
    } body: { server in
      try await withClient(of: server.url) {
        let rows = try await $0.list(query: nil)
        #expect(ids(rows) == [1, 2, 3])
      }
    }
  }

  @Test func `a failed page in the middle fails the list`() async throws {
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      let text = page == 3 ? answer(404) : answer(200, pageBody([row(page)], page: page, of: 5))
      try await connection.send(text)
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .notFound)
        #expect(error?.request?.hasSuffix("/api/v1/images?page=3") == true)
      }
    }
  }

  @Test func `pages before a failed one are streamed`() async throws {
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      let text = page == 3 ? answer(403) : answer(200, pageBody([row(page)], page: page, of: 5))
      try await connection.send(text)
    } body: { server in
      try await withClient(of: server.url) { client in
        var seen: [[Int]] = []
        let error = await #expect(throws: CloudError.self) {
          for try await rows in client.pages(query: nil) { seen.append(ids(rows)) }
        }
        #expect(error?.kind == .denied)
        #expect(seen == [[1], [2]])
      }
    }
  }

  @Test func `a consumer that stops at the first page has caused no other fetch`() async throws {
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      try await connection.send(answer(200, pageBody([row(page)], page: page, of: 50)))
    } body: { server in
      try await withClient(of: server.url, concurrency: 3) { client in
        for try await rows in client.pages(query: nil) {
          #expect(ids(rows) == [1])
          break
        }
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `pages that appear during the read are read too`() async throws {
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      try await connection.send(
        answer(200, pageBody([row(page)], page: page, of: page == 1 ? 2 : 4)))
    } body: { server in
      try await withClient(of: server.url) {
        let rows = try await $0.list(query: nil)
        #expect(ids(rows) == [1, 2, 3, 4])
      }
    }
  }

  @Test func `every page carries the query`() async throws {
    try await ScriptedServer.run { request, connection in
      let page = pageNumber(request)
      try await connection.send(answer(200, pageBody([row(page)], page: page, of: 2)))
    } body: { server in
      try await withClient(of: server.url) { _ = try await $0.list(query: "a b") }
      #expect(
        server.requests.map(\.target)
          == ["/api/v1/images?query=a%20b", "/api/v1/images?query=a%20b&page=2"])
    }
  }

  @Test func `what a search finds besides is left out`() async throws {
    let rows: [JSON] = [
      ["id": 1, "name": "WEB-old", "vmname": "db-01"],
      ["id": 2, "name": "x", "vmname": "my-web-01"],
      ["id": 3, "name": "nightly", "vmname": "db-01", "region": "web"], ["id": 4],
    ]
    try await ScriptedServer.run { _, connection in
      try await connection.send(
        answer(200, pageBody(rows)))
    } body: { server in
      try await withClient(of: server.url) {
        let found = try await $0.list(query: "wEb")
        #expect(ids(found) == [1, 2])
      }
    }
  }

  @Test func `a server that ignores the page is no end of the list`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(200, pageBody([row(1)], page: 1, of: 2)))
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
        #expect(error?.kind == .protocolViolation(.wrongPage(asked: 2, got: 1)))
        #expect(error?.failureClass(for: .list) == .stop)
      }
    }
  }

  @Test func `no pages and no rows are an empty list`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(200, pageBody([], page: 1, of: 0)))
    } body: { server in
      try await withClient(of: server.url) {
        let rows = try await $0.list(query: nil)
        #expect(rows.isEmpty)
      }
    }
  }

  @Test func `a slice that is not there is not an empty list`() async throws {
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(404, #"{"message":"no such slice"}"#))
    } body: { server in
      try await withClient(of: server.url) { client in
        let error = await #expect(throws: CloudError.self) {
          try await client.list(slice: SliceID(9))
        }
        #expect(error?.kind == .notFound)
        #expect(error?.serverMessage == "no such slice")
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a list that is cancelled ends and asks no more`() async throws {
    let arrived = Latch()
    try await ScriptedServer.run { request, connection in
      if pageNumber(request) == 1 {
        try await connection.send(answer(200, pageBody([row(1)], page: 1, of: 50)))
      } else {
        arrived.open()
        try await connection.waitForClose()
      }
    } body: { server in
      try await withClient(of: server.url, concurrency: 3) { client in
        let task = Task { try await client.list(query: nil) }
        await arrived.wait()
        task.cancel()
        let error = await #expect(throws: CloudError.self) { try await task.value }
        guard case .cancelled = error?.kind else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
      #expect(server.requests.count <= 4)
    }
  }
}
