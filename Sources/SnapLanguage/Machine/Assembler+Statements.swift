extension Assembler {
  mutating func whole(_ action: Action) -> Chunk {
    run(action)
    emit(.end)
    return Chunk(self)
  }

  /// A condition: the chunk ends as a statement does when it is true, and by `continue` when not.
  mutating func wholeCondition(_ node: Node, _ word: ConditionWord, _ span: Span) -> Chunk {
    let misses = jumps(unless: node, word, span)
    emit(.end)
    land(misses)
    emit(.nextTurn)
    return Chunk(self)
  }

  private mutating func run(_ action: Action) {
    let saved = nextSlot
    defer { nextSlot = saved }
    switch action {
    case .sequence(let actions): for action in actions { run(action) }
    case .set(let target, let node): set(target, node)
    case .change(let target, let operation, let node, let type, let span):
      let (operand, type) = (place(of: node), number(of: type))
      let isAdding = operation == .add
      switch target {
      case .local(let slot, _):
        emit(isAdding ? .increase : .decrease, Self.place(slot: slot), operand, type, at: span)
      case .global(let slot):
        emit(
          isAdding ? .increaseGlobal : .decreaseGlobal, Int32(slot), operand, type, at: span)
      }
    case .conditional(let branches, let otherwise): conditional(branches, otherwise)
    case .whileLoop(let condition, let span, let body): whileLoop(condition, span, body)
    case .range(let item, let first, let firstSpan, let last, let lastSpan, let body):
      range(Self.place(slot: item), (first, firstSpan), (last, lastSpan), body)
    case .items(let item, let list, let span, let body):
      let hidden = Self.place(slot: newSlots(2))
      put(list, into: hidden)
      emit(.listFirst, 0, hidden, at: span)
      let begin = here
      let next = emit(.listNext, Self.place(slot: item), hidden)
      loop {
        $0.run(body)
      } turn: {
        $0.emit(.loop, 0, 0, begin)
      }
      land([next])
      landLeaves()
    case .breakLoop:
      let leave = emit(loops.isEmpty ? .leaveLoop : .jump)
      if !loops.isEmpty { loops[loops.count - 1].leaves.append(leave) }
    case .continueLoop:
      let turn = emit(loops.isEmpty ? .nextTurn : .jump)
      if !loops.isEmpty { loops[loops.count - 1].turns.append(turn) }
    case .giveBack(let node): emit(.giveBack, place(of: node))
    case .closure(let execute): perform(execute)
    }
  }

  private mutating func set(_ target: Place, _ node: Node) {
    switch target {
    case .local(let slot, _): put(node, into: Self.place(slot: slot))
    case .global(let slot): emit(.storeGlobal, Int32(slot), place(of: node))
    }
  }

  private mutating func conditional(
    _ branches: [(condition: Node, span: Span, body: Action)], _ otherwise: Action?
  ) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      let misses = jumps(unless: branch.condition, .conditional, branch.span)
      run(branch.body)
      if otherwise != nil || index + 1 < branches.count { ends.append(emit(.jump)) }
      land(misses)
    }
    if let otherwise { run(otherwise) }
    land(ends)
  }

  private mutating func whileLoop(_ condition: Node, _ span: Span, _ body: Action) {
    var begin = here
    let misses = jumps(unless: condition, .whileLoop, span)
    if case .comparison(let operation, let left, let right, let span) = condition,
      let instruction = operation.loopInstruction
    {
      begin = here
      loop {
        $0.run(body)
      } turn: { assembler in
        let (a, b) = assembler.places(of: left, right)
        assembler.emit(instruction, a, b, begin, at: span)
      }
    } else {
      loop {
        $0.run(body)
      } turn: {
        $0.emit(.loop, 1, 0, begin)
      }
    }
    land(misses)
    landLeaves()
  }

  private mutating func range(
    _ item: Int32, _ first: (Node, Span), _ last: (Node, Span), _ body: Action
  ) {
    let hidden = newSlots(2)
    let (next, end) = (Self.place(slot: hidden), Self.place(slot: hidden + 1))
    put(first.0, into: next)
    emit(.checkBound, next, 0, at: first.1)
    put(last.0, into: end)
    emit(.checkBound, end, 1, at: last.1)
    let start = emit(.rangeFirst, item, next)
    let begin = here
    loop {
      $0.run(body)
    } turn: {
      $0.emit(.rangeNext, item, next, begin)
    }
    land([start])
    landLeaves()
  }

  /// A loop's body, and what follows each turn of it.
  private mutating func loop(
    _ body: (inout Assembler) -> Void, turn: (inout Assembler) -> Void
  ) {
    loops.append(LoopLabels())
    body(&self)
    let labels = loops[loops.count - 1]
    land(labels.turns)
    for exit in labels.exits {
      exits[exit] = Chunk.LoopExit(breakTarget: exits[exit].breakTarget, continueTarget: here)
    }
    turn(&self)
  }

  /// Lands what leaves the innermost loop, which ends here.
  private mutating func landLeaves() {
    let labels = loops.removeLast()
    land(labels.leaves)
    for exit in labels.exits {
      exits[exit] = Chunk.LoopExit(breakTarget: here, continueTarget: exits[exit].continueTarget)
    }
  }

  private mutating func perform(_ execute: @escaping Execute) {
    performs.append(execute)
    var exit: Int32 = -1
    if !loops.isEmpty {
      exits.append(Chunk.LoopExit(breakTarget: 0, continueTarget: 0))
      exit = Int32(exits.count - 1)
      loops[loops.count - 1].exits.append(exits.count - 1)
    }
    emit(.perform, 0, Int32(performs.count - 1), exit)
  }
}
