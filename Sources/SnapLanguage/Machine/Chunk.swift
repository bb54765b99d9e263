/// Instructions with what they refer to. It doesn't change once it is made, save for what its sites
/// remember.
final class Chunk: @unchecked Sendable {
  let instructions: UnsafeMutablePointer<Instruction>
  private let instructionCount: Int
  /// The end of the constants: they are counted backwards from here.
  let constantsEnd: Slot
  private let constantCount: Int
  /// One a instruction, for messages.
  let spans: [Span?]
  /// The sites that `sites` keeps.
  let fields: [Unmanaged<FieldSite>]
  private let sites: [FieldSite]
  let shapes: [Shape]
  let builtIns: [BuiltInSite]
  let calls: UnsafeMutablePointer<CallSite>
  private let functions: [UserFunction]
  let types: [ValueType]
  let evaluates: [Evaluate]
  let performs: [Execute]
  let exits: [LoopExit]
  /// Where the value is that the chunk gives, and whether nobody else needs it there.
  private let result: Int32
  private let isScratch: Bool

  struct BuiltInSite {
    /// Of the function, so that a call copies no more than this.
    let call: @Sendable ([Value], any Host) throws -> Value
    let count: Int
  }

  struct CallSite {
    /// The chunk keeps it.
    unowned(unsafe) let function: UserFunction
    let count: Int
  }

  /// Where a closure's `break` and `continue` go.
  struct LoopExit {
    let breakTarget: Int32
    let continueTarget: Int32
  }

  init(_ assembler: Assembler, result: Int32 = 0, isScratch: Bool = false) {
    instructionCount = assembler.instructions.count
    instructions = .allocate(capacity: instructionCount)
    instructions.initialize(from: assembler.instructions, count: instructionCount)
    constantCount = assembler.constants.count
    let constants = Slot.allocate(capacity: max(1, constantCount))
    constants.initialize(from: assembler.constants.reversed(), count: constantCount)
    constantsEnd = constants + constantCount
    spans = assembler.spans
    sites = assembler.fields
    fields = sites.map { .passUnretained($0) }
    shapes = assembler.shapes
    builtIns = assembler.builtIns
    functions = assembler.calls.map(\.function)
    calls = .allocate(capacity: max(1, functions.count))
    calls.initialize(from: assembler.calls, count: functions.count)
    types = assembler.types
    evaluates = assembler.evaluates
    performs = assembler.performs
    exits = assembler.exits
    self.result = result
    self.isScratch = isScratch
  }

  static let empty: Chunk = {
    var assembler = Assembler(firstFreeSlot: 1)
    return assembler.whole(.nothing)
  }()

  /// What an expression gave that has just been run over the frame.
  func takeResult(_ frame: Frame) -> Value {
    let base = UnsafeMutableRawPointer(result < 0 ? constantsEnd : frame.slots)
    let slot = (base + Int(result)).assumingMemoryBound(to: Value.self)
    defer { if isScratch { slot.clear() } }
    return slot.pointee
  }

  deinit {
    instructions.deallocate()
    let constants = constantsEnd - constantCount
    constants.deinitialize(count: constantCount)
    constants.deallocate()
    calls.deallocate()
  }
}
