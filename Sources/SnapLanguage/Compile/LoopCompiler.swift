extension Compiler {
  mutating func whileLoop(_ condition: Expression, _ body: Code) -> Action {
    let compiled = expression(condition)
    checkCondition(compiled, "while", condition.span)
    return .whileLoop(compiled.node, condition.span, loopBody(body))
  }

  private mutating func loopBody(_ body: Code) -> Action {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return block(body)
  }

  mutating func forLoop(_ loop: ForLoop, _ span: Span) -> Action {
    let jobs = loop.jobs.map { expression($0) }
    if case .int(let count)? = jobs?.constant, count < 1 {
      report("'--jobs' needs at least 1", at: loop.jobs?.span ?? span)
    }
    if let jobs, let type = jobs.constant?.knownType ?? jobs.type, !ValueType.int.mayBe(type) {
      report("'--jobs' needs an int, not \(type.article)", at: loop.jobs?.span ?? span)
    }
    let list = expression(loop.list)
    let end = loop.end.map { expression($0) }
    if end == nil, let type = list.constant?.knownType ?? list.type, type.isScalar {
      report(
        "'for' goes over a list, not \(type.article)", at: loop.list.span,
        help: type == .int ? "a range is written: 1..5" : nil)
    }
    for (bound, span) in [(end == nil ? nil : list, loop.list.span), (end, loop.end?.span ?? span)]
    {
      guard let bound, let type = bound.constant?.knownType ?? bound.type,
        !ValueType.int.mayBe(type)
      else { continue }
      report("a range goes from an int to an int, not \(type.article)", at: span)
    }
    let isParallel = jobs != nil
    scopes.open()
    if isParallel { parallelDepth += 1 }
    let slot = declare(
      loop.name, isMutable: false, type: end == nil ? nil : .int, mayBeUnused: true)
    let run = loopBody(loop.body)
    if isParallel { parallelDepth -= 1 }
    scopes.close()
    guard isParallel || loop.keepsGoing else {
      guard let end, let endSpan = loop.end?.span else {
        return .items(slot, list.node, loop.list.span, run)
      }
      return .range(slot, first: list.node, loop.list.span, last: end.node, endSpan, run)
    }
    let items = items(list, end, loop)
    let body = execution(of: run)
    let jobCount = jobs.map { evaluation(of: $0.node) } ?? { _ in .int(1) }
    let jobsSpan = loop.jobs?.span ?? span
    let keepsGoing = loop.keepsGoing
    return .closure { frame in
      guard case .int(let jobs) = try jobCount(frame), jobs >= 1 else {
        throw Failure(.usage, "'--jobs' needs an int of at least 1", at: jobsSpan)
      }
      let parallel = ParallelLoop(jobs: jobs, keepsGoing: keepsGoing, span: span)
      return try parallel.run(try items(frame), frame) { frame, item in
        frame.slots[slot] = item
        return try body(frame)
      }
    }
  }

  private mutating func items(_ list: Compiled, _ end: Compiled?, _ loop: ForLoop) -> (Frame) throws
    -> Items
  {
    let (evaluate, span) = (evaluation(of: list.node), loop.list.span)
    guard let end = end.map({ evaluation(of: $0.node) }), let endSpan = loop.end?.span else {
      return { frame in
        switch try evaluate(frame) {
        case .list(let items): return .list(items)
        case .record(let record): return .list([.record(record)])
        case let other: throw try located(span) { throw Chunk.noList(other) }
        }
      }
    }
    return { frame in
      guard case .int(let first) = try evaluate(frame) else {
        throw Failure(.usage, "a range begins with an int", at: span)
      }
      guard case .int(let last) = try end(frame) else {
        throw Failure(.usage, "a range ends with an int", at: endSpan)
      }
      return .range(first, last)
    }
  }
}

/// What a loop goes over; a range is never whole in memory.
enum Items: Sequence {
  case list([Value])
  case range(Int, Int)

  var count: Int {
    switch self {
    case .list(let items): items.count
    case .range(let first, let last): Self.length(first, last)
    }
  }

  private static func length(_ first: Int, _ last: Int) -> Int {
    guard first <= last else { return 0 }
    let (distance, isTooLong) = last.subtractingReportingOverflow(first)
    return isTooLong || distance == .max ? .max : distance + 1
  }

  subscript(index: Int) -> Value {
    switch self {
    case .list(let items): items[index]
    case .range(let first, _): .int(first + index)
    }
  }

  func makeIterator() -> Cursor {
    switch self {
    case .list(let items): Cursor(items: items, position: 0, last: items.count - 1)
    case .range(let first, let last): Cursor(items: nil, position: first, last: last)
    }
  }

  struct Cursor: IteratorProtocol {
    /// Nil for a range, whose positions are its items.
    fileprivate let items: [Value]?
    fileprivate var position: Int
    fileprivate let last: Int
    fileprivate var isAtEnd = false

    mutating func next() -> Value? {
      guard !isAtEnd, position <= last else { return nil }
      let current = position
      if current == last { isAtEnd = true } else { position += 1 }
      return items?[current] ?? .int(current)
    }
  }
}

extension ValueType {
  fileprivate var isScalar: Bool {
    switch self {
    case .int, .float, .string, .bool, .size, .duration, .datetime: true
    default: false
    }
  }
}
