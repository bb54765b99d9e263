import Dispatch
import Synchronization

/// `for --jobs N`: bodies on threads of their own, each with a copy of the variables; what they show
/// comes out in the order of the items.
struct ParallelLoop {
  let jobs: Int
  let keepsGoing: Bool
  let span: Span

  /// The most threads that one loop starts.
  private static let mostThreads = 256

  func run(
    _ items: Items, _ frame: Frame, body: @escaping (Frame, Value) throws -> Signal
  ) throws {
    let count = items.count
    let state = LoopState(count: count, items: items, keepsGoing: keepsGoing)
    let threads = min(jobs, count, Self.mostThreads)
    guard threads > 1 else { return try inOrder(items, frame, body) }
    let finished = DispatchGroup()
    for _ in 0..<threads {
      let worker = Worker(frame: frame, body: body, state: state)
      finished.enter()
      InterpreterThread.start {
        worker.run()
        finished.leave()
      }
    }
    for index in 0..<count {
      guard let shown = state.awaitItem(index) else { break }
      for value in shown { try frame.host.show(.value(value)) }
    }
    finished.wait()
    try frame.host.cancellation.check()
    try report(state.failures)
  }

  private func inOrder(
    _ items: Items, _ frame: Frame, _ body: (Frame, Value) throws -> Signal
  ) throws {
    var failures: [(index: Int, failure: Failure)] = []
    for (index, item) in items.enumerated() {
      try frame.host.cancellation.check()
      do {
        if try body(frame, item) == .breakLoop { break }
      } catch let failure as Failure where keepsGoing {
        failures.append((index, failure))
        frame.host.note(failure)
      }
    }
    try report(failures)
  }

  private func report(_ failures: [(index: Int, failure: Failure)]) throws {
    guard let first = failures.first?.failure else { return }
    guard keepsGoing else { throw first }
    throw Failure(
      first.kind, "\(failures.count) of the loop's items failed", help: nil, at: span, exitCode: 3)
  }
}

/// What the workers of one loop share.
private final class LoopState: Sendable {
  private struct State {
    var next = 0
    var shown: [Int: [Value]] = [:]
    var failures: [(index: Int, failure: Failure)] = []
    var isStopped = false
    var running = 0
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)
  private let count: Int
  private let items: Items
  private let keepsGoing: Bool

  init(count: Int, items: Items, keepsGoing: Bool) {
    self.count = count
    self.items = items
    self.keepsGoing = keepsGoing
  }

  var failures: [(index: Int, failure: Failure)] {
    state.withLock { $0.failures.sorted { $0.index < $1.index } }
  }

  func take() -> (index: Int, item: Value)? {
    state.withLock { state in
      guard !state.isStopped, state.next < count else { return nil }
      defer { state.next += 1 }
      state.running += 1
      return (state.next, items[state.next])
    }
  }

  func finish(_ index: Int, shown: [Value], failure: Failure?, stops: Bool) {
    state.withLock { state in
      state.running -= 1
      state.shown[index] = shown
      if let failure { state.failures.append((index, failure)) }
      if stops || (failure != nil && !keepsGoing) { state.isStopped = true }
    }
    changed.signal()
  }

  /// What item `index` showed, once it is done; nil when it never will be.
  func awaitItem(_ index: Int) -> [Value]? {
    while true {
      let (shown, isOver) = state.withLock { state in
        (state.shown.removeValue(forKey: index),
          state.running == 0 && (state.isStopped || state.next >= count))
      }
      if let shown { return shown }
      if isOver { return nil }
      changed.wait()
    }
  }
}

/// One thread of a loop. The copy of the variables is made before the thread starts.
private final class Worker: @unchecked Sendable {
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
    while let (index, item) = state.take() {
      var failure: Failure?
      var stops = false
      do {
        try frame.host.cancellation.check()
        stops = try body(frame, item) == .breakLoop
      } catch let caught as Failure {
        failure = caught
        if caught.item == nil { failure?.item = item }
      } catch {
        stops = true
      }
      if let failure { frame.host.note(failure) }
      state.finish(index, shown: host.takeShown(), failure: failure, stops: stops)
    }
  }
}

/// A host that keeps what is shown until its turn comes.
private final class BufferingHost: Host {
  private let host: any Host
  private let shown = Mutex<[Value]>([])

  init(_ host: any Host) { self.host = host }

  var cancellation: Cancellation { host.cancellation }

  func show(_ flow: Flow) throws {
    let value = try flow.collect()
    shown.withLock { $0.append(value) }
  }

  func takeShown() -> [Value] {
    shown.withLock { shown in
      defer { shown = [] }
      return shown
    }
  }

  func perform(_ effects: any Effects, at span: Span) throws -> Flow {
    try host.perform(effects, at: span)
  }

  func note(_ failure: Failure) { host.note(failure) }
  func environment(_ name: String) -> String? { host.environment(name) }
  var isPreviewing: Bool { host.isPreviewing }
}
