/// Nodes and actions as code that Swift can call.
extension Compiler {
  /// The next slot of the frame that the code runs in: the script's own, or a function's.
  private var nextSlot: Int { scopes.isTopLevel ? globals.slotCount : scopes.slotCount }

  /// A slot of the frame that holds no variable of the script.
  mutating func newSlot() -> Int {
    defer { reserveSlots(to: nextSlot + 1) }
    return nextSlot
  }

  private mutating func reserveSlots(to end: Int) {
    guard end > nextSlot else { return }
    if scopes.isTopLevel {
      scratchSlots += globals.slotCount..<end
      globals.slotCount = end
    } else {
      scopes.slotCount = end
    }
  }

  mutating func evaluation(of node: Node) -> Evaluate {
    switch node {
    case .closure(let evaluate): return evaluate
    case .constant(let value): return { _ in value }
    case .variable(.local(let slot, _)): return { $0.slots[slot] }
    case .variable(.global(let slot)): return { $0.globals.slots[slot] }
    default:
      let chunk = assembled { $0.whole(node) }
      return { frame in
        _ = try chunk.run(frame)
        return chunk.takeResult(frame)
      }
    }
  }

  mutating func evaluation(of expression: Expression) -> Evaluate {
    evaluation(of: self.expression(expression).node)
  }

  /// The node as a condition: `true` goes on.
  mutating func test(of node: Node, _ word: ConditionWord, _ span: Span) -> (Frame) throws -> Bool {
    let chunk = assembled { $0.wholeCondition(node, word, span) }
    return { try chunk.run($0) == .next }
  }

  mutating func execution(of action: Action) -> Execute {
    if case .closure(let execute) = action { return execute }
    return chunk(of: action).run
  }

  mutating func chunk(of action: Action) -> Chunk { assembled { $0.whole(action) } }

  private mutating func assembled(_ body: (inout Assembler) -> Chunk) -> Chunk {
    var assembler = Assembler(firstFreeSlot: nextSlot)
    let chunk = body(&assembler)
    reserveSlots(to: assembler.slotsEnd)
    return chunk
  }
}
