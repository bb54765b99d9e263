extension Compiler {
  /// The result's type where the operands' are known; what can never fit is reported.
  mutating func checkOperands(
    _ operation: BinaryOperator, _ left: Compiled, _ right: Compiled, _ span: Span
  ) -> ValueType? {
    let isOrder = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(operation)
    if isOrder, left.isNull || right.isNull {
      report("'\(operation.rawValue)' can't order null", at: span, help: "compare by '==' or '!='")
      return .bool
    }
    let (a, b) = (left.constant ?? left.type?.sample, right.constant ?? right.type?.sample)
    guard let a, let b else { return operation.isArithmetic ? nil : .bool }
    guard operation.isArithmetic else {
      if operation == .equal || operation == .notEqual { return .bool }
      do { _ = try Predicates.apply(operation, a, b) } catch {
        report(Failure(evaluating: error), at: span)
      }
      return .bool
    }
    let areConstant = left.constant != nil && right.constant != nil
    do { return try Arithmetic.apply(operation, a, b).knownType } catch {
      // What two constants give is reckoned, and reported, by the caller.
      let isCertain = error.isOfKinds || (error.isDivisionByZero && right.constant != nil)
      if isCertain, !areConstant { report(Failure(error), at: span) }
      return nil
    }
  }

  /// `~` and `!~`: a constant pattern is read here, another one when it changes.
  mutating func match(
    _ left: Compiled, _ right: Compiled, isNegated: Bool, _ patternSpan: Span, _ span: Span
  ) -> Compiled {
    let known = left.constant ?? left.type?.sample
    if let known, !known.isNull, known.stringValue == nil {
      report(Predicates.notTexts(known, right.constant ?? .string("")), at: span)
    } else if let pattern = right.constant ?? right.type?.sample, pattern.stringValue == nil {
      report(Predicates.notTexts(known ?? .string(""), pattern), at: span)
    }
    let text = evaluation(of: left.node)
    if case .string(let pattern)? = right.constant {
      do {
        let pattern = try Pattern(pattern)
        return Compiled(
          node: .closure { frame in
            let value = try text(frame)
            return .bool(try located(span) { try Predicates.matches(value, pattern) } != isNegated)
          }, type: .bool)
      } catch {
        report(Failure(evaluating: error), at: patternSpan)
        return Compiled(node: .constant(.null), type: .bool)
      }
    }
    let cache = PatternCache()
    let evaluate = evaluation(of: right.node)
    return Compiled(
      node: .closure { frame in
        let (value, pattern) = (try text(frame), try evaluate(frame))
        return try located(span) {
          guard case .string(let pattern) = pattern else {
            throw Predicates.notTexts(value, pattern)
          }
          return .bool(try Predicates.matches(value, try cache.pattern(pattern)) != isNegated)
        }
      }, type: .bool)
  }

  /// Reports a condition whose type is known and isn't bool.
  mutating func checkCondition(_ compiled: Compiled, _ word: String, _ span: Span) {
    if compiled.isNull {
      report("'\(word)' needs a bool, not null", at: span)
      return
    }
    guard let type = compiled.type, !ValueType.bool.mayBe(type) else { return }
    report(
      "'\(word)' needs a bool, not \(type.article)", at: span, help: "compare it, such as: … == …")
  }
}

extension Compiled {
  fileprivate var isNull: Bool { constant?.isNull ?? false }
}

extension ArithmeticError {
  fileprivate var isDivisionByZero: Bool { if case .divisionByZero = self { true } else { false } }
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
    case .string, .oneOf: .string("x")
    case .size: .size(1)
    case .duration: .duration(1)
    case .datetime: .datetime(1)
    case .list: .list([])
    case .record: .record(Record([]))
    default: nil
    }
  }
}

/// Runs `body`; a failure that doesn't know its place gets `span`.
func located<Result>(_ span: @autoclosure () -> Span, _ body: () throws -> Result) throws -> Result
{
  do { return try body() } catch var failure as Failure {
    if failure.span == nil { failure.span = span() }
    throw failure
  } catch let error as ArithmeticError {
    var failure = Failure(error)
    failure.span = span()
    throw failure
  }
}
