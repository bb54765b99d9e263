import Synchronization

/// What was shown, read to its end so that it can be kept.
enum Shown: Sendable {
  case value(Value)
  case rows([Value])

  var flow: Flow {
    switch self {
    case .value(let value): .value(value)
    case .rows(let rows): .rows(RowStream(rows))
    }
  }
}

/// A host that keeps what is shown until its turn comes.
final class BufferingHost: Host {
  private let host: any Host
  private let shown = Mutex<[Shown]>([])

  init(_ host: any Host) { self.host = host }

  func show(_ flow: Flow) throws {
    let kept: Shown
    switch flow {
    case .nothing: return
    case .value(let value): kept = .value(value)
    case .rows(let stream): kept = .rows(try stream.collect())
    }
    shown.withLock { $0.append(kept) }
  }

  func takeShown() -> [Shown] {
    shown.withLock { shown in
      defer { shown = [] }
      return shown
    }
  }

  var cancellation: Cancellation { host.cancellation }
  var isPreviewing: Bool { host.isPreviewing }
  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    try host.perform(effects, at: span)
  }
  func note(_ failure: Failure) { host.note(failure) }
  func leavesOut(_ what: String) -> Bool { host.leavesOut(what) }
  func environment(_ name: String) -> String? { host.environment(name) }
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try host.resolved(value, as: type)
  }
}

/// A host for the code of `finally`: the cancellation that made it run doesn't end it.
final class ShieldingHost: Host {
  private let host: any Host
  private let hasBegun = Atomic(false)
  let cancellation = Cancellation()

  init(_ host: any Host) { self.host = host }

  /// Called once for the cancellation that has come, and again for each further one.
  func interrupt() {
    if hasBegun.exchange(true, ordering: .acquiringAndReleasing) { cancellation.cancel() }
  }

  var isPreviewing: Bool { host.isPreviewing }
  func show(_ flow: Flow) throws { try host.show(flow) }
  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    try host.perform(effects, at: span)
  }
  func note(_ failure: Failure) { host.note(failure) }
  func leavesOut(_ what: String) -> Bool { host.leavesOut(what) }
  func environment(_ name: String) -> String? { host.environment(name) }
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try host.resolved(value, as: type)
  }
}
