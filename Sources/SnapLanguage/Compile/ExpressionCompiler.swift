extension Compiler {
  mutating func expression(_ expression: Expression) -> Compiled {
    let span = expression.span
    switch expression.kind {
    case .literal(let value): return .constant(value)
    case .bareword(let text): return .constant(.string(text))
    case .text(let parts): return text(parts)
    case .variable(let name): return variable(name, span)
    case .path(let root, let elements): return path(root, elements, span)
    case .substitution(let pipeline): return substitution(pipeline)
    case .unary(let operation, let operand): return unary(operation, operand, span)
    case .binary(.or, let left, let right): return logical(left, right, .or)
    case .binary(.and, let left, let right): return logical(left, right, .and)
    case .binary(let operation, let left, let right): return binary(operation, left, right, span)
    case .list(let items): return list(items)
    case .record(let fields): return record(fields)
    case .call(let name, let arguments): return call(name, arguments, span)
    case .column(let name, let row): return column(name, row: row, span)
    }
  }

  private mutating func text(_ parts: [Expression]) -> Compiled {
    Compiled(node: .text(parts.map { (expression($0).node, $0.span) }), type: .string)
  }

  mutating func variable(_ name: Name, _ span: Span) -> Compiled {
    guard let variable = find(name.text) else {
      unknownVariable(name, span)
      return .invalid
    }
    noteUse(of: variable)
    noteReference(name, to: variable)
    if variable.isGlobal { noteGlobal(name.text, variable, isChanged: false) }
    return Compiled(node: .variable(place(of: variable)), type: variable.type)
  }

  func find(_ name: String) -> Variable? { scopes.find(name) ?? globals.variables[name] }

  private mutating func substitution(_ pipeline: Pipeline) -> Compiled {
    let compiled = self.pipeline(pipeline)
    if let value = compiled.value { return Compiled(node: value, type: compiled.type) }
    let produce = compiled.run
    return Compiled(node: .closure { try produce($0, nil).collect() }, type: compiled.type)
  }

  private mutating func unary(
    _ operation: UnaryOperator, _ operand: Expression, _ span: Span
  ) -> Compiled {
    let compiled = expression(operand)
    switch operation {
    case .negate:
      if let constant = compiled.constant {
        do { return .constant(try Arithmetic.negate(constant)) } catch {
          report(Failure(evaluating: error), at: span)
          return .invalid
        }
      }
      if let sample = compiled.type?.sample {
        do { _ = try Arithmetic.negate(sample) } catch {
          report(Failure(evaluating: error), at: span)
          return .invalid
        }
      }
      return Compiled(node: .negation(compiled.node, span), type: compiled.type)
    case .not:
      checkCondition(compiled, "not", operand.span)
      return Compiled(node: .not(compiled.node, operand.span), type: .bool)
    }
  }

  private mutating func logical(
    _ left: Expression, _ right: Expression, _ word: ConditionWord
  ) -> Compiled {
    let first = expression(left)
    let second = expression(right)
    checkCondition(first, word.text, left.span)
    checkCondition(second, word.text, right.span)
    let node: Node =
      word == .or
      ? .or(first.node, left.span, second.node, right.span)
      : .and(first.node, left.span, second.node, right.span)
    return Compiled(node: node, type: .bool)
  }

  private mutating func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) -> Compiled {
    let first = expression(left)
    let second = expression(right)
    if operation == .matches || operation == .notMatches {
      return match(first, second, isNegated: operation == .notMatches, right.span, span)
    }
    let isArithmetic = operation.isArithmetic
    let type = checkOperands(operation, first, second, span)
    if isArithmetic {
      if let x = first.constant, let y = second.constant {
        do { return .constant(try Arithmetic.apply(operation, x, y)) } catch {
          report(Failure(evaluating: error), at: span)
          return .invalid
        }
      }
      return Compiled(node: .arithmetic(operation, first.node, second.node, span), type: type)
    }
    if operation == .isIn || operation == .notIn {
      let (a, b) = (evaluation(of: first.node), evaluation(of: second.node))
      return Compiled(
        node: .closure { frame in
          let (x, y) = (try a(frame), try b(frame))
          return .bool(try located(span) { try Predicates.apply(operation, x, y) })
        }, type: .bool)
    }
    return Compiled(node: .comparison(operation, first.node, second.node, span), type: .bool)
  }

  private mutating func list(_ items: [(isSpread: Bool, Expression)]) -> Compiled {
    guard items.contains(where: \.isSpread) else {
      let compiled = items.map { (expression($0.1), $0.1.span) }
      return Compiled(
        node: .list(compiled.map(\.0.node)), type: .list(.any), items: compiled)
    }
    let compiled = items.map { ($0.isSpread, evaluation(of: $0.1), $0.1.span) }
    return Compiled(
      node: .closure { frame in
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
    let constantNames = fields.compactMap { field -> String? in
      if case .literal(.string(let text)) = field.name.kind { text } else { nil }
    }
    if constantNames.count == fields.count, Set(constantNames).count == fields.count {
      return Compiled(
        node: .record(Shape(constantNames), fields.map { expression($0.value).node }),
        type: .record)
    }
    let compiled = fields.map { (evaluation(of: $0.name), evaluation(of: $0.value)) }
    return Compiled(
      node: .closure { frame in
        .record(
          Record(try compiled.map { (try $0.0(frame).interpolated(), try $0.1(frame)) }))
      }, type: .record)
  }

  private mutating func call(_ name: String, _ arguments: [Expression], _ span: Span) -> Compiled {
    let compiled = arguments.map { expression($0) }
    guard let function = Functions.named(name) else { return .invalid }
    noteReference(to: function, in: span)
    guard function.arity.contains(compiled.count) else {
      report("'\(name)' does not take \(compiled.count) arguments", at: span, help: function.usage)
      return .invalid
    }
    checkArguments(compiled, arguments.map(\.span), of: function)
    let constants = compiled.compactMap(\.constant)
    if function.isPure, constants.count == compiled.count {
      do { return .constant(try function.call(constants, NoHost())) } catch {
        report(Failure(evaluating: error), at: span)
        return .invalid
      }
    }
    return Compiled(
      node: .builtIn(function, compiled.map(\.node), span), type: function.result)
  }

  /// Reports arguments that can't be what a built-in function takes.
  private mutating func checkArguments(
    _ arguments: [Compiled], _ spans: [Span], of function: Function
  ) {
    if function.isPure, arguments.allSatisfy({ $0.constant != nil }) { return }
    for ((argument, span), types) in zip(zip(arguments, spans), function.takes) {
      guard let known = argument.constant?.knownType ?? argument.type else { continue }
      if types.contains(where: { $0.mayBe(known) }) { continue }
      let words = types.map { "\($0.article)" }.joined(separator: " or ")
      report(
        "'\(function.name)' takes \(words), not \(known.article)", at: span, help: function.usage)
    }
  }
}

/// For functions that ask nothing of the program around them.
private final class NoHost: Host {
  let cancellation = Cancellation()
  var isPreviewing: Bool { false }
  func show(_ flow: Flow) {}
  func perform(_ effects: any Effects, at span: Span) -> Flow { .nothing }
  func note(_ failure: Failure) {}
  func environment(_ name: String) -> String? { nil }
}
