extension Compiler {
  /// The statements of a block in a scope of its own.
  ///
  /// `isLast`: a pipeline at its end is what the function around it gives.
  mutating func block(_ code: Code, isLast: Bool = false) -> Action {
    scopes.open()
    defer { scopes.close() }
    return .sequence(statements(code, isLast: isLast))
  }

  /// The statements in the scope that is open. What follows the end of its block is reported.
  mutating func statements(_ code: Code, isLast: Bool = false) -> [Action] {
    var compiled: [Action] = []
    for (index, statement) in code.statements.enumerated() {
      let isAtEnd = isLast && index + 1 == code.statements.count
      compiled.append(self.statement(statement, isLast: isAtEnd))
      if index + 1 < code.statements.count {
        checkReached(code.statements[index + 1].span, after: statement)
      }
    }
    return compiled
  }

  /// Reports what stands after the end of its block.
  mutating func checkReached(_ span: Span, after statement: Statement) {
    guard let word = statement.leavesBlock else { return }
    report(
      "nothing after '\(word)' is ever run", at: span,
      help: "remove it, or move it before '\(word)'")
  }

  mutating func statement(_ statement: Statement, isLast: Bool = false) -> Action {
    switch statement.kind {
    case .declaration(let declaration): return self.declaration(declaration)
    case .assignment(let name, let operation, let value):
      return assignment(name, operation, value, statement.span)
    case .conditional(let branches, let otherwise):
      return conditional(branches, otherwise, isLast: isLast)
    case .whileLoop(let condition, let body): return whileLoop(condition, body)
    case .forLoop(let loop): return forLoop(loop, statement.span)
    case .function(let declaration):
      if loopDepth > 0 || !scopes.isGlobalLevel {
        report("a function is declared at the top level of a file", at: declaration.nameSpan)
      }
      functionBody(declaration)
      return .nothing
    case .attempt(let attempt): return .closure(self.attempt(attempt, isLast: isLast))
    case .use(let use):
      if function != nil || !scopes.isGlobalLevel {
        report("'use' stands at the top level of a file", at: use.pathSpan)
      }
      return .nothing
    case .returning(let value): return returning(value, statement.span)
    case .throwing(let value): return .closure(throwing(value, statement.span))
    case .breakLoop, .continueLoop:
      let isBreak = if case .breakLoop = statement.kind { true } else { false }
      if loopDepth == 0 {
        report("'\(isBreak ? "break" : "continue")' outside a loop", at: statement.span)
      }
      return isBreak ? .breakLoop : .continueLoop
    case .pipeline(let pipeline):
      return .closure(isLast ? given(pipeline) : shown(pipeline))
    }
  }

  /// A pipeline whose result is shown.
  private mutating func shown(_ pipeline: Pipeline) -> Execute {
    let produce = self.pipeline(pipeline, isShown: parallelDepth == 0)
    return { frame in
      try frame.host.cancellation.check()
      try frame.host.show(try produce.run(frame, nil))
      return .next
    }
  }

  /// A pipeline whose result is that of the function or block that it ends.
  private mutating func given(_ pipeline: Pipeline) -> Execute {
    let compiled = self.pipeline(pipeline)
    if let function, !function.isInBlock, let type = function.returns, let known = compiled.type,
      !type.mayBe(known)
    {
      report("expected \(type.article), found \(known.article)", at: pipeline.span)
    }
    let produce = compiled.run
    return { frame in
      frame.flow = try produce(frame, nil)
      return .gaveFlow
    }
  }

  private mutating func conditional(
    _ branches: [(condition: Expression, body: Code)], _ otherwise: Code?, isLast: Bool
  ) -> Action {
    var compiled: [(condition: Node, span: Span, body: Action)] = []
    for branch in branches {
      let condition = expression(branch.condition)
      checkCondition(condition, "if", branch.condition.span)
      compiled.append(
        (condition.node, branch.condition.span, block(branch.body, isLast: isLast)))
    }
    return .conditional(compiled, otherwise: otherwise.map { block($0, isLast: isLast) })
  }

  private mutating func returning(_ value: Expression?, _ span: Span) -> Action {
    guard let function, !function.isInBlock else {
      report(
        "'return' outside a function", at: span,
        help: function == nil
          ? "'exit' ends a script" : "a block gives the result of its last pipeline")
      if let value { _ = expression(value) }
      return .nothing
    }
    if parallelDepth > 0 {
      report("'return' can't leave a parallel loop", at: span, help: "use the loop without --jobs")
    }
    guard let value else {
      if let type = function.returns, !Conversion.fits(.null, type) {
        report("'return' without a value in a function that gives \(type.article)", at: span)
      }
      return .closure { frame in
        frame.flow = .nothing
        return .gaveFlow
      }
    }
    var compiled = expression(value)
    if let type = function.returns { compiled = checked(compiled, as: type, value.span) }
    return .giveBack(compiled.node)
  }

  /// The expression as a value of `type`: known mismatches are reported, others checked in running.
  mutating func checked(_ compiled: Compiled, as type: ValueType, _ span: Span) -> Compiled {
    if type == .any { return compiled }
    if let element = type.element, let items = compiled.items {
      let checked = items.map { self.checked($0, as: element, $1) }
      return Compiled(node: .list(checked.map(\.node)), type: type)
    }
    if let constant = compiled.constant {
      if !Conversion.fits(constant, type) {
        report("expected \(type.article), found \(constant.kindName)", at: span)
      }
      return .constant(Conversion.widened(constant, type))
    }
    if let known = compiled.type {
      if known == type { return compiled }
      if !type.mayBe(known) {
        report("expected \(type.article), found \(known.article)", at: span)
        return compiled
      }
    }
    return Compiled(node: .checked(compiled.node, type, span), type: type)
  }
}

extension Statement {
  /// The keyword, when the statement leaves the block that it stands in.
  fileprivate var leavesBlock: String? {
    switch kind {
    case .returning: "return"
    case .throwing: "throw"
    case .breakLoop: "break"
    case .continueLoop: "continue"
    default: nil
    }
  }
}
