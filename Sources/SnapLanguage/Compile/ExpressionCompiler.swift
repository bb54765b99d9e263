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
        for (part, span) in compiled { text += try located(span) { try part(frame).interpolated() } }
        return .string(text)
      }, type: .string)
  }

  mutating func variable(_ name: Name) -> Compiled {
    guard let variable = find(name.text) else {
      let known = scopes.names + globals.variables.keys
      report(
        "unknown variable '$\(name.text)'", at: name.span,
        help: Suggestions.help(for: name.text, among: known, prefix: "$")
          ?? "a variable is made by: let \(name.text) = …")
      return .invalid
    }
    usedVariables.insert(variable.span.range.lowerBound)
    let slot = variable.slot
    if variable.isGlobal {
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
          report((error as? Failure) ?? Failure(.usage, "\(error)"), at: span)
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

  /// Reports a condition whose type is known and isn't bool.
  mutating func checkCondition(_ compiled: Compiled, _ word: String, _ span: Span) {
    guard let type = compiled.type, type != .bool, type != .any, type != .optional(.bool) else { return }
    report("'\(word)' needs a bool, not a \(type)", at: span, help: "compare it, such as: … == …")
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
    let (a, b) = (first.evaluate, second.evaluate)
    let isArithmetic = operation.isArithmetic
    let type = checkOperands(operation, first, second, span)
    if isArithmetic {
      if let x = first.constant, let y = second.constant {
        do { return .constant(try Arithmetic.apply(operation, x, y)) } catch {
          report((error as? Failure) ?? Failure(.usage, "\(error)"), at: span)
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

  /// The result's type where the operands' are known; kinds that don't fit are reported.
  private mutating func checkOperands(
    _ operation: BinaryOperator, _ left: Compiled, _ right: Compiled, _ span: Span
  ) -> ValueType? {
    let (a, b) = (left.constant ?? left.type?.sample, right.constant ?? right.type?.sample)
    guard let a, let b else { return operation.isArithmetic ? nil : .bool }
    do {
      if operation.isArithmetic {
        let sample = right.constant == nil ? b : b.isZero ? b.knownType?.sample ?? b : b
        return try Arithmetic.apply(operation, a, sample).knownType
      }
      if operation != .equal, operation != .notEqual { _ = try Predicates.apply(operation, a, b) }
      return .bool
    } catch let failure as Failure {
      if !failure.message.hasPrefix("the result") { report(failure, at: span) }
      return nil
    } catch {
      return nil
    }
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

extension BinaryOperator {
  var isArithmetic: Bool {
    [.add, .subtract, .multiply, .divide, .floorDivide, .remainder].contains(self)
  }
}

extension ValueType {
  /// Some value of the type, to try an operator with; nil for types without one meaning.
  var sample: Value? {
    switch self {
    case .bool: .bool(true)
    case .int: .int(1)
    case .float: .float(1)
    case .string: .string("x")
    case .size: .size(1)
    case .duration: .duration(1)
    case .datetime: .datetime(1)
    case .list: .list([])
    default: nil
    }
  }
}

extension Value {
  fileprivate var isZero: Bool {
    switch self {
    case .int(0), .float(0): true
    default: false
    }
  }
}

/// Runs `body`; a failure that doesn't know its place gets `span`.
func located<Result>(_ span: @autoclosure () -> Span, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch var failure as Failure {
    if failure.span == nil { failure.span = span() }
    throw failure
  }
}

/// The condition's value; only a bool is one.
func truth(_ value: Value, _ word: String, _ span: Span) throws -> Bool {
  guard case .bool(let truth) = value else {
    throw Failure(
      .usage, "'\(word)' needs a bool, not \(value.kindName)", help: "compare it, such as: … == …",
      at: span)
  }
  return truth
}
