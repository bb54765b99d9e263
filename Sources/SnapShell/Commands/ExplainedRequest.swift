import CloudAPI
import CloudClient
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapRun

/// One request as `explain` shows it.
struct ExplainedRequest {
  static let columns = ["method", "url", "body", "what", "needs", "answer", "sent", "curl"]
  private static let shape = Shape(columns)

  let method: String
  let url: String
  let body: String?
  let what: String
  /// The permissions that the API asks for, and those that are there.
  var needs: String?
  let answer: String
  let isSent: Bool
  let curl: String
  /// The same on several lines, so that a narrow terminal breaks no word.
  private let curlLines: String

  /// A read, which has been made.
  init(_ read: Endpoint, _ client: CloudClient, rows: Int) {
    let page = if case .list(_, page: nil) = read { " on all pages" } else { "" }
    self.init(
      read, client, what: "read: \(rows) snapshot\(rows == 1 ? "" : "s")\(page)", answer: "200",
      isSent: true)
  }

  private init(
    _ endpoint: Endpoint, _ client: CloudClient, what: String, answer: String, isSent: Bool
  ) {
    url = client.url(of: endpoint)
    method = "\(endpoint.method)"
    body = endpoint.body?.text()
    curl = endpoint.curl(to: url)
    curlLines = endpoint.curl(to: url, separator: " \\\n    ")
    self.what = what
    self.answer = answer
    self.isSent = isSent
  }

  /// A change with the snapshot that `--guard` takes before it.
  static func all(
    _ step: Step, _ changes: Changes, _ index: Int, _ client: CloudClient
  ) -> [ExplainedRequest] {
    let accepted = "202: accepted, and the cloud goes on in the background"
    var request = ExplainedRequest(
      step.change, client, what: step.summary, answer: accepted, isSent: false)
    if step.verb == .restore {
      let perms = (step.snapshot?.perms ?? "not known", step.slicePerms ?? "not known")
      request.needs = "rw on the snapshot (it is \(perms.0)) and on the slice (it is \(perms.1))"
      if step.missingPermission != nil { request.needs? += "; so it would be refused" }
    }
    guard let name = changes.guardNames[index] else { return [request] }
    return [
      ExplainedRequest(
        .create(step.slice, name: name), client, what: "the guard, which is awaited",
        answer: accepted, isSent: false), request,
    ]
  }

  var value: Value {
    .record(
      Record(
        shape: Self.shape,
        wireValues: [
          .string(method), .string(url), body.map(Value.string) ?? .null, .string(what),
          needs.map(Value.string) ?? .null, .string(answer), .bool(isSent), .string(curl),
        ]))
  }

  /// Lines for a person.
  var text: String {
    var lines = ["\(method) \(url)", "  \(what)"]
    if let body { lines.append("  body    \(body)") }
    if let needs { lines.append("  needs   \(needs)") }
    if !isSent { lines.append("  answer  \(answer)") }
    return (lines + ["  \(curlLines)", ""]).joined(separator: "\n")
  }
}

/// The requests of a command as a text.
struct ExplainedText {
  let reads: [ExplainedRequest]
  let changes: [ExplainedRequest]
  /// Whether the command waits for the ends.
  let waits: Bool

  var text: String {
    var parts: [String] = []
    if !reads.isEmpty {
      parts.append(changes.isEmpty ? "it reads:" : "it reads, to know what is meant:")
      parts += reads.map(\.text)
    }
    if !changes.isEmpty {
      parts.append("it would send, and nothing of it was sent:")
      parts += changes.map(\.text)
      if waits { parts.append("then it reads the list until all of it has ended\n") }
    }
    if reads.isEmpty, changes.isEmpty { parts.append("it asks the cloud nothing\n") }
    parts.append("exit codes: \(codes.joined(separator: ", "))")
    return parts.joined(separator: "\n")
  }

  private var codes: [String] {
    if reads.isEmpty, changes.isEmpty { return ["0 done", "1 failed"] }
    guard !changes.isEmpty else {
      return ["0 done", "1 failed", "4 token refused", "130 interrupted"]
    }
    let several = changes.count > 1 ? ["3 some failed"] : []
    return [waits ? "0 done" : "0 accepted", "1 failed"] + several
      + ["4 token refused", "5 outcome unknown", "6 declined or over a limit"]
      + (waits ? ["124 waited too long"] : []) + ["130 interrupted"]
  }
}
