extension LayoutBuilder {
  mutating func statement(_ statement: Statement) -> Layout {
    switch statement.kind {
    case .declaration(let declaration): self.declaration(declaration)
    case .assignment(let name, let operation, let value):
      .sequence([
        take(to: name.span.range.upperBound), .space, take(operation.rawValue), .space,
        expression(value),
      ])
    case .conditional(let branches, let otherwise): conditional(branches, otherwise)
    case .whileLoop(let condition, let body):
      blocks { builder, parts in
        parts += [builder.take("while"), .space, builder.expression(condition), .space]
        return builder.block(body, into: &parts)
      }
    case .forLoop(let loop): forLoop(loop)
    case .function(let declaration): function(declaration)
    case .attempt(let attempt): self.attempt(attempt)
    case .use(let use): self.use(use)
    case .returning(let value?): .sequence([take("return"), .space, expression(value)])
    case .returning(nil): take("return")
    case .throwing(let value): .sequence([take("throw"), .space, expression(value)])
    case .breakLoop: take("break")
    case .continueLoop: take("continue")
    case .pipeline(let pipeline): self.pipeline(pipeline)
    }
  }

  private mutating func declaration(_ declaration: Declaration) -> Layout {
    var parts = [
      take(declaration.isMutable ? "var" : "let"), .space,
      take(to: declaration.name.span.range.upperBound),
    ]
    if let type = declaration.type { parts += typed(type) }
    return .sequence(parts + [.space, take("="), .space, expression(declaration.value)])
  }

  private mutating func use(_ use: Use) -> Layout {
    var parts = [take("use"), .space, take(to: use.pathSpan.range.upperBound)]
    if let name = use.name { parts += [.space, take("as"), .space, take(name)] }
    return .sequence(parts)
  }

  private mutating func conditional(
    _ branches: [(condition: Expression, body: Code)], _ otherwise: Code?
  ) -> Layout {
    blocks { builder, parts in
      var isBroken = false
      for (index, branch) in branches.enumerated() {
        if index > 0 { parts += [.space, builder.take("else"), .space] }
        parts += [builder.take("if"), .space, builder.expression(branch.condition), .space]
        isBroken = builder.block(branch.body, into: &parts) || isBroken
      }
      if let otherwise {
        parts += [.space, builder.take("else"), .space]
        isBroken = builder.block(otherwise, into: &parts) || isBroken
      }
      return isBroken
    }
  }

  private mutating func attempt(_ attempt: Attempt) -> Layout {
    blocks { builder, parts in
      parts += [builder.take("try"), .space]
      var isBroken = builder.block(attempt.body, into: &parts)
      if let handler = attempt.handler {
        parts += [.space, builder.take("catch"), .space]
        if let name = attempt.name { parts += [builder.take(name.text), .space] }
        isBroken = builder.block(handler, into: &parts) || isBroken
      }
      if let finally = attempt.finally {
        parts += [.space, builder.take("finally"), .space]
        isBroken = builder.block(finally, into: &parts) || isBroken
      }
      return isBroken
    }
  }

  private mutating func forLoop(_ loop: ForLoop) -> Layout {
    blocks { builder, parts in
      parts += [builder.take("for"), .space]
      parts += builder.loopFlags(loop)
      parts += [
        builder.take(to: loop.name.span.range.upperBound), .space, builder.take("in"), .space,
        builder.expression(loop.list),
      ]
      if let end = loop.end { parts += [builder.take(".."), builder.expression(end)] }
      parts.append(.space)
      _ = builder.gap()
      if builder.byte == Ascii.openBrace { return builder.block(loop.body, into: &parts) }
      parts += loop.body.statements.map { builder.statement($0) }
      return false
    }
  }

  private mutating func loopFlags(_ loop: ForLoop) -> [Layout] {
    var parts: [Layout] = []
    _ = gap()
    while looking(at: "--") {
      if let jobs = loop.jobs, looking(at: "--jobs") {
        parts.append(take("--jobs"))
        parts.append(byte == Ascii.equal ? take("=") : .space)
        parts += [expression(jobs), .space]
      } else {
        parts += [take("--keep-going"), .space]
      }
      _ = gap()
    }
    return parts
  }

  private mutating func function(_ function: FunctionDeclaration) -> Layout {
    blocks { builder, parts in
      parts += [
        builder.take("fn"), .space, builder.take(to: function.nameSpan.range.upperBound),
        builder.delimited("(", function.parameters, ")") { $0.parameter($1) },
      ]
      if let type = function.returns { parts += builder.typed(type) }
      parts.append(.space)
      return builder.block(function.body, into: &parts)
    }
  }

  private mutating func parameter(_ parameter: FunctionDeclaration.Parameter) -> Layout {
    var parts: [Layout] = []
    if parameter.isRest { parts.append(take("...")) }
    if parameter.isFlag { parts.append(take("--")) }
    parts.append(take(parameter.label))
    if let type = parameter.type { parts += typed(type) }
    if let value = parameter.defaultValue {
      parts += [.space, take("="), .space, expression(value)]
    }
    return .sequence(parts)
  }

  /// `: type`
  private mutating func typed(_ type: ValueType) -> [Layout] {
    [take(":"), .space, self.type(type)]
  }

  private mutating func type(_ type: ValueType) -> Layout {
    switch type {
    case .list(let element):
      return .sequence([take("list"), take("<"), self.type(element), take(">")])
    case .oneOf(let words):
      var parts = [take("enum"), take("(")]
      for (index, word) in words.enumerated() {
        if index > 0 { parts.append(take("|")) }
        parts.append(take(word))
      }
      return .sequence(parts + [take(")")])
    case .optional(let wrapped): return .sequence([self.type(wrapped), take("?")])
    default: return takeIdentifier()
    }
  }
}
