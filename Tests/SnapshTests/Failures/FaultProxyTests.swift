import CloudAPI
import Foundation
import OrderedJSON
import ServerKit
import Synchronization
import Testing

/// The program behind a network that does to one request of each verb what networks do. What it says
/// must be what the cloud did, and nothing may be done twice.
@Suite(.serialized) struct FaultProxyTests {
  enum Verb: String, CaseIterable, Sendable { case create, rename, rm, restore, ls, lsOfSlice }

  enum Fault: Sendable, CustomTestStringConvertible {
    case latency(Duration)
    /// Each byte of the answer in a packet of its own.
    case drip
    case reset(isApplied: Bool)
    /// The connection ends after so many bytes of the answer.
    case cut(after: Int)
    /// The cloud never sees the request.
    case instead(status: Int, headers: [String], body: String)
    /// The cloud has done it, and something on the way says otherwise.
    case afterwards(status: Int)

    var testDescription: String {
      switch self {
      case .latency(let time): "latency of \(time)"
      case .drip: "drip"
      case .reset(let isApplied): "reset \(isApplied ? "after" : "before") the cloud did it"
      case .cut(let count): "cut after \(count) bytes"
      case .instead(let status, let headers, let body):
        "\(status) \(headers.joined(separator: " ")) \(body)"
      case .afterwards(let status): "\(status) after the cloud did it"
      }
    }

    /// The exit code that it must lead to.
    func code(_ verb: Verb) -> Int32 {
      let isRead = verb == .ls || verb == .lsOfSlice
      return switch self {
      case .latency, .drip: 0
      // Who answers with a page may have handed the change on.
      case .instead(200, _, _): isRead ? 1 : 5
      case .instead(307, _, _): isRead ? 0 : 1
      case .instead(302, _, _): 1
      case .instead(429, _, _): 0
      case .reset, .cut, .instead, .afterwards: verb == .restore ? 5 : 0
      }
    }
  }

  static let faults: [Fault] =
    [.latency(.milliseconds(400)), .drip, .reset(isApplied: false), .reset(isApplied: true)]
    + [0, 1, 12].map { .cut(after: $0) }
    + [
      .instead(status: 302, headers: ["location: https://login.example.com/"], body: ""),
      .instead(status: 307, headers: ["location: /api/v1/images"], body: ""),
      .instead(status: 200, headers: ["content-type: text/html"], body: "<html>log in</html>"),
      .instead(status: 429, headers: ["retry-after: 1"], body: ""),
      .instead(status: 429, headers: [], body: ""),
    ]
    + [500, 502, 503, 504].flatMap { status -> [Fault] in
      [.instead(status: status, headers: [], body: "<html>"), .afterwards(status: status)]
    }

  @Test("Every verb behind a network with a fault tells the truth", arguments: faults)
  func fault(_ fault: Fault) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for verb in Verb.allCases { group.addTask { try await run(verb, behind: fault) } }
      try await group.waitForAll()
    }
  }

  private struct Proxied: Sendable {
    var cloud = ModelCloud(slices: [1: "web-01"])
    var isDone = false
    var sent = 0

    init() { cloud.add(11, "first", of: 1) }
  }

  private static func words(_ verb: Verb) -> [String] {
    switch verb {
    case .create: ["create", "1", "new"]
    case .rename: ["rename", "11", "new"]
    case .rm: ["rm", "11", "--yes"]
    case .restore: ["restore", "11", "--yes"]
    case .ls: ["ls", "-o", "ids"]
    case .lsOfSlice: ["ls", "1", "-o", "ids"]
    }
  }

  private static func isMeant(_ call: Endpoint, _ verb: Verb) -> Bool {
    switch (call, verb) {
    case (.create, .create), (.rename, .rename), (.delete, .rm), (.restore, .restore),
      (.list, .ls), (.listSlice, .lsOfSlice):
      true
    default: false
    }
  }

  private func run(_ verb: Verb, behind fault: Fault) async throws {
    let state = Shared(Proxied())
    let sandbox = try Sandbox()
    let result = try await ScriptedServer.run { request, connection in
      let lines = request.text.components(separatedBy: "\r\n\r\n")
      let parts = request.line.split(separator: " ").map(String.init)
      guard
        let call = Endpoint(
          method: parts.first ?? "", target: request.target, body: lines.dropFirst().joined())
      else { return try await connection.send(answer(400)) }
      let isFaulty = state.value.withLock { state in
        guard Self.isMeant(call, verb) else { return false }
        state.sent += 1
        defer { state.isDone = true }
        return !state.isDone
      }
      func reply() -> String {
        let reply = state.value.withLock { $0.cloud.answer(call, at: .zero) }
        return answer(reply.status, reply.body?.text() ?? "")
      }
      guard isFaulty else { return try await connection.send(reply()) }
      try await Self.suffer(fault, connection, reply)
    } body: { server in
      // Waiting for a process must not hold a thread that the server needs.
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(
            with: Result {
              try sandbox.snapsh(
                Self.words(verb),
                environment: ["SNAPSH_ENDPOINT": server.url, "SNAPSH_TOKEN": "0123456789"])
            })
        }
      }
    }
    let end = state.value.withLock { $0 }
    check(result, end, verb, fault)
  }

  private static func suffer(
    _ fault: Fault, _ connection: ScriptedServer.Connection, _ reply: () -> String
  ) async throws {
    switch fault {
    case .latency(let time):
      try await Task.sleep(for: time)
      try await connection.send(reply())
    case .drip:
      for character in reply() {
        try await connection.send(String(character))
        await Task.yield()
      }
    case .reset(let isApplied):
      if isApplied { _ = reply() }
      try await connection.reset()
    case .cut(let count):
      let text = reply().prefix(count)
      if !text.isEmpty { try await connection.send(String(text)) }
      try await connection.close()
    case .instead(let status, let headers, let body):
      let type = headers.isEmpty ? "text/html" : nil
      var text = answer(status, body, type: type)
      for header in headers {
        text = text.replacing("content-length", with: "\(header)\r\ncontent-length")
      }
      try await connection.send(text)
    case .afterwards(let status):
      _ = reply()
      try await connection.send(answer(status, "<html>", type: "text/html"))
    }
  }

  private func check(
    _ result: Sandbox.Result, _ end: Proxied, _ verb: Verb, _ fault: Fault
  ) {
    let place = Comment(rawValue: "\(verb) behind \(fault.testDescription): \(result.errors)")
    #expect(result.code == fault.code(verb), place)
    if verb == .ls || verb == .lsOfSlice {
      #expect(result.output == (result.code == 0 ? "11\n" : ""), place)
      #expect(end.cloud.applied.isEmpty, place)
      return
    }
    switch result.code {
    case 0: #expect(end.cloud.applied.count == 1, place)
    case 5:
      #expect(end.cloud.applied.count <= 1, place)
      #expect(end.sent == 1, place)
      #expect(result.errors.contains("not known"), place)
    default: #expect(end.cloud.applied.isEmpty, place)
    }
  }
}

/// A value that several tasks change.
private final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>
  init(_ value: Value) { self.value = Mutex(value) }
}
