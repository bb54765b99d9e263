import Synchronization

/// The operations that this process is performing.
///
/// With shared records one may run that is this process's and that nobody performs: the records
/// were changed, and the answer got lost.
final class PerformedOperations: Sendable {
  private struct State {
    var performed: Set<Int> = []
    /// Seen running, and not performed, the last time.
    var suspects: Set<Int> = []
  }

  private let state = Mutex(State())

  func add(_ operation: Operation) { state.withLock { _ = $0.performed.insert(operation.id) } }

  func remove(_ operation: Operation) { state.withLock { _ = $0.performed.remove(operation.id) } }

  /// Those of `running`, the operations recorded as this process's, that nobody performed this
  /// time and the time before: one that is just beginning isn't among them.
  func orphans(among running: [Operation]) -> [Operation] {
    state.withLock { state in
      let idle = running.filter { !state.performed.contains($0.id) }
      defer { state.suspects = Set(idle.map(\.id)) }
      return idle.filter { state.suspects.contains($0.id) }
    }
  }
}
