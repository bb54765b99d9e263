/// The comparisons of the language.
enum Predicates {
  static func apply(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Bool {
    switch operation {
    case .equal: Value.areEqual(a, b)
    case .notEqual: !Value.areEqual(a, b)
    case .less: try isLess(a, b, operation)
    case .greater: try isLess(b, a, operation, swapped: true)
    case .lessOrEqual: try !isLess(b, a, operation, swapped: true)
    case .greaterOrEqual: try !isLess(a, b, operation)
    case .matches: try matches(a, b)
    case .notMatches: try !matches(a, b)
    case .isIn: try isMember(a, of: b)
    case .notIn: try !isMember(a, of: b)
    default: throw ArithmeticError.mismatch(operation, a, b)
    }
  }

  private static func isLess(
    _ a: Value, _ b: Value, _ operation: BinaryOperator, swapped: Bool = false
  ) throws -> Bool {
    guard let isLess = Value.isLess(a, b) else {
      let (left, right) = swapped ? (b, a) : (a, b)
      let help =
        left.isNull || right.isNull
        ? "null has no order: give it a value with default(…, \(zero(left.isNull ? right : left)))"
        : Self.isDateAndText(left, right) ? "a date stands without quotes: 2026-08-01" : nil
      throw Failure(
        .usage, "'\(operation.rawValue)' can't order \(left.kindName) and \(right.kindName)",
        help: help)
    }
    return isLess
  }

  private static func isDateAndText(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.datetime, .string), (.string, .datetime): true
    default: false
    }
  }

  /// A value of the same kind, as one writes it.
  private static func zero(_ value: Value) -> String {
    switch value {
    case .size: "0B"
    case .duration: "0s"
    case .string: "''"
    case .datetime: "2000-01-01"
    default: "0"
    }
  }

  /// Whether a part of the text `a` matches the pattern `b`; null matches nothing.
  private static func matches(_ a: Value, _ b: Value) throws -> Bool {
    guard case .string(let pattern) = b else { throw notTexts(a, b) }
    return try matches(a, try Pattern(pattern))
  }

  static func matches(_ a: Value, _ pattern: Pattern) throws -> Bool {
    switch a {
    case .null: false
    case .string(let text): try pattern.matches(text)
    default: throw notTexts(a, .string(pattern.text))
    }
  }

  static func notTexts(_ a: Value, _ b: Value) -> Failure {
    Failure(.usage, "'~' compares texts, not \(a.kindName) and \(b.kindName)")
  }

  static func isMember(_ item: Value, of container: Value) throws -> Bool {
    switch container {
    case .list(let items): return items.contains { Value.areEqual($0, item) }
    case .string(let text):
      guard let part = item.stringValue else {
        throw Failure(.usage, "a string can't hold \(item.kindName)")
      }
      return part.isEmpty || text.contains(part)
    case .record(let record):
      guard let name = item.stringValue else {
        throw Failure(.usage, "a record's names are texts, not \(item.kindName)")
      }
      return record[name] != nil
    case .null: return false
    default: throw Failure(.usage, "\(container.kindName) holds no items")
    }
  }
}
