import Testing

/// What a person or a script is told when a list can't be read: on stderr, with nothing on stdout.
@Suite struct FailedReadTests {
  struct Failure: Sendable, CustomTestStringConvertible {
    let answer: ScriptedCloud.Answer
    let code: Int32
    let words: [String]
    var testDescription: String { words[0] }
  }

  @Test(
    "a list that fails says why, with its exit code",
    arguments: [
      Failure(
        answer: .status(401, #"{"error":"bad token"}"#), code: 4,
        words: ["the cloud doesn't accept the token (401)", "bad token", "SNAPSH_TOKEN"]),
      Failure(
        answer: .status(403, ""), code: 1, words: ["the token may not do this (403)"]),
      Failure(
        answer: .status(
          200, "<!DOCTYPE html><html><body>Log in</body></html>",
          headers: ["content-type": "text/html"]), code: 1,
        words: ["a web page came instead of the cloud's answer", "proxy"]),
      Failure(
        answer: .json(#"{"snapshots":[]}"#), code: 1,
        words: ["the answer is not one of the cloud's API"]),
      Failure(
        answer: .status(302, "", headers: ["location": "https://example.com/api/v1/images"]),
        code: 1, words: ["the server points elsewhere", "example.com"]),
      Failure(
        answer: .status(422, #"{"error":"page must be a number"}"#), code: 1,
        words: ["the cloud refused the request (422)", "page must be a number"]),
    ])
  func failure(_ failure: Failure) throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud { _ in failure.answer })
    let result = try sandbox.snapsh("ls", "-o", "json", environment: cloud.environment)
    #expect(result.code == failure.code)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("error: "))
    for word in failure.words { #expect(result.errors.contains(word), "\(result.errors)") }
    #expect(!result.errors.contains("t0ken"))
    // None of these gets better by asking again.
    #expect(cloud.requests.count == 1)
  }

  @Test(
    "a list that may get better is asked for again, and then shown",
    arguments: [
      .status(503, ""), .status(502, "<html>bad gateway</html>"), .closed,
      .cut(#"{"data":[],"page":1,"pages":1,"results":0}"#), .json("{\"data\":"),
    ] as [ScriptedCloud.Answer])
  func transient(_ first: ScriptedCloud.Answer) throws {
    let (sandbox, answers) = (try Sandbox(), AnswerSequence([first]))
    let cloud = try ScriptedCloud(except: { _ in answers.next() })
    let result = try sandbox.snapsh("ls", "-o", "ids", environment: cloud.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "14901\n15258\n")
    #expect(cloud.requests.count == 2)
  }

  @Test("429 is waited out as the server asks")
  func throttled() throws {
    let sandbox = try Sandbox()
    let answers = AnswerSequence([.status(429, "", headers: ["retry-after": "0"])])
    let cloud = try ScriptedCloud(except: { _ in answers.next() })
    let result = try sandbox.snapsh("ls", "-o", "ids", environment: cloud.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.requests.count == 2)
  }

  @Test("an answer that never comes ends at --timeout, once it has been tried enough")
  func silence() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud { _ in .silence })
    let result = try sandbox.snapsh("ls", "--timeout", "20ms", environment: cloud.environment)
    #expect(result.code == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("no complete answer in time"))
    #expect(cloud.requests.count > 1)
  }

  @Test("a refused connection is told with the way to check it")
  func refused() throws {
    let result = try Sandbox().snapsh(
      "ls",
      environment: ["SNAPSH_ENDPOINT": "http://127.0.0.1:1/api/v1", "SNAPSH_TOKEN": "x"])
    #expect(result.code == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("the connection was refused"))
    #expect(result.errors.contains("help: check the endpoint's address and the network"))
  }

  @Test("a reader that goes away, as head does, is no error")
  func closedOutput() throws {
    let sandbox = try Sandbox()
    let cloud = try ScriptedCloud(rows: (1...3000).map { DocumentedRows.row($0, "s\($0)") })
    let result = try sandbox.run(
      "set -o pipefail; snapsh ls -o jsonl | head -1", environment: cloud.environment)
    #expect(result.code == 0)
    #expect(result.output.split(separator: "\n").count == 1)
  }
}
