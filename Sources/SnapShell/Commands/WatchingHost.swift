import SnapLanguage
import Synchronization

/// A result that can be shown more than once.
enum Shown: Sendable {
  case nothing
  case value(Value)
  case rows([Value])

  /// Reads rows to their end.
  init(_ flow: Flow) throws {
    self =
      switch flow {
      case .nothing: .nothing
      case .value(let value): .value(value)
      case .rows(let stream): .rows(try stream.collect())
      }
  }

  var flow: Flow {
    switch self {
    case .nothing: .nothing
    case .value(let value): .value(value)
    case .rows(let rows): .rows(RowStream(rows))
    }
  }
}

/// A host that keeps what is shown. Changes don't reach it: the check lets none through.
final class WatchingHost: Host {
  private let host: any Host
  private let kept = Mutex<[Shown]>([])

  init(_ host: any Host) { self.host = host }

  var shown: [Shown] { kept.withLock { $0 } }
  var cancellation: Cancellation { host.cancellation }
  var isPreviewing: Bool { false }
  func show(_ flow: Flow) throws {
    let shown = try Shown(flow)
    kept.withLock { $0.append(shown) }
  }
  func note(_ failure: Failure) { host.note(failure) }
  func environment(_ name: String) -> String? { host.environment(name) }
  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    try host.resolved(value, as: type)
  }
  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    throw Failure(.denied, "what is watched may only read", at: span)
  }
}
