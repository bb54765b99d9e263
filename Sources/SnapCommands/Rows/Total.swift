import SnapLanguage

/// Amounts of one kind added up, exactly but for floats.
struct Total {
  /// What may be added to what.
  private enum Kind: String {
    case number, size, duration, datetime
  }

  /// Wide enough for as many amounts as there ever are.
  private var whole: Int128 = 0
  private var fractions = 0.0
  private var hasFloats = false
  private var kind: Kind?
  private(set) var count = 0

  /// - Throws: `Failure` when the value is no amount, or not of the others' kind.
  mutating func add(_ value: Value) throws(Failure) {
    switch value {
    case .int(let amount): try add(amount, .number, value)
    case .float(let amount):
      try add(0, .number, value)
      fractions += amount
      hasFloats = true
    case .size(let amount): try add(amount, .size, value)
    case .duration(let amount): try add(amount, .duration, value)
    case .datetime(let amount): try add(amount, .datetime, value)
    default: throw Failure(.usage, "\(value.kindName) is no amount")
    }
  }

  private mutating func add(_ amount: Int, _ kind: Kind, _ value: Value) throws(Failure) {
    guard kind == self.kind ?? kind else {
      throw Failure(.usage, "\(value.kindName) can't be added to a \(self.kind?.rawValue ?? "")")
    }
    self.kind = kind
    whole += Int128(amount)
    count += 1
  }

  /// - Throws: `Failure` when it does not fit in its kind.
  func sum() throws(Failure) -> Value {
    try result(whole, hasFloats ? Double(whole) + fractions : nil)
  }

  /// The sum divided by the count, which is not 0: numbers give a float, the other kinds are rounded
  /// down to their smallest unit.
  func mean() throws(Failure) -> Value {
    let (quotient, remainder) = whole.quotientAndRemainder(dividingBy: Int128(count))
    return try result(
      remainder < 0 ? quotient - 1 : quotient, (Double(whole) + fractions) / Double(count))
  }

  private func result(_ whole: Int128, _ number: Double?) throws(Failure) -> Value {
    if kind == nil || kind == .number, let number {
      guard number.isFinite else {
        throw Failure(.usage, "the result is too large for a float")
      }
      return .float(number)
    }
    guard let amount = Int(exactly: whole) else {
      throw Failure(.usage, "the result is too large for 64 bits")
    }
    return switch kind {
    case .number, nil: .int(amount)
    case .size: .size(amount)
    case .duration: .duration(amount)
    case .datetime: .datetime(amount)
    }
  }
}
