import Synchronization

/// The variables of one call, in slots that the compiler has numbered. In a function's frame slot 0
/// is for what it gives back.
package final class Frame {
  private(set) var slots: UnsafeMutablePointer<Value>
  /// The slots that there is room for.
  private(set) var capacity: Int
  /// The slots in use, from the first on.
  private(set) var count: Int
  /// The frame of the script's own variables; nil when this is it.
  private let outer: Frame?
  private(set) var host: any Host
  /// The wish to stop, which the host has.
  private(set) var interruption: UnsafePointer<Atomic<Bool>>
  /// Whether the code runs only to find out what it would change.
  private(set) var isPreviewing: Bool
  /// The threads that the parallel loops of one interpreter share.
  let workers: WorkerBudget
  /// The failures that `catch` has bound, by their variables' slots, for throwing them again whole.
  var caught: [Int: Failure] = [:]
  /// What the innermost `catch` that runs is about.
  var handling: Failure?
  /// What the last pipeline of a function gave.
  var flow: Flow = .nothing
  /// The number of calls that are open around this one.
  let callDepth: Int
  /// The frame of the last call that was made from here, for the next one.
  private var spare: Frame?
  /// The same frame, for those who don't need to keep it.
  private var lentSpare: Unmanaged<Frame>?
  private var spareCapacity = -1
  private var isSpareInUse = false
  /// The frame of a call that was open already when this frame's call was made from the same one.
  private var inUseBefore: Frame?
  private var calledFrom: Chunk.Position?

  static let deepestCall = 2_000

  init(
    count: Int, globals: Frame? = nil, host: any Host, callDepth: Int = 0,
    workers: WorkerBudget? = nil
  ) {
    self.count = count
    capacity = max(1, count)
    outer = globals
    self.workers = workers ?? globals?.workers ?? WorkerBudget()
    self.host = host
    interruption = host.cancellation.flag
    isPreviewing = host.isPreviewing
    self.callDepth = callDepth
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: .null, count: capacity)
  }

  deinit {
    slots.deinitialize(count: capacity)
    slots.deallocate()
  }

  var globals: Frame { outer ?? self }

  /// Makes room for the variables of a further line.
  func grow(to newCount: Int) {
    guard newCount > count else { return }
    count = newCount
    guard newCount > capacity else { return }
    let newCapacity = max(newCount, 2 * capacity)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: newCapacity)
    larger.moveInitialize(from: slots, count: capacity)
    (larger + capacity).initialize(repeating: .null, count: newCapacity - capacity)
    slots.deallocate()
    slots = larger
    capacity = newCapacity
  }

  func clear(_ numbers: [Int]) {
    for number in numbers where number < count { (slots + number).clear() }
  }

  /// The frame for a function that is called from here; `leave` ends the call.
  ///
  /// - Throws: `Failure` when too many calls are open.
  @inline(__always) func enter(_ position: Chunk.Position, count: Int) throws -> Unmanaged<Frame> {
    guard callDepth < Self.deepestCall else { throw Self.tooDeep }
    let callee =
      spareCapacity < count || isSpareInUse ? newSpare(count) : lentSpare ?? newSpare(count)
    isSpareInUse = true
    callee._withUnsafeGuaranteedRef { callee in
      callee.flow = .nothing
      callee.count = count
      callee.calledFrom = position
    }
    return callee
  }

  static var tooDeep: Failure {
    Failure(.usage, "functions call each other more than \(deepestCall) deep")
  }

  @inline(never) private func newSpare(_ count: Int) -> Unmanaged<Frame> {
    let callee = Frame(count: count, globals: globals, host: host, callDepth: callDepth + 1)
    if isSpareInUse { callee.inUseBefore = spare }
    lend(callee)
    return .passUnretained(callee)
  }

  private func lend(_ frame: Frame?) {
    spare = frame
    lentSpare = frame.map { .passUnretained($0) }
    spareCapacity = frame?.capacity ?? -1
  }

  /// Where the machine made the call that this frame is for.
  var caller: Chunk.Position {
    guard let calledFrom else { preconditionFailure("the machine made no call") }
    return calledFrom
  }

  /// Lets go of the frame that is kept for the next call: it holds this one as its globals.
  func dropSpare() { if !isSpareInUse { lend(nil) } }

  /// Ends the call that this frame is for, and gives where it came from. The frame is kept for the
  /// caller's next one, unless somebody else has it too.
  @inline(__always) func leave() -> Chunk.Position {
    let caller = self.caller
    caller.frame._withUnsafeGuaranteedRef { $0.putBack(count) }
    return caller
  }

  @inline(__always) private func putBack(_ count: Int) {
    isSpareInUse = false
    guard isKnownUniquelyReferenced(&spare),
      let slots = lentSpare?._withUnsafeGuaranteedRef({ $0.slots })
    else { return spare?.inUseBefore == nil ? lend(nil) : restoreSpare() }
    for index in 0..<count { (slots + index).clear() }
    if lentSpare?._withUnsafeGuaranteedRef({ $0.inUseBefore != nil }) == true { restoreSpare() }
  }

  /// A call was made from here while another was open; that one's frame is the spare again.
  @inline(never) private func restoreSpare() {
    lend(spare?.inUseBefore)
    isSpareInUse = true
  }

  /// What the last pipeline of the function gave, as what it gives back.
  func collectFlow() throws { slots.pointee = try takeFlow().collect() }

  func takeFlow() -> Flow {
    defer { flow = .nothing }
    return flow
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
    use(shield)
    defer { use(exposed) }
    return try exposed.cancellation.withHandler({ shield.interrupt() }, body)
  }

  private func use(_ newHost: any Host) {
    host = newHost
    interruption = newHost.cancellation.flag
    if !isSpareInUse { lend(nil) }
  }
}

/// How a statement ended.
enum Signal {
  case next, breakLoop, continueLoop
  /// A function ends; what it gives is in slot 0.
  case returned
  /// A function or a block ends; what it gives is its frame's flow.
  case gaveFlow
}

typealias Evaluate = (Frame) throws -> Value
typealias Execute = (Frame) throws -> Signal
typealias Produce = (Frame, Flow?) throws -> Flow
