import CloudAPI
import CloudClient
import OrderedJSON
import ServerKit
import SnapRun
import Synchronization

/// What a scripted cloud does with one request.
enum Reply: Sendable {
  case status(Int, String = "", headers: [String] = [])
  case rows([JSON])
  /// The connection is reset before anything was answered.
  case reset
  /// Half an answer with 202.
  case cut
  case html

  static let accepted = Reply.status(202)

  func send(to connection: ScriptedServer.Connection) async throws {
    switch self {
    case .status(let status, let body, let headers):
      let lines = ["HTTP/1.1 \(status) Any"] + headers + ["content-length: \(body.utf8.count)"]
      try await connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    case .rows(let rows): try await connection.send(answer(200, pageBody(rows)))
    case .reset: try await connection.reset()
    case .cut:
      try await connection.send("HTTP/1.1 202 Any\r\ncontent-length: 9\r\n\r\n{\"a")
      try await connection.close()
    case .html: try await connection.send(answer(200, "<html>log in", type: "text/html"))
    }
  }
}

/// Answers given in turn; the last one stays.
final class Replies: Sendable {
  private let rest: Mutex<[Reply]>
  init(_ replies: [Reply]) { rest = Mutex(replies) }

  func next() -> Reply? {
    rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
  }
}

/// A run of the executor against a cloud that answers by a script.
struct ScriptedRun: Sendable {
  var steps: [Step]
  var limits = Limits()
  var wait: Executor.Wait?
  /// To changes; the last one stays.
  var changes: [Reply] = [.accepted]
  /// To lists of one slice; nil for what the steps say.
  var sliceLists: [Reply]?
  /// To the whole list.
  var lists: [Reply] = [.rows([])]
  var time = TestTime()
  var readAttempts = 1

  struct Ended: Sendable {
    let results: [StepResult]
    /// Method and path of each request below the base, in the order in which they came.
    let requests: [String]
    /// Without the reads that come before a deletion.
    var changes: [String] { requests.filter { !$0.hasPrefix("GET") } }
    var words: [String] { results.map(\.outcome.word) }
  }

  func end() async throws -> Ended {
    let (changes, lists) = (Replies(changes), Replies(lists))
    let sliceLists = Replies(sliceLists ?? [.rows(steps.compactMap { $0.snapshot?.json })])
    return try await ScriptedServer.run { request, connection in
      let replies =
        request.line.hasPrefix("GET")
        ? (request.target.contains("/snapshots/") ? sliceLists : lists) : changes
      try await replies.next()?.send(to: connection)
    } body: { server in
      let results = try await withClient(of: server.url, time: time, readAttempts: readAttempts) {
        try await JournaledRun(limits: limits).executor($0).run(steps, wait: wait)
      }
      return Ended(results: results, requests: server.requests.map(\.shortLine))
    }
  }
}

extension ScriptedServer.Request {
  /// `POST 14901/rename`.
  var shortLine: String {
    let path = target.replacing("/api/v1/images/snapshots/", with: "")
    return "\(line.prefix { $0 != " " }) \(path.replacing("/api/v1/images", with: "images"))"
  }
}

extension Step {
  private static func snapshot(_ id: Int, _ slice: Int) -> SnapshotRow? {
    SnapshotRow(row(id, "old", slice: slice))
  }

  static func create(
    _ name: String = "new", of slice: Int = 1, known: Set<SnapshotID>? = []
  ) -> Step {
    Step(
      .create(SliceID(slice), name: name), snapshot: nil, slice: SliceID(slice), sliceName: nil,
      knownIDs: known)
  }

  static func rename(_ id: Int = 5, of slice: Int = 1) -> Step {
    Step(
      .rename(SnapshotID(id), name: "new"), snapshot: snapshot(id, slice), slice: SliceID(slice),
      sliceName: "web")
  }

  static func delete(_ id: Int = 5, of slice: Int = 1) -> Step {
    Step(
      .delete(SnapshotID(id)), snapshot: snapshot(id, slice), slice: SliceID(slice),
      sliceName: "web")
  }

  static func restore(_ id: Int = 5, of slice: Int = 1, onto target: Int? = nil) -> Step {
    let target = SliceID(target ?? slice)
    return Step(
      .restore(SnapshotID(id), onto: target), snapshot: snapshot(id, slice), slice: target,
      sliceName: "web")
  }

  static func of(_ verb: Verb) -> Step {
    switch verb {
    case .create: create()
    case .rename: rename()
    case .delete: delete()
    case .restore: restore()
    }
  }
}
