import OrderedJSON
import SnapLanguage

/// What a hook sees of the session: it may look at all, and change nothing in the cloud. It has a
/// cancellation of its own, since a hook is told the outcome after a Ctrl-C too.
final class HookHost: Host {
  let cancellation = Cancellation()
  private let session: any Host
  private let log: @Sendable (String) -> Void

  init(_ session: any Host, log: @escaping @Sendable (String) -> Void) {
    self.session = session
    self.log = log
  }

  var isPreviewing: Bool { false }

  func show(_ flow: Flow) throws {
    switch flow {
    case .nothing: return
    case .value(.string(let text)): log(text)
    case .value, .rows: log(try WireValues.json(of: try flow.collect()).text())
    }
  }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    throw Failure(.denied, "a hook can't change anything in the cloud", at: span)
  }

  func note(_ failure: Failure) { log(failure.message) }
  func leavesOut(_ what: String) -> Bool { session.leavesOut(what) }
  func environment(_ name: String) -> String? { session.environment(name) }
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try session.resolved(value, as: type)
  }

  /// Runs `body`, which is broken off after `limit`, or when the session is.
  func limited<Result>(
    to limit: Duration, by outer: Cancellation?, _ body: () throws -> Result
  ) throws -> Result {
    let cancellation = cancellation
    let timer = Task {
      try await Task.sleep(for: limit)
      cancellation.cancel()
    }
    defer { timer.cancel() }
    guard let outer else { return try body() }
    return try outer.withHandler({ cancellation.cancel() }, body)
  }
}
