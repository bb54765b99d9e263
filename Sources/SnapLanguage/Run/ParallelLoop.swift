import Dispatch
import Synchronization

/// `for --jobs N`: bodies on threads of their own, each with a copy of the variables; what they show
/// comes out in the order of the items.
struct ParallelLoop {
  let jobs: Int
  let keepsGoing: Bool
  let span: Span

  func run(
    _ items: Items, _ frame: Frame, body: @escaping (Frame, Value) throws -> Signal
  ) throws -> Signal {
    let threads = frame.workers.borrow(atMost: min(jobs, items.count))
    defer { frame.workers.giveBack(threads) }
    guard threads > 1 else { return try inOrder(items, frame, body) }
    let state = LoopState(items: items, keepsGoing: keepsGoing)
    let finished = DispatchGroup()
    var started = 0
    for _ in 0..<threads {
      let worker = LoopWorker(frame: frame, body: body, state: state)
      finished.enter()
      let isStarted = InterpreterThread.start {
        worker.run()
        finished.leave()
      }
      if isStarted { started += 1 } else { finished.leave() }
    }
    guard started > 0 else { return try inOrder(items, frame, body) }
    do { try showInOrder(state, frame.host) } catch {
      state.stop()
      finished.wait()
      throw error
    }
    finished.wait()
    if let error = state.error {
      // What ended the whole run; the failures that led to it are told too.
      if !keepsGoing, !(error is Cancelled) {
        for failure in state.failures { frame.host.note(failure) }
      }
      throw error
    }
    try frame.host.cancellation.check()
    try report(state.failures, frame.host)
    return .next
  }

  private func showInOrder(_ state: LoopState, _ host: any Host) throws {
    var index = 0
    while let result = state.awaitItem(index) {
      for value in result.shown { try host.show(value.flow) }
      if keepsGoing, let failure = result.failure { host.note(failure) }
      index += 1
    }
  }

  private func inOrder(
    _ items: Items, _ frame: Frame, _ body: (Frame, Value) throws -> Signal
  ) throws -> Signal {
    var failures: [Failure] = []
    items: for item in items {
      try frame.host.cancellation.check()
      do {
        switch try body(frame, item) {
        case .next, .continueLoop: continue
        case .breakLoop: break items
        case .returned: return .returned
        case .gaveFlow: return .gaveFlow
        }
      } catch var failure as Failure {
        failure.item = failure.item ?? item
        guard keepsGoing else { throw failure }
        failures.append(failure)
        frame.host.note(failure)
      }
    }
    try report(failures, frame.host)
    return .next
  }

  private func report(_ failures: [Failure], _ host: any Host) throws {
    guard let first = failures.first else { return }
    if keepsGoing {
      throw Failure(
        first.kind, "\(failures.count) of the loop's items failed", at: span, exitCode: 3)
    }
    for failure in failures.dropFirst() { host.note(failure) }
    throw first
  }
}

/// The threads that parallel loops may have, so that nested ones can't multiply them. A loop that
/// gets none runs on the thread that it is on.
package final class WorkerBudget: Sendable {
  private static let mostThreads = 256
  private let free = Mutex(mostThreads)

  /// At most `count` threads; it never waits.
  func borrow(atMost count: Int) -> Int {
    free.withLock { free in
      let granted = min(free, max(0, count))
      free -= granted
      return granted
    }
  }

  func giveBack(_ count: Int) { free.withLock { $0 += count } }
}
