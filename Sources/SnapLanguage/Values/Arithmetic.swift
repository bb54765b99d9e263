/// Arithmetic of the language: kinds that don't fit and results that don't fit are failures.
enum Arithmetic {
  static func apply(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws(ArithmeticError)
    -> Value
  {
    if case (.int(let a), .int(let b)) = (a, b) { return try integers(operation, a, b) }
    if let a = number(a), let b = number(b) { return try floats(operation, a, b) }
    switch (operation, a, b) {
    case (.add, .string(let a), .string(let b)): return .string(a + b)
    case (.add, .list(let a), .list(let b)): return .list(a + b)
    case (_, .size(let a), .size(let b)):
      return try likeKinds(operation, a, b, Value.size)
    case (_, .duration(let a), .duration(let b)):
      return try likeKinds(operation, a, b, Value.duration)
    case (_, .size(let amount), _): return try scaled(operation, amount, b, a, Value.size)
    case (_, .duration(let amount), .datetime(let time)) where operation == .add:
      return .datetime(try checked(time.addingReportingOverflow(amount)))
    case (_, .duration(let amount), _): return try scaled(operation, amount, b, a, Value.duration)
    case (.multiply, _, .size), (.multiply, _, .duration): return try apply(.multiply, b, a)
    case (.subtract, .datetime(let a), .datetime(let b)):
      return .duration(try checked(a.subtractingReportingOverflow(b)))
    case (.add, .datetime(let time), .duration(let amount)):
      return .datetime(try checked(time.addingReportingOverflow(amount)))
    case (.subtract, .datetime(let time), .duration(let amount)):
      return .datetime(try checked(time.subtractingReportingOverflow(amount)))
    default: throw .mismatch(operation, a, b)
    }
  }

  static func negate(_ value: Value) throws(ArithmeticError) -> Value {
    switch value {
    case .int(let value): .int(try checked((0).subtractingReportingOverflow(value)))
    case .float(let value): .float(-value)
    case .size(let value): .size(try checked((0).subtractingReportingOverflow(value)))
    case .duration(let value): .duration(try checked((0).subtractingReportingOverflow(value)))
    default: throw .notNegatable(value)
    }
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  static func checked(_ result: (partialValue: Int, overflow: Bool)) throws(ArithmeticError) -> Int
  {
    guard !result.overflow else { throw .tooLarge }
    return result.partialValue
  }

  private static func integers(_ operation: BinaryOperator, _ a: Int, _ b: Int)
    throws(ArithmeticError) -> Value
  {
    switch operation {
    case .add: return .int(try checked(a.addingReportingOverflow(b)))
    case .subtract: return .int(try checked(a.subtractingReportingOverflow(b)))
    case .multiply: return .int(try checked(a.multipliedReportingOverflow(by: b)))
    case .divide:
      guard b != 0 else { throw .divisionByZero }
      return .float(Double(a) / Double(b))
    case .floorDivide: return .int(try floorDivided(a, b).quotient)
    case .remainder: return .int(b == -1 ? 0 : try floorDivided(a, b).remainder)
    default: throw .mismatch(operation, .int(a), .int(b))
    }
  }

  /// The quotient rounded down and the remainder, which has the divisor's sign.
  private static func floorDivided(_ a: Int, _ b: Int) throws(ArithmeticError) -> (
    quotient: Int, remainder: Int
  ) {
    guard b != 0 else { throw .divisionByZero }
    let quotient = try checked(a.dividedReportingOverflow(by: b))
    let remainder = a % b
    guard remainder != 0, (remainder < 0) != (b < 0) else { return (quotient, remainder) }
    return (quotient - 1, remainder + b)
  }

  private static func floats(_ operation: BinaryOperator, _ a: Double, _ b: Double)
    throws(ArithmeticError) -> Value
  {
    let result: Double
    switch operation {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a * b
    case .divide, .floorDivide, .remainder:
      guard b != 0 else { throw .divisionByZero }
      let floor = (a / b).rounded(.down)
      result = operation == .divide ? a / b : operation == .floorDivide ? floor : a - floor * b
    default: throw .mismatch(operation, .float(a), .float(b))
    }
    guard result.isFinite else { throw .tooLargeForFloat }
    return .float(result)
  }

  private static func likeKinds(
    _ operation: BinaryOperator, _ a: Int, _ b: Int, _ make: (Int) -> Value
  ) throws(ArithmeticError) -> Value {
    switch operation {
    case .add: return make(try checked(a.addingReportingOverflow(b)))
    case .subtract: return make(try checked(a.subtractingReportingOverflow(b)))
    case .divide:
      guard b != 0 else { throw .divisionByZero }
      return .float(Double(a) / Double(b))
    default: throw .mismatch(operation, make(a), make(b))
    }
  }

  private static func scaled(
    _ operation: BinaryOperator, _ amount: Int, _ factor: Value, _ whole: Value,
    _ make: (Int) -> Value
  ) throws(ArithmeticError) -> Value {
    guard [.multiply, .divide, .floorDivide].contains(operation), let double = number(factor) else {
      throw .mismatch(operation, whole, factor)
    }
    if case .int(let factor) = factor {
      switch operation {
      case .multiply: return make(try checked(amount.multipliedReportingOverflow(by: factor)))
      default: return make(try floorDivided(amount, factor).quotient)
      }
    }
    guard operation == .multiply || double != 0 else { throw .divisionByZero }
    let result = operation == .multiply ? Double(amount) * double : Double(amount) / double
    guard let exact = Int(exactly: result.rounded(.down)) else {
      throw .tooLarge
    }
    return make(exact)
  }
}

extension Value {
  /// The kind for messages: `null`, `an int`, `a string`.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .int: "an int"
    default: "a \(typeName)"
    }
  }
}
