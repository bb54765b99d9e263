extension Compiler {
  mutating func declaration(_ declaration: Declaration) -> Action {
    let span = declaration.value.span
    var compiled = expression(declaration.value)
    if let type = declaration.type { compiled = checked(compiled, as: type, span) }
    let type = declaration.type ?? compiled.type
    let slot = declare(
      declaration.name, isMutable: declaration.isMutable,
      type: declaration.isMutable ? declaration.type : type)
    return .set(.local(slot, isMutable: declaration.isMutable), compiled.node)
  }

  /// Declares a variable in the open scope and gives its slot in the frame that the code runs in.
  @discardableResult
  mutating func declare(
    _ name: Name, isMutable: Bool, type: ValueType?, mayBeUnused: Bool = false,
    isCaught: Bool = false, slot: Int? = nil
  ) -> Int {
    if name.text == "it" || name.text == "args" {
      report("'$\(name.text)' is the language's own", at: name.span, help: "choose another name")
    }
    if let earlier = scopes.declaredHere(name.text), !isPrompt {
      noteUse(of: earlier)
      report(
        "'$\(name.text)' is declared already", at: name.span,
        help: "write '$\(name.text) = …' to change a 'var', or choose another name")
    }
    if !mayBeUnused, !name.text.hasPrefix("_"), !(isPrompt && scopes.isGlobalLevel) {
      declaredVariables.append(name)
    }
    let isGlobal = scopes.isGlobalLevel
    let slot = slot ?? (isGlobal ? globals.slotCount : newSlot())
    let variable = Variable(
      id: name.id, slot: slot, isGlobal: isGlobal, isMutable: isMutable, type: type,
      span: name.span,
      parallelDepth: parallelDepth, isCaught: isCaught)
    noteReference(name, to: variable)
    if isGlobal {
      globals.slotCount += 1
      globals.variables[name.text] = variable
    }
    scopes.add(name.text, variable)
    return slot
  }

  mutating func assignment(
    _ name: Name, _ operation: AssignmentOperator, _ value: Expression, _ span: Span
  ) -> Action {
    var compiled = expression(value)
    guard let variable = find(name.text) else {
      unknownVariable(name, name.span)
      return .nothing
    }
    if operation != .set { noteUse(of: variable) }
    noteReference(name, to: variable)
    checkChange(of: variable, name)
    let type = variable.type
    if operation == .set {
      if let type { compiled = checked(compiled, as: type, value.span) }
      return .set(place(of: variable), compiled.node)
    }
    let arithmetic: BinaryOperator = operation == .add ? .add : .subtract
    if let type, !type.isAppendable || operation == .subtract {
      let result = checkOperands(
        arithmetic, Compiled(node: .constant(.null), type: type), compiled, span)
      if let result, !type.mayBe(result) {
        report("'$\(name.text)' is \(type.article) and can't become \(result.article)", at: span)
      }
    }
    return .change(place(of: variable), arithmetic, compiled.node, type, span)
  }

  private mutating func checkChange(of variable: Variable, _ name: Name) {
    if !variable.isMutable {
      noteUse(of: variable)
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

  /// Where code that runs here finds the variable.
  func place(of variable: Variable) -> Place {
    variable.isGlobal && !scopes.isTopLevel
      ? .global(variable.slot) : .local(variable.slot, isMutable: variable.isMutable)
  }

  /// Notes that a variable of this text is read.
  mutating func noteUse(of variable: Variable) { usedVariables.insert(variable.id) }

  mutating func unknownVariable(_ name: Name, _ span: Span) {
    guard !unsureNames.contains(name.text) else { return }
    let known = scopes.names + globals.variables.keys
    unsureNames.formUnion(Suggestions.near(name.text, among: known))
    unknownNames.append((name, diagnostics.count))
    report(
      "unknown variable '$\(name.text)'", at: span,
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
