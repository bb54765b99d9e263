/// Nodes and actions to instructions.
struct Assembler {
  var instructions: [Instruction] = []
  var spans: [Span?] = []
  var constants: [Value] = []
  var fields: [FieldSite] = []
  var shapes: [Shape] = []
  var builtIns: [Chunk.BuiltInSite] = []
  var calls: [Chunk.CallSite] = []
  var types: [ValueType] = []
  var evaluates: [Evaluate] = []
  var performs: [Execute] = []
  var exits: [Chunk.LoopExit] = []
  /// The ints among the constants.
  var integers: [Int: Int32] = [:]
  /// The next slot for what lies between instructions, and one past the highest that was used.
  var nextSlot: Int
  var slotsEnd: Int
  var loops: [LoopLabels] = []

  /// The instructions that wait for the place where a loop ends or its next turn begins.
  struct LoopLabels {
    var leaves: [Int] = []
    var turns: [Int] = []
    var exits: [Int] = []
  }

  private let firstFreeSlot: Int

  init(firstFreeSlot: Int) {
    self.firstFreeSlot = firstFreeSlot
    nextSlot = firstFreeSlot
    slotsEnd = firstFreeSlot
  }

  // MARK: Places

  static func place(slot: Int) -> Int32 { Int32(slot * MemoryLayout<Value>.stride) }

  mutating func newSlots(_ count: Int = 1) -> Int {
    defer {
      nextSlot += count
      slotsEnd = max(slotsEnd, nextSlot)
    }
    return nextSlot
  }

  mutating func newPlace() -> Int32 { Self.place(slot: newSlots()) }

  mutating func constant(_ value: Value) -> Int32 {
    if case .int(let number) = value, let known = integers[number] { return known }
    constants.append(value)
    let place = -Self.place(slot: constants.count)
    if case .int(let number) = value { integers[number] = place }
    return place
  }

  // MARK: Instructions

  @discardableResult
  mutating func emit(
    _ operation: Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, at span: Span? = nil
  ) -> Int {
    instructions.append(Instruction(operation: operation, a: a, b: b, c: c))
    spans.append(span)
    return instructions.count - 1
  }

  var here: Int32 { Int32(instructions.count) }

  mutating func land(_ jumps: [Int]) {
    for jump in jumps { instructions[jump].c = here }
  }

  mutating func number(of type: ValueType?) -> Int32 {
    guard let type else { return -1 }
    types.append(type)
    return Int32(types.count - 1)
  }

  // MARK: Expressions

  /// A whole expression.
  mutating func whole(_ node: Node) -> Chunk {
    let result = place(of: node)
    emit(.end)
    return Chunk(self, result: result, isScratch: result >= Self.place(slot: firstFreeSlot))
  }

  /// Where the node's value lies: where it is already, or in a slot of its own.
  mutating func place(of node: Node) -> Int32 {
    switch node {
    case .constant(let value): return constant(value)
    case .variable(.local(let slot, _)): return Self.place(slot: slot)
    default:
      let place = newPlace()
      put(node, into: place)
      return place
    }
  }

  /// The places of two operands; what the second may change is copied before.
  mutating func places(of left: Node, _ right: Node) -> (Int32, Int32) {
    var first = place(of: left)
    if case .variable(.local(_, isMutable: true)) = left, right.mayRunStatements {
      let copy = newPlace()
      emit(.move, copy, first)
      first = copy
    }
    return (first, place(of: right))
  }

  /// The values one after another, in slots of their own.
  mutating func row(_ nodes: [Node]) -> Int32 {
    let first = newSlots(nodes.count)
    for (index, node) in nodes.enumerated() { put(node, into: Self.place(slot: first + index)) }
    return Self.place(slot: first)
  }

  mutating func put(_ node: Node, into target: Int32) {
    let saved = nextSlot
    defer { nextSlot = saved }
    switch node {
    case .constant(let value): emit(.move, target, constant(value))
    case .variable(.local(let slot, _)):
      if Self.place(slot: slot) != target { emit(.move, target, Self.place(slot: slot)) }
    case .variable(.global(let slot)): emit(.loadGlobal, target, Int32(slot))
    case .arithmetic(let operation, let left, let right, let span),
      .comparison(let operation, let left, let right, let span):
      guard let instruction = operation.instruction else { return }
      let (a, b) = places(of: left, right)
      emit(instruction, target, a, b, at: span)
    case .negation(let operand, let span): emit(.negate, target, place(of: operand), at: span)
    case .not(let operand, let span): emit(.not, target, place(of: operand), at: span)
    case .and, .or: bool(node, into: target)
    case .path(let root, let steps): path(root, steps, into: target)
    case .list(let items): emit(.list, target, row(items), Int32(items.count))
    case .record(let shape, let values):
      let first = row(values)
      shapes.append(shape)
      emit(.record, target, first, Int32(shapes.count - 1))
    case .text(let parts): text(parts, into: target)
    case .builtIn(let function, let arguments, let span):
      let first = row(arguments)
      builtIns.append(Chunk.BuiltInSite(call: function.call, count: arguments.count))
      emit(.builtIn, target, first, Int32(builtIns.count - 1), at: span)
    case .call(let function, let arguments, let span):
      let first = row(arguments)
      calls.append(Chunk.CallSite(function: function, count: arguments.count))
      emit(.call, target, first, Int32(calls.count - 1), at: span)
    case .converted(let node, let type, let span):
      emit(.convert, target, place(of: node), number(of: type), at: span)
    case .checked(let node, let type, let span):
      emit(.check, target, place(of: node), number(of: type), at: span)
    case .closure(let evaluate):
      evaluates.append(evaluate)
      emit(.evaluate, target, Int32(evaluates.count - 1))
    }
  }

  /// A path has as many steps as somebody writes, so they are taken one after another.
  mutating func path(_ root: Node, _ steps: [PathStep], into target: Int32) {
    var owner = place(of: root)
    var inner: Int32?
    for (index, step) in steps.enumerated() {
      var next = target
      if index + 1 < steps.count {
        next = inner ?? newPlace()
        inner = next
      }
      switch step {
      case .field(let site):
        fields.append(site)
        emit(.field, next, owner, Int32(fields.count - 1), at: site.span)
      case .item(let node, let isOptional, let span):
        if index == 0, case .variable(.local(_, isMutable: true)) = root, node.mayRunStatements {
          let copy = newPlace()
          emit(.move, copy, owner)
          owner = copy
        }
        let saved = nextSlot
        emit(isOptional ? .itemOrNull : .item, next, owner, place(of: node), at: span)
        nextSlot = saved
      }
      owner = next
    }
  }

  mutating func text(_ parts: [(Node, Span)], into target: Int32) {
    let first = newSlots(parts.count)
    for (index, part) in parts.enumerated() {
      put(part.0, into: Self.place(slot: first + index))
    }
    emit(.text, target, Self.place(slot: first), Int32(parts.count))
    // The places of the parts stand behind, for what can't be a part of a text.
    for part in parts { emit(.end, at: part.1) }
  }

  mutating func bool(_ node: Node, into target: Int32) {
    let misses = jumps(unless: node, .condition, nil)
    emit(.move, target, constant(.bool(true)))
    let end = emit(.jump)
    land(misses)
    emit(.move, target, constant(.bool(false)))
    land([end])
  }

  /// Code that goes on when the node is true; the jumps that it takes otherwise are to be landed.
  mutating func jumps(unless node: Node, _ word: ConditionWord, _ span: Span?) -> [Int] {
    let saved = nextSlot
    defer { nextSlot = saved }
    switch node {
    case .comparison(let operation, let left, let right, let span):
      guard let jump = operation.jumpInstruction else { break }
      let (a, b) = places(of: left, right)
      return [emit(jump, a, b, at: span)]
    case .and(let left, let leftSpan, let right, let rightSpan):
      return jumps(unless: left, .and, leftSpan) + jumps(unless: right, .and, rightSpan)
    case .or(let left, let leftSpan, let right, let rightSpan):
      let hits = jumps(if: left, .or, leftSpan)
      let misses = jumps(unless: right, .or, rightSpan)
      land(hits)
      return misses
    case .not(let operand, let operandSpan): return jumps(if: operand, .not, operandSpan)
    default: break
    }
    return [emit(.jumpUnless, place(of: node), word.rawValue, at: span)]
  }

  mutating func jumps(if node: Node, _ word: ConditionWord, _ span: Span?) -> [Int] {
    switch node {
    case .comparison, .and, .or, .not:
      let misses = jumps(unless: node, word, span)
      let hit = emit(.jump)
      land(misses)
      return [hit]
    default:
      let saved = nextSlot
      defer { nextSlot = saved }
      return [emit(.jumpIf, place(of: node), word.rawValue, at: span)]
    }
  }
}
