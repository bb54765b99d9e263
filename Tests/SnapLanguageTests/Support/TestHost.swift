import SnapLanguage
import Synchronization

/// A host that writes down what reaches it.
final class TestHost: Host {
  let cancellation = Cancellation()
  let isPreviewing: Bool
  private let state = Mutex(State())

  private struct State {
    var shown: [String] = []
    var performed: [String] = []
    var noted: [Failure] = []
  }

  init(isPreviewing: Bool = false) { self.isPreviewing = isPreviewing }

  var shown: [String] { state.withLock { $0.shown } }
  var performed: [String] { state.withLock { $0.performed } }
  var noted: [Failure] { state.withLock { $0.noted } }

  func show(_ flow: Flow) throws {
    if case .nothing = flow { return }
    let text = describe(try flow.collect())
    state.withLock { $0.shown.append(text) }
  }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    guard let changes = effects as? TestChanges else { return .nothing }
    if let failing = changes.lines.first(where: { $0.contains("fail") }) {
      throw Failure(.conflict, "'\(failing)' was refused", status: 409)
    }
    state.withLock { $0.performed += changes.lines }
    return .nothing
  }

  func note(_ failure: Failure) { state.withLock { $0.noted.append(failure) } }

  func environment(_ name: String) -> String? { name == "HOME" ? "/home/ann" : nil }

  func resolved(_ value: Value, as type: ValueType) throws -> Value {
    let rows = Snapshots.all.compactMap(\.recordValue)
    let column = type == .slice ? "vmname" : "name"
    let found = rows.first { Value.areEqual($0[column] ?? .null, value) }
    guard let found else { throw Failure(.notfound, "there is no \(type)") }
    return .record(found)
  }
}

struct TestChanges: Effects {
  let lines: [String]
}

/// A value as a short text: strings bare, lists in brackets, snapshots by their names.
func describe(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .list(let items): "[" + items.map(describe).joined(separator: " ") + "]"
  case .record(let record):
    if let name = record["name"], record["vmname"] != nil {
      describe(name)
    } else {
      "{" + record.fields.map { "\($0.name):\(describe($0.value))" }.joined(separator: " ") + "}"
    }
  case .block: "block"
  default: (try? value.interpolated()) ?? "?"
  }
}
