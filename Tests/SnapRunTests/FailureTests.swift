import CloudAPI
import CloudClient
import ServerKit
import SnapRun
import Testing

/// How often a failing change is sent, and what its result says.
@Suite struct FailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let replies: [Reply]
    /// How many times it is sent, and the word of its result.
    let expected: [Step.Verb: (sends: Int, word: String)]

    init(
      _ name: String, _ replies: Reply..., all: (Int, String)? = nil, create: (Int, String)? = nil,
      rename: (Int, String)? = nil, delete: (Int, String)? = nil, restore: (Int, String)? = nil
    ) {
      testDescription = name
      self.replies = replies
      var expected: [Step.Verb: (sends: Int, word: String)] = [:]
      let given = [(Step.Verb.create, create), (.rename, rename), (.delete, delete)]
      for (verb, its) in given + [(.restore, restore)] {
        if let (sends, word) = its ?? all { expected[verb] = (sends, word) }
      }
      self.expected = expected
    }

    /// Perhaps applied: the first reply stays, or is followed by 202.
    static func ambiguous(_ name: String, _ reply: Reply) -> [Case] {
      [
        Case(name, reply, all: (3, "unknown"), restore: (1, "unknown")),
        Case("\(name), once", reply, .accepted, all: (2, "accepted"), restore: (1, "unknown")),
      ]
    }
  }

  static let ambiguous: [Case] =
    Case.ambiguous("reset", .reset)
    + [408, 500, 502, 503, 504].flatMap { Case.ambiguous("\($0)", .status($0)) }

  static let refused: [Case] = [
    Case("401", .status(401), all: (1, "failed")), Case("403", .status(403), all: (1, "failed")),
    Case("400", .status(400), all: (1, "failed")), Case("422", .status(422), all: (1, "failed")),
    Case("404", .status(404), all: (1, "failed"), delete: (1, "gone")),
    Case("a redirect", .status(307, headers: ["location: /x"]), all: (1, "failed")),
    Case("429, once", .status(429), .accepted, all: (2, "accepted")),
    Case("429", .status(429), all: (3, "failed")),
    Case("409, once", .status(409), .accepted, all: (2, "accepted")),
    Case("423, once", .status(423), .accepted, all: (2, "accepted")),
  ]

  static let odd: [Case] = [
    Case("202 with a cut body", .cut, all: (1, "accepted")),
    Case("202 with no JSON", .status(202, "{"), all: (1, "accepted")),
    Case("200 with another shape", .status(200, "[]"), all: (1, "accepted")),
    // A proxy's page: nothing says what the cloud itself did.
    Case("200 with a web page", .html, all: (1, "unknown")),
    Case(
      "lost, then 403", .reset, .status(403), all: (2, "unknown"), restore: (1, "unknown")),
    Case(
      "lost, then 401", .reset, .status(401), all: (2, "unknown"), restore: (1, "unknown")),
    Case(
      "lost, then 404", .reset, .status(404), all: (2, "unknown"), delete: (2, "done"),
      restore: (1, "unknown")),
    Case(
      "lost, then 409, then accepted", .reset, .status(409), .accepted, all: (3, "accepted"),
      restore: (1, "unknown")),
  ]

  @Test(arguments: ambiguous + refused + odd, [Step.Verb.create, .rename, .delete, .restore])
  func `a failing change is sent as often as the table says`(
    _ failure: Case, _ verb: Step.Verb
  ) async throws {
    let ended = try await ScriptedRun(
      steps: [.of(verb)], changes: failure.replies,
      sliceLists: [.rows([row(5, "old")])], lists: [.rows([row(5, "old")])]
    ).end()
    let expected = try #require(failure.expected[verb])
    #expect(ended.changes.count == expected.sends)
    #expect(ended.words == [expected.word])
  }

  @Test(arguments: [Step.Verb.create, .rename, .restore])
  func `a change that never left is tried three times and has failed`(
    _ verb: Step.Verb
  ) async throws {
    let time = TestTime()
    try await withClient(of: "http://127.0.0.1:1/api/v1", time: time) { client in
      let results = try await JournaledRun(limits: Limits()).executor(client)
        .run([.of(verb)], wait: nil)
      #expect(results.map(\.outcome.word) == ["failed"])
      #expect(results.first?.outcome.error?.mayHaveBeenApplied == false)
    }
    #expect(time.pauses == [.milliseconds(50), .milliseconds(100)])
  }

  @Test func `after 429 a change waits as long as the cloud asked`() async throws {
    let time = TestTime(random: 0)
    let ended = try await ScriptedRun(
      steps: [.restore()], changes: [.status(429, headers: ["retry-after: 7"]), .accepted],
      time: time
    ).end()
    #expect(ended.words == ["accepted"])
    #expect(time.pauses == [.seconds(7)])
  }

  @Test func `a pause of more than five minutes is not waited for`() async throws {
    let ended = try await ScriptedRun(
      steps: [.delete()], changes: [.status(429, headers: ["retry-after: 301"])]
    ).end()
    #expect(ended.changes.count == 1)
    #expect(ended.words == ["failed"])
  }
}
