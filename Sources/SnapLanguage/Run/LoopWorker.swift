import Dispatch
import Synchronization

/// What became of one item of a parallel loop.
struct LoopResult {
  var shown: [Shown]
  var failure: Failure?
}

/// What the workers of one loop share.
final class LoopState: Sendable {
  private struct State {
    var next = 0
    var results: [Int: LoopResult] = [:]
    var failures: [(index: Int, failure: Failure)] = []
    var error: (any Error)?
    var isStopped = false
    var running = 0
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)
  private let count: Int
  private let items: Items
  private let keepsGoing: Bool

  init(items: Items, keepsGoing: Bool) {
    count = items.count
    self.items = items
    self.keepsGoing = keepsGoing
  }

  /// In the order of the items.
  var failures: [Failure] {
    state.withLock { $0.failures.sorted { $0.index < $1.index }.map(\.failure) }
  }

  /// What ended the loop and is no failure, such as a cancellation.
  var error: (any Error)? { state.withLock { $0.error } }

  /// No item is begun from now on.
  func stop() { state.withLock { $0.isStopped = true } }

  func take() -> (index: Int, item: Value)? {
    state.withLock { state in
      guard !state.isStopped, state.next < count else { return nil }
      defer { state.next += 1 }
      state.running += 1
      return (state.next, items[state.next])
    }
  }

  func finish(_ index: Int, _ result: LoopResult, error: (any Error)? = nil, stops: Bool = false) {
    state.withLock { state in
      state.running -= 1
      state.results[index] = result
      if let failure = result.failure { state.failures.append((index, failure)) }
      if state.error == nil { state.error = error }
      if stops || error != nil || (result.failure != nil && !keepsGoing) { state.isStopped = true }
    }
    changed.signal()
  }

  /// What became of item `index`, once it is done; nil when it is never begun.
  func awaitItem(_ index: Int) -> LoopResult? {
    while true {
      let (result, isOver) = state.withLock { state in
        (
          state.results.removeValue(forKey: index),
          state.running == 0 && (state.isStopped || state.next >= count)
        )
      }
      if let result { return result }
      if isOver { return nil }
      changed.wait()
    }
  }
}

/// One thread of a loop. The copy of the variables is made before the thread starts.
final class LoopWorker: @unchecked Sendable {
  private let frame: Frame
  private let host: BufferingHost
  private let body: (Frame, Value) throws -> Signal
  private let state: LoopState

  init(frame: Frame, body: @escaping (Frame, Value) throws -> Signal, state: LoopState) {
    host = BufferingHost(frame.host)
    self.frame = frame.copy(host: host)
    self.body = body
    self.state = state
  }

  func run() {
    defer { frame.dropSpare() }
    while let (index, item) = state.take() {
      do {
        try host.cancellation.check()
        let signal = try body(frame, item)
        state.finish(
          index, LoopResult(shown: host.takeShown()), stops: signal == .breakLoop)
      } catch var failure as Failure {
        failure.item = failure.item ?? item
        state.finish(index, LoopResult(shown: host.takeShown(), failure: failure))
      } catch {
        state.finish(index, LoopResult(shown: host.takeShown()), error: error)
      }
    }
  }
}
