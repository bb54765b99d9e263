import SnapLanguage
import SnapCommands
import SnapRun
import Synchronization

/// A host for finding out what a statement would change: it shows nothing and sends nothing.
final class Preview: Host {
  private let session: Session
  /// The steps of one command.
  struct Group: Sendable {
    var changes: Changes
    let span: Span
  }
  private let collected = Mutex<[Group]>([])

  init(_ session: Session) {
    self.session = session
    session.cloud.plan(upon: Overlay())
  }

  /// Reads show the cloud as it is again.
  func end() { session.cloud.plan(upon: nil) }

  var groups: [Group] { collected.withLock { $0 } }

  var cancellation: Cancellation { session.cancellation }
  var isPreviewing: Bool { true }
  func show(_ flow: Flow) throws { _ = try flow.collect() }
  func note(_ failure: Failure) {}
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try session.resolved(value, as: type)
  }
  func environment(_ name: String) -> String? { session.environment(name) }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    if let changes = effects as? Changes, !changes.steps.isEmpty {
      collected.withLock { $0.append(Group(changes: changes, span: span)) }
      let guards = changes.steps.indices.compactMap { changes.guard(of: $0) }
      _ = session.cloud.plan(guards)
      let numbers = session.cloud.plan(changes.steps)
      return .rows(
        RowStream(zip(changes.steps, numbers).map { ChangeRecords.plan($0, number: $1) }))
    }
    return .rows(RowStream([]))
  }
}
