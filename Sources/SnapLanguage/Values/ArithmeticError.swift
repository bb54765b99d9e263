/// Why two values have no sum, product or the like.
enum ArithmeticError: Error {
  /// Their kinds never fit the operator.
  case mismatch(BinaryOperator, Value, Value)
  case notNegatable(Value)
  case divisionByZero
  /// Beyond 64 bits.
  case tooLarge
  case tooLargeForFloat

  /// Whether other values of the same kinds would fail as well.
  var isOfKinds: Bool {
    switch self {
    case .mismatch, .notNegatable: true
    case .divisionByZero, .tooLarge, .tooLargeForFloat: false
    }
  }
}

extension Failure {
  init(_ error: ArithmeticError) {
    switch error {
    case .mismatch(let operation, let a, let b):
      var help: String?
      if a.isNull || b.isNull { help = "give a value for null: default(…, 0)" }
      if operation == .add, a.stringValue != nil || b.stringValue != nil {
        help = "join texts by filling in: \"${a}${b}\""
      }
      self.init(
        .usage, "'\(operation.rawValue)' does not fit \(a.kindName) and \(b.kindName)", help: help)
    case .notNegatable(let value):
      self.init(.usage, "'-' needs a number, a size or a duration, not \(value.kindName)")
    case .divisionByZero: self.init(.usage, "division by zero")
    case .tooLarge: self.init(.usage, "the result is too large for 64 bits")
    case .tooLargeForFloat: self.init(.usage, "the result is too large for a float")
    }
  }

  /// What went wrong in evaluating, as a failure.
  init(evaluating error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ArithmeticError: self.init(error)
    default: self.init(.unknown, "\(error)")
    }
  }
}
