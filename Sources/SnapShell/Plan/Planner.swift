import CloudAPI
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

/// A change that is planned and not sent.
struct PlannedOperation: Sendable {
  /// From 1, in the order in which they are to be sent. A snapshot that it makes is called after it.
  let number: Int
  let step: Step
  /// `guards` is the number of the restore that it is the guard of.
  let context: OperationContext
  /// The text of the command that wants it.
  let reason: String
}

/// Takes down what a text would change. Reads of the text see it as done.
final class Planner: Sendable {
  private let cloud: CloudSession
  private struct State {
    var operations: [PlannedOperation] = []
    var statements = 0
  }
  private let state = Mutex(State())

  init(_ cloud: CloudSession) { self.cloud = cloud }

  func begin() {
    state.withLock { $0 = State() }
    cloud.plan(upon: Overlay())
  }

  /// - Returns: what was planned.
  @discardableResult func end() -> [PlannedOperation] {
    cloud.plan(upon: nil)
    return state.withLock { state in
      defer { state = State() }
      return state.operations
    }
  }

  /// Takes down what a command wants: guards first, then its steps, which it gives.
  func add(_ changes: Changes, at span: Span) -> [PlannedOperation] {
    state.withLock { state in
      let (origin, reason) = (span.place, span.text)
      let guarded = changes.steps.indices.compactMap { index in
        changes.guard(of: index).map { (index: index, step: $0) }
      }
      let guardNumbers = cloud.plan(guarded.map(\.step))
      let numbers = cloud.plan(changes.steps)
      if !guarded.isEmpty { state.statements += 1 }
      let guardStatement = state.statements
      state.statements += 1
      let statement = state.statements
      state.operations += zip(guardNumbers, guarded).map { number, entry in
        PlannedOperation(
          number: number, step: entry.step,
          context: OperationContext(
            origin: origin, statement: guardStatement, waits: true, guards: numbers[entry.index]),
          reason: reason)
      }
      let own = numbers.indices.map { index in
        PlannedOperation(
          number: numbers[index], step: changes.steps[index],
          context: OperationContext(
            origin: origin, statement: statement, waits: changes.wait != nil,
            timeout: changes.wait?.timeout?.microseconds, undoes: changes.undoes[index]),
          reason: reason)
      }
      state.operations += own
      return own
    }
  }
}
