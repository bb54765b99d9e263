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
      if let word = statement.leavesBlock, index + 1 < code.statements.count {
        report("nothing after '\(word)' is ever run", at: code.statements[index + 1].span,
          help: "remove it, or move it before '\(word)'")
        break
      }
    }
    return compiled
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
    case .use: return { _ in .next }
    case .returning(let value): return returning(value, statement.span)
    case .throwing(let value): return throwing(value, statement.span)
    case .breakLoop, .continueLoop:
      let isBreak = if case .breakLoop = statement.kind { true } else { false }
      if loopDepth == 0 { report("'\(isBreak ? "break" : "continue")' outside a loop", at: statement.span) }
      return { _ in isBreak ? .breakLoop : .continueLoop }
    case .pipeline(let pipeline): return shown(pipeline)
    }
  }

  /// A pipeline whose result is shown.
  private mutating func shown(_ pipeline: Pipeline) -> Execute {
    let produce = self.pipeline(pipeline)
    return { frame in
      try frame.host.cancellation.check()
      try frame.host.show(try produce.run(frame, nil))
      return .next
    }
  }

  private mutating func declaration(_ declaration: Declaration) -> Execute {
    let span = declaration.value.span
    var compiled = expression(declaration.value)
    if let type = declaration.type { compiled = checked(compiled, as: type, span) }
    let type = declaration.type ?? compiled.type
    let evaluate = compiled.evaluate
    let store = declare(
      declaration.name, isMutable: declaration.isMutable, type: declaration.isMutable ? declaration.type : type)
    return { frame in
      store(frame, try evaluate(frame))
      return .next
    }
  }

  /// Declares a variable in the open scope and gives the code that sets it.
  mutating func declare(
    _ name: Name, isMutable: Bool, type: ValueType?, mayBeUnused: Bool = false
  ) -> (Frame, Value) -> Void {
    if name.text == "it" || name.text == "args" {
      report("'$\(name.text)' is the language's own", at: name.span, help: "choose another name")
    }
    if scopes.isDeclaredHere(name.text), !isPrompt {
      report("'$\(name.text)' is declared already", at: name.span,
        help: "write '$\(name.text) = …' to change a 'var', or choose another name")
    }
    if !mayBeUnused, !name.text.hasPrefix("_"), !(isPrompt && scopes.isGlobalLevel) {
      declaredVariables.append((name.text, name.span))
    }
    let isGlobal = scopes.isGlobalLevel
    let slot = isGlobal ? globals.slotCount : scopes.newSlot()
    let variable = Variable(
      slot: slot, isGlobal: isGlobal, isMutable: isMutable, type: type, span: name.span,
      parallelDepth: parallelDepth)
    if isGlobal {
      globals.slotCount += 1
      globals.variables[name.text] = variable
      scopes.add(name.text, variable)
      return { $0.globals.slots[slot] = $1 }
    }
    scopes.add(name.text, variable)
    return { $0.slots[slot] = $1 }
  }

  private mutating func assignment(
    _ name: Name, _ operation: AssignmentOperator, _ value: Expression, _ span: Span
  ) -> Execute {
    var compiled = expression(value)
    let current = variable(name)
    guard let variable = find(name.text) else { return { _ in .next } }
    if !variable.isMutable {
      report("'$\(name.text)' can't be changed", at: name.span,
        help: "declare it by 'var \(name.text) = …' instead")
    } else if variable.parallelDepth < parallelDepth {
      report("'$\(name.text)' lies outside a parallel loop and can't be changed in it", at: name.span,
        help: "a body gets a copy; use the loop without --jobs")
    }
    if operation == .set, let type = variable.type { compiled = checked(compiled, as: type, value.span) }
    let evaluate = compiled.evaluate
    let (slot, isGlobal) = (variable.slot, variable.isGlobal)
    if operation == .set {
      if isGlobal {
        return { frame in
          frame.globals.slots[slot] = try evaluate(frame)
          return .next
        }
      }
      return { frame in
        frame.slots[slot] = try evaluate(frame)
        return .next
      }
    }
    _ = current
    let arithmetic: BinaryOperator = operation == .add ? .add : .subtract
    return { frame in
      let addend = try evaluate(frame)
      let owner = isGlobal ? frame.globals : frame
      if arithmetic == .add, case .list(var items) = owner.slots[slot] {
        // The slot lets go of the list first, so that appending doesn't copy it.
        owner.slots[slot] = .null
        if case .list(let more) = addend { items += more } else { items.append(addend) }
        owner.slots[slot] = .list(items)
        return .next
      }
      owner.slots[slot] = try located(span) {
        try Arithmetic.apply(arithmetic, owner.slots[slot], addend)
      }
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

  private mutating func attempt(_ attempt: Attempt) -> Execute {
    let body = block(attempt.body)
    var handler: ((Frame, Failure) throws -> Signal)?
    if let code = attempt.handler {
      scopes.open()
      let store = attempt.name.map { declare($0, isMutable: false, type: .record, mayBeUnused: true) }
      let run = sequence(statements(code))
      scopes.close()
      handler = { frame, failure in
        store?(frame, failure.record)
        return try run(frame)
      }
    }
    let finally = attempt.finally.map { block($0) }
    return { frame in
      func run() throws -> Signal {
        guard let handler else { return try body(frame) }
        do { return try body(frame) } catch let failure as Failure {
          return try handler(frame, failure)
        }
      }
      guard let finally else { return try run() }
      let signal: Signal
      do { signal = try run() } catch {
        _ = try finally(frame)
        throw error
      }
      let last = try finally(frame)
      return last == .next ? signal : last
    }
  }

  private mutating func returning(_ value: Expression?, _ span: Span) -> Execute {
    guard let function else {
      report("'return' outside a function", at: span, help: "'exit' ends a script")
      return { _ in .next }
    }
    guard let value else { return { _ in .returned } }
    var compiled = expression(value)
    if let type = function.returns { compiled = checked(compiled, as: type, value.span) }
    let evaluate = compiled.evaluate
    return { frame in
      frame.result = .value(try evaluate(frame))
      return .returned
    }
  }

  private mutating func throwing(_ value: Expression, _ span: Span) -> Execute {
    let evaluate = expression(value).evaluate
    return { frame in
      let value = try evaluate(frame)
      var failure = Failure(.unknown, "", at: span)
      switch value {
      case .record(let record):
        failure.kind = record["kind"]?.stringValue.flatMap(Failure.Kind.init) ?? .unknown
        failure.message = record["message"]?.stringValue ?? "thrown by the script"
        failure.item = record["item"]
        failure.status = record["status"]?.intValue
        failure.thrown = value
      default: failure.message = try located(span) { try value.interpolated() }
      }
      throw failure
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
    if let known = compiled.type, known == type { return compiled }
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
