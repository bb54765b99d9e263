extension Compiler {
  /// The statements of a block in a scope of its own.
  mutating func block(_ code: Code) -> Execute {
    scopes.open()
    defer { scopes.close() }
    return sequence(statements(code))
  }

  /// The statements in the scope that is open. What follows the end of its block is reported.
  mutating func statements(_ code: Code) -> [Execute] {
    var compiled: [Execute] = []
    for (index, statement) in code.statements.enumerated() {
      compiled.append(self.statement(statement))
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

  func sequence(_ statements: [Execute]) -> Execute {
    if statements.count == 1 { return statements[0] }
    return { frame in
      for statement in statements {
        let signal = try statement(frame)
        if signal != .next { return signal }
      }
      return .next
    }
  }

  mutating func statement(_ statement: Statement) -> Execute {
    switch statement.kind {
    case .declaration(let declaration): return self.declaration(declaration)
    case .assignment(let name, let operation, let value):
      return assignment(name, operation, value, statement.span)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise)
    case .whileLoop(let condition, let body): return whileLoop(condition, body)
    case .forLoop(let loop): return forLoop(loop, statement.span)
    case .function(let declaration):
      if loopDepth > 0 || !scopes.isGlobalLevel {
        report("a function is declared at the top level of a file", at: declaration.nameSpan)
      }
      functionBody(declaration)
      return { _ in .next }
    case .attempt(let attempt): return self.attempt(attempt)
    case .use(let use):
      if function != nil || !scopes.isGlobalLevel {
        report("'use' stands at the top level of a file", at: use.pathSpan)
      }
      return { _ in .next }
    case .returning(let value): return returning(value, statement.span)
    case .throwing(let value): return throwing(value, statement.span)
    case .breakLoop, .continueLoop:
      let isBreak = if case .breakLoop = statement.kind { true } else { false }
      if loopDepth == 0 {
        report("'\(isBreak ? "break" : "continue")' outside a loop", at: statement.span)
      }
      return { _ in isBreak ? .breakLoop : .continueLoop }
    case .pipeline(let pipeline): return shown(pipeline)
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

  private mutating func conditional(
    _ branches: [(condition: Expression, body: Code)], _ otherwise: Code?
  ) -> Execute {
    var compiled: [(Evaluate, Span, Execute)] = []
    for branch in branches {
      let condition = expression(branch.condition)
      checkCondition(condition, "if", branch.condition.span)
      compiled.append((condition.evaluate, branch.condition.span, block(branch.body)))
    }
    let fallback = otherwise.map { block($0) }
    return { frame in
      for (condition, span, body) in compiled
      where try truth(try condition(frame), "if", span) {
        return try body(frame)
      }
      return try fallback?(frame) ?? .next
    }
  }

  private mutating func returning(_ value: Expression?, _ span: Span) -> Execute {
    guard let function, !function.isInBlock else {
      report(
        "'return' outside a function", at: span,
        help: function == nil
          ? "'exit' ends a script" : "a block gives the result of its last pipeline")
      if let value { _ = expression(value) }
      return { _ in .next }
    }
    if parallelDepth > 0 {
      report("'return' can't leave a parallel loop", at: span, help: "use the loop without --jobs")
    }
    guard let value else {
      return { frame in
        frame.result = .nothing
        return .returned
      }
    }
    var compiled = expression(value)
    if let type = function.returns { compiled = checked(compiled, as: type, value.span) }
    let evaluate = compiled.evaluate
    return { frame in
      frame.result = .value(try evaluate(frame))
      return .returned
    }
  }

  /// The expression as a value of `type`: known mismatches are reported, others checked in running.
  mutating func checked(_ compiled: Compiled, as type: ValueType, _ span: Span) -> Compiled {
    if type == .any { return compiled }
    if let constant = compiled.constant {
      if !Conversion.fits(constant, type) {
        report("expected \(type.article), found \(constant.kindName)", at: span)
      }
      return compiled
    }
    if let known = compiled.type {
      if known == type { return compiled }
      if !type.mayBe(known) {
        report("expected \(type.article), found \(known.article)", at: span)
        return compiled
      }
    }
    let evaluate = compiled.evaluate
    return Compiled(
      evaluate: { frame in
        let value = try evaluate(frame)
        guard Conversion.fits(value, type) else {
          throw Failure(.usage, "expected \(type.article), found \(value.kindName)", at: span)
        }
        return value
      }, type: type)
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
