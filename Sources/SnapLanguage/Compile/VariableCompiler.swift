extension Compiler {
  mutating func declaration(_ declaration: Declaration) -> Execute {
    let span = declaration.value.span
    var compiled = expression(declaration.value)
    if let type = declaration.type { compiled = checked(compiled, as: type, span) }
    let type = declaration.type ?? compiled.type
    let evaluate = compiled.evaluate
    let store = declare(
      declaration.name, isMutable: declaration.isMutable,
      type: declaration.isMutable ? declaration.type : type)
    return { frame in
      store(frame, try evaluate(frame))
      return .next
    }
  }

  /// Declares a variable in the open scope and gives the code that sets it.
  mutating func declare(
    _ name: Name, isMutable: Bool, type: ValueType?, mayBeUnused: Bool = false,
    isCaught: Bool = false
  ) -> (Frame, Value) -> Void {
    if name.text == "it" || name.text == "args" {
      report("'$\(name.text)' is the language's own", at: name.span, help: "choose another name")
    }
    if scopes.isDeclaredHere(name.text), !isPrompt {
      report(
        "'$\(name.text)' is declared already", at: name.span,
        help: "write '$\(name.text) = …' to change a 'var', or choose another name")
    }
    if !mayBeUnused, !name.text.hasPrefix("_"), !(isPrompt && scopes.isGlobalLevel) {
      declaredVariables.append(name)
    }
    let isGlobal = scopes.isGlobalLevel
    let slot = isGlobal ? globals.slotCount : scopes.newSlot()
    let variable = Variable(
      id: name.id, slot: slot, isGlobal: isGlobal, isMutable: isMutable, type: type,
      span: name.span,
      parallelDepth: parallelDepth, isCaught: isCaught)
    if isGlobal {
      globals.slotCount += 1
      globals.variables[name.text] = variable
      scopes.add(name.text, variable)
      return { $0.globals.slots[slot] = $1 }
    }
    scopes.add(name.text, variable)
    return { $0.slots[slot] = $1 }
  }

  mutating func assignment(
    _ name: Name, _ operation: AssignmentOperator, _ value: Expression, _ span: Span
  ) -> Execute {
    var compiled = expression(value)
    guard let variable = find(name.text) else {
      unknownVariable(name)
      return { _ in .next }
    }
    if operation != .set { noteUse(of: variable) }
    checkChange(of: variable, name)
    let type = variable.type
    if operation == .set {
      if let type { compiled = checked(compiled, as: type, value.span) }
      return store(compiled.evaluate, in: variable)
    }
    let arithmetic: BinaryOperator = operation == .add ? .add : .subtract
    if let type, !type.isAppendable || operation == .subtract {
      let result = checkOperands(
        arithmetic, Compiled(evaluate: { _ in .null }, type: type), compiled, span)
      if let result, !type.mayBe(result) {
        report("'$\(name.text)' is \(type.article) and can't become \(result.article)", at: span)
      }
    }
    return change(variable, by: compiled.evaluate, arithmetic, span)
  }

  private mutating func checkChange(of variable: Variable, _ name: Name) {
    if !variable.isMutable {
      report(
        "'$\(name.text)' can't be changed", at: name.span,
        help: "declare it by 'var \(name.text) = …' instead")
    } else if variable.parallelDepth < parallelDepth {
      report(
        "'$\(name.text)' lies outside a parallel loop and can't be changed in it", at: name.span,
        help: "a body gets a copy; use the loop without --jobs")
    }
    if variable.isGlobal { noteGlobal(name.text, variable, isChanged: true) }
  }

  private func store(_ evaluate: @escaping Evaluate, in variable: Variable) -> Execute {
    let slot = variable.slot
    if variable.isGlobal {
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

  private func change(
    _ variable: Variable, by evaluate: @escaping Evaluate, _ operation: BinaryOperator, _ span: Span
  ) -> Execute {
    let (slot, isGlobal, type) = (variable.slot, variable.isGlobal, variable.type)
    return { frame in
      let operand = try evaluate(frame)
      let owner = isGlobal ? frame.globals : frame
      if case .int(let a) = owner.slots[slot], case .int(let b) = operand {
        let (result, overflow) =
          operation == .add ? a.addingReportingOverflow(b) : a.subtractingReportingOverflow(b)
        if !overflow {
          owner.slots[slot] = .int(result)
          return .next
        }
      }
      if operation == .add, case .list(var items) = owner.slots[slot] {
        let added: [Value] = if case .list(let more) = operand { more } else { [operand] }
        if let type { try located(span) { try Conversion.check(.list(added), type) } }
        // The slot lets go of the list first, so that appending doesn't copy it.
        owner.slots[slot] = .null
        items += added
        owner.slots[slot] = .list(items)
        return .next
      }
      let result = try located(span) {
        try Arithmetic.apply(operation, owner.slots[slot], operand)
      }
      if let type { try located(span) { try Conversion.check(result, type) } }
      owner.slots[slot] = result
      return .next
    }
  }

  /// Notes that a variable of this text is read.
  mutating func noteUse(of variable: Variable) { usedVariables.insert(variable.id) }

  mutating func unknownVariable(_ name: Name) {
    let known = scopes.names + globals.variables.keys
    report(
      "unknown variable '$\(name.text)'", at: name.span,
      help: Suggestions.help(for: name.text, among: known, prefix: "$")
        ?? "a variable is made by: let \(name.text) = …")
  }
}

extension ValueType {
  /// Whether `+=` adds an item.
  fileprivate var isAppendable: Bool {
    switch self {
    case .list, .any: true
    case .optional(let type): type.isAppendable
    default: false
    }
  }
}
