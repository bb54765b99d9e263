extension Compiler {
  /// Makes the file's functions known before any code is compiled, so that they can call each other.
  mutating func declareFunctions(_ code: Code) {
    for statement in code.statements {
      guard case .function(let declaration) = statement.kind else { continue }
      if Functions.named(declaration.name) != nil {
        report(
          "'\(declaration.name)' is a built-in function", at: declaration.nameSpan,
          help: "choose another name")
      } else if let existing = functions[declaration.name],
        globals.functions[declaration.name] !== existing
      {
        report("the function '\(declaration.name)' is declared twice", at: declaration.nameSpan)
      } else if commands.named(declaration.name) != nil || declaration.name == "where" {
        report(
          "'\(declaration.name)' is a command and can't be a function's name",
          at: declaration.nameSpan, help: "choose another name")
      } else if commands.alias(declaration.name) != nil {
        report(
          "'\(declaration.name)' is an alias", at: declaration.nameSpan,
          help: "choose another name, or: alias --remove \(declaration.name)")
      }
      functions[declaration.name] = UserFunction(
        signature: signature(of: declaration), declaration: declaration)
    }
  }

  private mutating func signature(of declaration: FunctionDeclaration) -> Signature {
    let about = declaration.about.split(separator: "\n", omittingEmptySubsequences: false)
    var signature = Signature(
      declaration.name, group: .function,
      about: about.first.map(String.init) ?? "a function of the script",
      details: about.dropFirst().joined(separator: "\n"),
      input: declaration.parameters.contains { !$0.isFlag } ? .optional : .none, effect: .read)
    var hasOptional = false
    for parameter in declaration.parameters {
      if hasOptional, !parameter.isFlag, !parameter.isRest, !parameter.isOptional {
        report(
          "'\(parameter.label)' is required and stands behind one that is not",
          at: parameter.name.span, help: "give it a value: \(parameter.label) = …")
      }
      hasOptional = hasOptional || (!parameter.isFlag && parameter.isOptional)
      let constant: Value? =
        if case .literal(let value)? = parameter.defaultValue?.kind {
          Conversion.widened(value, parameter.type ?? .any)
        } else {
          nil
        }
      if parameter.isFlag {
        let isSwitch = parameter.type == nil && parameter.defaultValue == nil
        signature.flags.append(
          Flag(parameter.label, isSwitch ? nil : parameter.type ?? .any, default: constant))
      } else {
        var type = parameter.type ?? .any
        if parameter.isRest, case .list(let element) = type { type = element }
        let isOptional = if case .optional? = parameter.type { true } else { false }
        var declared = Parameter(
          parameter.label, type,
          required: parameter.defaultValue == nil && !parameter.isRest && !isOptional,
          rest: parameter.isRest)
        declared.defaultValue = constant
        signature.parameters.append(declared)
      }
    }
    return signature
  }

  mutating func functionBody(_ declaration: FunctionDeclaration) {
    guard let function = functions[declaration.name],
      function.declaration.nameSpan.range == declaration.nameSpan.range
    else { return }
    noteReference(
      declaration.nameSpan, .function(function.signature), declaredAt: declaration.nameSpan)
    let saved = (scopes, self.function, loopDepth, sites, parallelDepth, rowColumns)
    scopes = Scopes(isTopLevel: false)
    (self.function, loopDepth, sites, parallelDepth, rowColumns) =
      (
        FunctionContext(function: function, returns: declaration.returns), 0, MutationSites(), 0,
        nil
      )
    var parameters: [UserFunction.BoundParameter] = []
    let slots = declaration.parameters.map { _ in newSlot() }
    for (parameter, slot) in zip(declaration.parameters, slots) {
      var defaultValue = parameter.defaultValue.map { expression($0) }
      let type = parameter.isRest ? .list(parameter.type ?? .any) : parameter.type
      if let type, let given = defaultValue, let span = parameter.defaultValue?.span {
        defaultValue = checked(given, as: type, span)
      }
      if parameter.isFlag, defaultValue == nil, parameter.type == nil || parameter.type == .bool {
        defaultValue = .constant(.bool(false))
      }
      // A flag that isn't given is null, which its type alone doesn't tell.
      let isNeverNull = !parameter.isFlag || defaultValue != nil
      if scopes.declaredHere(parameter.name.text) == nil {
        declare(
          parameter.name, isMutable: false, type: isNeverNull ? type : nil, mayBeUnused: true,
          slot: slot)
      }
      let evaluate = defaultValue.map { evaluation(of: $0.node) }
      parameters.append(
        UserFunction.BoundParameter(
          label: parameter.label, isFlag: parameter.isFlag, slot: slot,
          defaultValue: evaluate ?? (parameter.isRest ? { _ in .list([]) } : nil)))
    }
    function.parameters = parameters
    function.chunk = chunk(of: block(declaration.body, isLast: true))
    function.slotCount = scopes.slotCount
    function.sites = sites
    (scopes, self.function, loopDepth, sites, parallelDepth, rowColumns) = saved
  }
}

extension FunctionDeclaration.Parameter {
  /// Whether a call may leave it out.
  fileprivate var isOptional: Bool {
    if case .optional? = type { return true }
    return defaultValue != nil
  }
}
