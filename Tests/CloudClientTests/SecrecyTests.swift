import CloudAPI
import CloudClient
import ServerKit
import Testing

@Suite struct SecrecyTests {
  @Test func `no error or trace has the token, even when the server repeats it`() async throws {
    let echoes = [
      answer(401, #"{"error":"bad token \#(testToken)"}"#),
      answer(500, "can't serve \(testToken)", type: "text/plain"),
      answer(302, "", "location: https://example.com/?t=\(testToken)"),
      answer(200, "<html>\(testToken)", type: "text/html"),
      answer(429, #"{"detail":"\#(testToken)\#(testToken)"}"#),
      "\(testToken) is no HTTP\r\n\r\n",
    ]
    let traces = Log<RequestTrace>()
    let errors = Log<CloudError>()
    for echo in echoes {
      try await ScriptedServer.run { _, connection in
        try await connection.send(echo)
        try await connection.close()
      } body: { server in
        try await withClient(
          of: server.url, readAttempts: 2, trace: { traces.add($0) }
        ) { client in
          for verb in Verb.allCases {
            guard let mutation = mutations[verb] else {
              let error = await #expect(throws: CloudError.self) {
                try await client.list(query: nil)
              }
              if let error { errors.add(error) }
              continue
            }
            guard case .failed(let error, _) = await client.attempt(mutation) else { continue }
            errors.add(error)
          }
        }
        #expect(
          server.requests.allSatisfy { $0.text.contains("authorization: bearer \(testToken)") })
      }
    }
    #expect(errors.all.count == echoes.count * Verb.allCases.count)
    var dumped = ""
    for error in errors.all {
      dump(error, to: &dumped)
      dumped += "\(error) \(error.help ?? "")"
    }
    for trace in traces.all { dump(trace, to: &dumped) }
    #expect(!dumped.contains(testToken))
    #expect(dumped.contains("bad token $SNAPSH_TOKEN"))
  }

  @Test func `the token is read once for many requests at a time`() async throws {
    let reads = Log<Int>()
    try await ScriptedServer.run { request, connection in
      try await connection.send(answer(200, pageBody([], page: pageNumber(request), of: 9)))
    } body: { server in
      let client = CloudClient(
        configuration: ClientConfiguration(
          endpoint: try CloudEndpoint(server.url),
          credential: {
            reads.add(1)
            return testToken
          }))
      async let one = client.list(query: nil)
      async let two = client.list(query: nil)
      _ = try await (one, two)
      await client.shutdown()
    }
    #expect(reads.all.count == 1)
  }

  @Test func `a token that can't be read is asked for again by the next request`() async throws {
    struct Locked: Error {}
    let reads = Log<Int>()
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(200, pageBody([])))
    } body: { server in
      let client = CloudClient(
        configuration: ClientConfiguration(
          endpoint: try CloudEndpoint(server.url),
          credential: {
            reads.add(1)
            guard reads.all.count > 1 else { throw Locked() }
            return testToken
          }))
      let error = await #expect(throws: CloudError.self) { try await client.list(query: nil) }
      #expect(error?.kind == .credential(.unreadable("Locked")))
      _ = try await client.list(query: nil)
      await client.shutdown()
    }
  }

  @Test func `a trace has a curl line with the variable in the token's place`() async throws {
    let traces = Log<RequestTrace>()
    try await ScriptedServer.run { _, connection in
      try await connection.send(answer(202, type: nil))
    } body: { server in
      try await withClient(of: server.url, trace: { traces.add($0) }) {
        _ = await $0.attempt(.create(SliceID(7), name: "it's"))
      }
      let url = "\(server.url)/images/snapshots/7/create"
      guard case .sending(let endpoint, url)? = traces.all.first else {
        Issue.record("\(traces.all)")
        return
      }
      #expect(
        endpoint.curl(to: url)
          == "curl --request POST --url '\(url)'"
          + #" --header "authorization: bearer $SNAPSH_TOKEN""#
          + " --header 'content-type: application/json'"
          + #" --data '{"snapshot_name":"it'\''s"}'"#)
      #expect(
        traces.all.dropFirst() == [.answered(request: "POST \(url)", status: 202, took: .zero)])
    }
  }

  @Test func `a trace tells of a retry, how long after and why`() async throws {
    let traces = Log<RequestTrace>()
    let count = Log<Int>()
    try await ScriptedServer.run { _, connection in
      count.add(1)
      try await connection.send(count.all.count == 1 ? answer(502) : answer(200, pageBody([])))
    } body: { server in
      try await withClient(of: server.url, trace: { traces.add($0) }) {
        _ = try await $0.list(query: nil)
      }
    }
    let retries = traces.all.compactMap { trace -> String? in
      guard case .retrying(let attempt, let after, let error) = trace else { return nil }
      return "\(attempt) \(after) \(error)"
    }
    #expect(retries == ["2 0.05 seconds the cloud failed (502)"])
  }
}
