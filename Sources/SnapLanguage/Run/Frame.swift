/// The variables of one call, in slots that the compiler has numbered.
package final class Frame {
  private(set) var slots: UnsafeMutablePointer<Value>
  private(set) var count: Int
  /// The frame of the script's own variables; nil when this is it.
  private let outer: Frame?
  private(set) var host: any Host
  /// The threads that the parallel loops of one interpreter share.
  let workers: WorkerBudget
  /// The failures that `catch` has bound, by their variables' slots, for throwing them again whole.
  var caught: [Int: Failure] = [:]
  /// What `return` left, or the last pipeline of a function.
  var result: Flow = .nothing
  /// The number of calls that are open around this one.
  let callDepth: Int

  static let deepestCall = 2_000

  init(
    count: Int, globals: Frame? = nil, host: any Host, callDepth: Int = 0,
    workers: WorkerBudget? = nil
  ) {
    self.count = count
    outer = globals
    self.workers = workers ?? globals?.workers ?? WorkerBudget()
    self.host = host
    self.callDepth = callDepth
    slots = .allocate(capacity: max(1, count))
    slots.initialize(repeating: .null, count: count)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  var globals: Frame { outer ?? self }

  /// Makes room for the variables of a further line.
  func grow(to newCount: Int) {
    guard newCount > count else { return }
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: newCount)
    larger.moveInitialize(from: slots, count: count)
    (larger + count).initialize(repeating: .null, count: newCount - count)
    slots.deallocate()
    slots = larger
    count = newCount
  }

  /// The same values in a frame of its own, and in a copy of the globals' frame: what happens to
  /// them stays there.
  func copy(host: any Host) -> Frame {
    let globals = outer?.copy(host: host)
    let copy = Frame(
      count: count, globals: globals, host: host, callDepth: callDepth, workers: workers)
    for index in 0..<count { copy.slots[index] = slots[index] }
    copy.caught = caught
    return copy
  }

  /// Runs `body`, which a cancellation that has come already doesn't stop; the next one does.
  func shielded<Result>(_ body: () throws -> Result) throws -> Result {
    guard host.cancellation.isCancelled else { return try body() }
    let exposed = host
    let shield = ShieldingHost(exposed)
    host = shield
    defer { host = exposed }
    return try exposed.cancellation.withHandler({ shield.interrupt() }, body)
  }
}

/// How a statement ended.
enum Signal {
  case next, breakLoop, continueLoop, returned
}

typealias Evaluate = (Frame) throws -> Value
typealias Execute = (Frame) throws -> Signal
typealias Produce = (Frame, Flow?) throws -> Flow
