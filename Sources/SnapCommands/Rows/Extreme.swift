import SnapLanguage

/// The value that comes before all others.
enum Extreme {
  /// `isBefore` gives nil for values that have no common order.
  ///
  /// - Throws: `Failure` for such values, and what the rows throw.
  static func of(_ call: Call, isBefore: (Value, Value) -> Bool?) throws -> Value {
    var amounts = Amounts(call)
    var best: Value?
    try amounts.forEach { value throws(Failure) in
      // The first value is compared with itself: some kinds have no order at all.
      guard let isBetter = isBefore(value, best ?? value) else {
        throw Failure(
          .usage,
          "\(value.kindName) has no order"
            + (best.map { " with \($0.kindName)" } ?? ""))
      }
      if isBetter || best == nil { best = value }
    }
    return best ?? .null
  }
}
