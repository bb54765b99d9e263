extension Compiler {
  mutating func expression(_ expression: Expression) -> Compiled {
    let span = expression.span
    switch expression.kind {
    case .literal(let value): return .constant(value)
    case .bareword(let text): return .constant(.string(text))
    case .text(let parts): return text(parts)
    case .variable(let name): return variable(name)
    case .path(let root, let elements): return path(root, elements, span)
    case .substitution(let pipeline): return substitution(pipeline)
    case .unary(let operation, let operand): return unary(operation, operand, span)
    case .binary(.or, let left, let right): return logical(left, right, stopsAt: true, "or")
    case .binary(.and, let left, let right): return logical(left, right, stopsAt: false, "and")
    case .binary(let operation, let left, let right): return binary(operation, left, right, span)
    case .list(let items): return list(items)
    case .record(let fields): return record(fields)
    case .call(let name, let arguments): return call(name, arguments, span)
    case .column(let name, let row): return column(name, row: row, span)
    }
  }

  private mutating func text(_ parts: [Expression]) -> Compiled {
    let compiled = parts.map { part in (expression(part).evaluate, part.span) }
    return Compiled(
      evaluate: { frame in
        var text = ""
        for (part, span) in compiled {
          text += try located(span) { try part(frame).interpolated() }
        }
        return .string(text)
      }, type: .string)
  }

  mutating func variable(_ name: Name) -> Compiled {
    guard let variable = find(name.text) else {
      unknownVariable(name)
      return .invalid
    }
    noteUse(of: variable)
    let slot = variable.slot
    if variable.isGlobal {
      noteGlobal(name.text, variable, isChanged: false)
      return Compiled(evaluate: { $0.globals.slots[slot] }, type: variable.type)
    }
    return Compiled(evaluate: { $0.slots[slot] }, type: variable.type)
  }

  func find(_ name: String) -> Variable? { scopes.find(name) ?? globals.variables[name] }

  private mutating func substitution(_ pipeline: Pipeline) -> Compiled {
    let produce = self.pipeline(pipeline)
    return Compiled(evaluate: { try produce.run($0, nil).collect() }, type: produce.type)
  }

  private mutating func unary(
    _ operation: UnaryOperator, _ operand: Expression, _ span: Span
  ) -> Compiled {
    let compiled = expression(operand)
    let evaluate = compiled.evaluate
    switch operation {
    case .negate:
      if let constant = compiled.constant {
        do { return .constant(try Arithmetic.negate(constant)) } catch {
          report(Failure(evaluating: error), at: span)
          return .invalid
        }
      }
      return Compiled(
        evaluate: { frame in try located(span) { try Arithmetic.negate(try evaluate(frame)) } },
        type: compiled.type)
    case .not:
      checkCondition(compiled, "not", operand.span)
      let place = operand.span
      return Compiled(
        evaluate: { .bool(try !truth(try evaluate($0), "not", place)) }, type: .bool)
    }
  }

  private mutating func logical(
    _ left: Expression, _ right: Expression, stopsAt stop: Bool, _ word: String
  ) -> Compiled {
    let first = expression(left)
    let second = expression(right)
    checkCondition(first, word, left.span)
    checkCondition(second, word, right.span)
    let (a, b) = (first.evaluate, second.evaluate)
    let (aSpan, bSpan) = (left.span, right.span)
    return Compiled(
      evaluate: { frame in
        if try truth(try a(frame), word, aSpan) == stop { return .bool(stop) }
        return .bool(try truth(try b(frame), word, bSpan))
      }, type: .bool)
  }

  private mutating func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) -> Compiled {
    let first = expression(left)
    let second = expression(right)
    if operation == .matches || operation == .notMatches {
      return match(first, second, isNegated: operation == .notMatches, right.span, span)
    }
    let (a, b) = (first.evaluate, second.evaluate)
    let isArithmetic = operation.isArithmetic
    let type = checkOperands(operation, first, second, span)
    if isArithmetic {
      if let x = first.constant, let y = second.constant {
        do { return .constant(try Arithmetic.apply(operation, x, y)) } catch {
          report(Failure(evaluating: error), at: span)
          return .invalid
        }
      }
      if operation == .add {
        return Compiled(
          evaluate: { frame in
            let (x, y) = (try a(frame), try b(frame))
            if case .int(let x) = x, case .int(let y) = y {
              let (sum, overflow) = x.addingReportingOverflow(y)
              if !overflow { return .int(sum) }
            }
            return try located(span) { try Arithmetic.apply(.add, x, y) }
          }, type: type)
      }
      return Compiled(
        evaluate: { frame in
          let (x, y) = (try a(frame), try b(frame))
          return try located(span) { try Arithmetic.apply(operation, x, y) }
        }, type: type)
    }
    if operation == .less {
      return Compiled(
        evaluate: { frame in
          let (x, y) = (try a(frame), try b(frame))
          if case .int(let x) = x, case .int(let y) = y { return .bool(x < y) }
          return .bool(try located(span) { try Predicates.apply(.less, x, y) })
        }, type: .bool)
    }
    return Compiled(
      evaluate: { frame in
        let (x, y) = (try a(frame), try b(frame))
        return .bool(try located(span) { try Predicates.apply(operation, x, y) })
      }, type: .bool)
  }

  private mutating func list(_ items: [(isSpread: Bool, Expression)]) -> Compiled {
    let compiled = items.map { item in (item.isSpread, expression(item.1).evaluate, item.1.span) }
    return Compiled(
      evaluate: { frame in
        var values: [Value] = []
        values.reserveCapacity(compiled.count)
        for (isSpread, evaluate, span) in compiled {
          let value = try evaluate(frame)
          guard isSpread else {
            values.append(value)
            continue
          }
          guard case .list(let more) = value else {
            throw Failure(.usage, "'...' needs a list, not \(value.kindName)", at: span)
          }
          values += more
        }
        return .list(values)
      }, type: .list(.any))
  }

  private mutating func record(_ fields: [(name: Expression, value: Expression)]) -> Compiled {
    let compiled = fields.map { (expression($0.name).evaluate, expression($0.value).evaluate) }
    let constantNames = fields.compactMap { field -> String? in
      if case .literal(.string(let text)) = field.name.kind { text } else { nil }
    }
    if constantNames.count == fields.count, Set(constantNames).count == fields.count {
      let shape = Shape(constantNames)
      return Compiled(
        evaluate: { frame in
          .record(Record(shape: shape, wireValues: try compiled.map { try $0.1(frame) }))
        }, type: .record)
    }
    return Compiled(
      evaluate: { frame in
        .record(
          Record(try compiled.map { (try $0.0(frame).interpolated(), try $0.1(frame)) }))
      }, type: .record)
  }

  private mutating func call(_ name: String, _ arguments: [Expression], _ span: Span) -> Compiled {
    let compiled = arguments.map { expression($0).evaluate }
    guard let function = Functions.named(name) else { return .invalid }
    guard function.arity.contains(compiled.count) else {
      report("'\(name)' does not take \(compiled.count) arguments", at: span, help: function.usage)
      return .invalid
    }
    return Compiled(
      evaluate: { frame in
        try located(span) { try function.call(try compiled.map { try $0(frame) }, frame.host) }
      }, type: function.result)
  }
}
