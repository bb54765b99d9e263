import CloudAPI
import CloudClient
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

/// `explain`: the requests of a command, of which only the reads are sent.
struct Explain: Callable {
  let services: ShellServices

  let signature = Signature(
    "explain", group: .shell, about: "Show the requests of a command, and change nothing",
    details: """
      COMMAND is a command with its arguments, a text of the language, or a block. What it reads is
      read, for on that hangs what would follow; what it would change is not sent. Each request is
      shown with a curl line, in which $SNAPSH_TOKEN stands for the token. What works on this
      machine alone is left out.
      """,
    parameters: [
      Parameter("command", .string, about: "what to explain, with its arguments", rest: true)
    ],
    effect: .local,
    examples: [
      Signature.Example("explain restore 14901", "what a restore sends"),
      Signature.Example("explain \"ls | where perms == ro | rm\"", "a pipeline, as a text"),
    ], columns: .fixed(ExplainedRequest.columns), runs: .anything)

  func run(_ call: Call) throws -> Outcome {
    guard let code = call.code else {
      throw Failure(.usage, "'explain' needs a command", help: signature.usage)
    }
    let log = ReadLog()
    let host = ExplainingHost(call.host)
    _ = try ReadLog.$current.withValue(log) { try code.run(host).collect() }
    let cloud = services.cloud
    let client = try call.host.wait { try await cloud.client() }
    let reads = log.all.map { ExplainedRequest($0.endpoint, client, rows: $0.rows) }
    let changes = host.changes.flatMap { changes in
      changes.steps.enumerated().flatMap { index, step in
        ExplainedRequest.all(step, changes, index, client)
      }
    }
    guard call.isShown, services.isForPeople else {
      return .rows(RowStream((reads + changes).map(\.value)))
    }
    let text = ExplainedText(
      reads: reads, changes: changes, waits: host.changes.contains { $0.wait != nil })
    return .value(.string(text.text))
  }
}

/// A host that collects changes; it shows and sends nothing.
private final class ExplainingHost: Host {
  private let host: any Host
  private let collected = Mutex<[Changes]>([])

  init(_ host: any Host) { self.host = host }

  var changes: [Changes] { collected.withLock { $0 } }
  var cancellation: Cancellation { host.cancellation }
  var isPreviewing: Bool { true }
  func show(_ flow: Flow) throws { _ = try flow.collect() }
  func note(_ failure: Failure) { host.note(failure) }
  func environment(_ name: String) -> String? { host.environment(name) }
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try host.resolved(value, as: type)
  }
  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    if let changes = effects as? Changes { collected.withLock { $0.append(changes) } }
    return .rows(RowStream([]))
  }
}
