import CloudAPI
import CloudClient
import ServerKit
import Testing

/// Each row of the table of failures, for every verb, over a real connection.
@Suite struct FailureTableTests {
  enum Outcome: Equatable, Sendable {
    case accepted
    case failed(FailureClass)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [Verb: Outcome]
    var afterAmbiguousTry = false
    let script: ScriptedServer.Script

    /// `mutations` stands for create, rename, delete and restore.
    init(
      _ name: String, list: FailureClass, mutations: Outcome, except: [Verb: Outcome] = [:],
      afterAmbiguousTry: Bool = false, _ script: @escaping ScriptedServer.Script
    ) {
      testDescription = name
      self.script = script
      self.afterAmbiguousTry = afterAmbiguousTry
      var expected: [Verb: Outcome] = [.list: .failed(list)]
      for verb in Verb.allCases where verb != .list { expected[verb] = except[verb] ?? mutations }
      self.expected = expected
    }

    /// The status was lost, or says that the server itself may not know.
    static func ambiguous(_ name: String, _ script: @escaping ScriptedServer.Script) -> Fault {
      Fault(
        name, list: .retry(after: nil), mutations: .failed(.retryAfterLookUp(after: nil)),
        except: [.delete: .failed(.retry(after: nil)), .restore: .failed(.lookUp)], script)
    }

    static func stop(_ name: String, _ script: @escaping ScriptedServer.Script) -> Fault {
      Fault(name, list: .stop, mutations: .failed(.stop), script)
    }

    static func status(
      _ status: Int, list: FailureClass, _ mutations: FailureClass, except: [Verb: Outcome] = [:],
      afterAmbiguousTry: Bool = false, header: String = "x-any: 1"
    ) -> Fault {
      Fault(
        "\(status)\(afterAmbiguousTry ? " after an ambiguous try" : "")", list: list,
        mutations: .failed(mutations), except: except, afterAmbiguousTry: afterAmbiguousTry
      ) { _, connection in
        try await connection.send(answer(status, #"{"error":"no"}"#, header))
      }
    }
  }

  static let lostAnswers: [Fault] = [
    .ambiguous("connection reset") { _, connection in try await connection.reset() },
    .ambiguous("connection closed") { _, connection in try await connection.close() },
    .ambiguous("status line cut") { _, connection in
      try await connection.send("HTTP/1.1 20")
      try await connection.close()
    },
    .ambiguous("head cut") { _, connection in
      try await connection.send("HTTP/1.1 202 Accepted\r\ncontent-le")
      try await connection.close()
    },
    .ambiguous("no HTTP") { _, connection in
      try await connection.send("220 smtp.example.com ESMTP\r\n")
      try await connection.close()
    },
  ]

  static let answers: [Fault] = [
    .stop("HTML with 200") { _, connection in
      try await connection.send(answer(200, "<html><p>log in", type: "text/html"))
    },
    .stop("HTML with 202 called JSON") { _, connection in
      try await connection.send(answer(202, "\n <!DOCTYPE html>"))
    },
    .stop("HTML without a tag first") { _, connection in
      try await connection.send(answer(200, "blocked", type: "text/html; charset=utf-8"))
    },
    .stop("HTML that is cut") { _, connection in
      try await connection.send("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n<html>")
      try await connection.close()
    },
    .stop("redirect to another host") { _, connection in
      try await connection.send(answer(302, "", "location: https://login.example.com/"))
    },
    .stop("redirect to nowhere") { _, connection in try await connection.send(answer(301)) },
    .stop("a status that is no answer") { _, connection in try await connection.send(answer(304)) },
    Fault("body cut with 202", list: .retry(after: nil), mutations: .accepted) { _, connection in
      try await connection.send("HTTP/1.1 202 OK\r\ncontent-length: 99\r\n\r\n{\"da")
      try await connection.close()
    },
    Fault("bad JSON with 200", list: .retry(after: nil), mutations: .accepted) { _, connection in
      try await connection.send(answer(200, "{\"data\": [}"))
    },
    Fault("empty body with 202", list: .retry(after: nil), mutations: .accepted) { _, connection in
      try await connection.send(answer(202, type: nil))
    },
    Fault("empty HTML with 202", list: .stop, mutations: .accepted) { _, connection in
      try await connection.send(answer(202, type: "text/html"))
    },
    Fault("other JSON with 200", list: .stop, mutations: .accepted) { _, connection in
      try await connection.send(answer(200, #"{"status":"ok"}"#))
    },
    Fault("text with 200", list: .stop, mutations: .accepted) { _, connection in
      try await connection.send(answer(200, "OK", type: "text/plain"))
    },
    Fault("204", list: .retry(after: nil), mutations: .accepted) { _, connection in
      try await connection.send("HTTP/1.1 204 No Content\r\n\r\n")
    },
  ]

  static let statuses: [Fault] =
    [
      .status(401, list: .stop, .stop), .status(403, list: .stop, .failed),
      .status(422, list: .stop, .failed), .status(400, list: .stop, .failed),
      .status(404, list: .failed, .failed, except: [.delete: .failed(.alreadyGone)]),
      .status(
        429, list: .retry(after: .seconds(7)), .retry(after: .seconds(7)),
        header: "retry-after: 7"),
      .status(429, list: .retry(after: nil), .retry(after: nil)),
    ]
    + [409, 423].flatMap { status -> [Fault] in
      [
        .status(
          status, list: .retry(after: nil), .waitThenLookUp,
          except: [.delete: .failed(.waitThenRetry), .restore: .failed(.waitThenRetry)]),
        .status(
          status, list: .retry(after: nil), .waitThenLookUp,
          except: [.delete: .failed(.waitThenRetry), .restore: .failed(.lookUp)],
          afterAmbiguousTry: true),
      ]
    }
    + [408, 500, 502, 503, 504].map { status in
      .ambiguous("\(status)") { _, connection in
        try await connection.send(answer(status, "<html>bad gateway", type: "text/html"))
      }
    }

  @Test(arguments: lostAnswers + answers + statuses)
  func `each verb's class is that of the table`(_ fault: Fault) async throws {
    try await ScriptedServer.run(fault.script) { server in
      try await withClient(of: server.url, readAttempts: 1) { client in
        for (verb, expected) in fault.expected {
          let outcome = await Self.outcome(of: verb, client, fault.afterAmbiguousTry)
          #expect(outcome == expected, "\(verb)")
        }
      }
      #expect(server.requests.count == Verb.allCases.count)
    }
  }

  static func outcome(
    of verb: Verb, _ client: CloudClient, _ afterAmbiguousTry: Bool = false
  ) async -> Outcome {
    guard let mutation = mutations[verb] else {
      do throws(CloudError) {
        _ = try await client.list(query: nil)
        return .accepted
      } catch {
        return .failed(error.failureClass(for: .list))
      }
    }
    switch await client.attempt(mutation, afterAmbiguousTry: afterAmbiguousTry) {
    case .accepted: return .accepted
    case .failed(_, let failureClass): return .failed(failureClass)
    }
  }

  @Test(arguments: Verb.allCases)
  func `a silent server is ambiguous after the deadline`(_ verb: Verb) async throws {
    let fault = Fault.ambiguous("silence") { _, connection in try await connection.waitForClose() }
    try await ScriptedServer.run(fault.script) { server in
      try await withClient(of: server.url, deadline: .seconds(2), readAttempts: 1) {
        #expect(await Self.outcome(of: verb, $0) == fault.expected[verb])
      }
    }
  }

  @Test(arguments: Verb.allCases)
  func `a refused connection is harmless to repeat`(_ verb: Verb) async throws {
    let port = try RefusingPort()
    defer { withExtendedLifetime(port) {} }
    try await withClient(of: port.url, readAttempts: 1) { client in
      #expect(await Self.outcome(of: verb, client) == .failed(.retry(after: nil)))
      await #expect(throws: CloudError.self) { try await client.page(query: nil, page: nil) }
    }
  }

  @Test func `a refused connection is called so`() async throws {
    let port = try RefusingPort()
    defer { withExtendedLifetime(port) {} }
    for host in ["127.0.0.1", "localhost"] {
      try await withClient(of: port.url.replacing("127.0.0.1", with: host), readAttempts: 1) {
        client in
        let error = await #expect(throws: CloudError.self) {
          try await client.page(query: nil, page: nil)
        }
        #expect(error?.kind == .network(.refused, sent: false))
        #expect(error?.help?.contains("endpoint's address") == true)
      }
    }
  }

  @Test func `a name without an address is harmless to repeat`() async throws {
    // RFC 2606, section 2: no such name exists.
    try await withClient(of: "https://snapsh.invalid/api/v1", readAttempts: 1) { client in
      for verb in Verb.allCases {
        #expect(await Self.outcome(of: verb, client) == .failed(.retry(after: nil)), "\(verb)")
      }
    }
  }

  @Test func `after the shutdown nothing is sent, and a second one is harmless`() async throws {
    try await ScriptedServer.run { _, _ in
    } body: { server in
      try await withClient(of: server.url) { client in
        await client.shutdown()
        await client.shutdown()
        for verb in Verb.allCases {
          #expect(await Self.outcome(of: verb, client) == .failed(.stop), "\(verb)")
        }
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test(arguments: Verb.allCases)
  func `a failed TLS handshake is harmless to repeat`(_ verb: Verb) async throws {
    try await ScriptedServer.run(closesAtOnce: true) { _, _ in
    } body: { server in
      let url = server.url.replacing("http:", with: "https:")
      try await withClient(of: url, readAttempts: 1) {
        #expect(await Self.outcome(of: verb, $0) == .failed(.retry(after: nil)))
      }
    }
  }

  @Test(arguments: Verb.allCases)
  func `an untrusted certificate stops the run before anything is sent`(
    _ verb: Verb
  ) async throws {
    try await ScriptedServer.run(tls: selfSignedTLS()) { _, connection in
      try await connection.send(answer(202))
    } body: { server in
      let url = server.url.replacing("http:", with: "https:")
      try await withClient(of: url, readAttempts: 1) { client in
        #expect(await Self.outcome(of: verb, client) == .failed(.stop))
        let error = await #expect(throws: CloudError.self) {
          try await client.page(query: nil, page: nil)
        }
        #expect(error?.kind == .untrustedCertificate)
        #expect(error?.help != nil)
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a token that can't be read stops the run before anything is sent`() async throws {
    try await ScriptedServer.run { _, _ in
    } body: { server in
      for token in ["", "two words", "line\n"] {
        try await withClient(of: server.url, token: token) {
          #expect(await Self.outcome(of: .delete, $0) == .failed(.stop))
          #expect(await Self.outcome(of: .list, $0) == .failed(.stop))
        }
      }
      #expect(server.requests.isEmpty)
    }
  }
}
