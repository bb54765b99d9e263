import SnapLanguage

/// An expression made at random, its text, and its value by the rules of the document alone.
indirect enum RandomExpression {
  case int(Int)
  case bool(Bool)
  case text(String)
  case unary(String, RandomExpression)
  case binary(String, RandomExpression, RandomExpression)

  /// What a value is here; a failure is its message.
  enum Outcome: Equatable {
    case int(Int)
    case bool(Bool)
    case text(String)
    case failure(String)
  }

  private enum Kind: CaseIterable { case int, bool, text }

  static func make(depth: Int, _ random: inout SplitMix) -> Self {
    make(Kind.allCases.randomElement(using: &random) ?? .int, depth, &random)
  }

  private static func make(_ kind: Kind, _ depth: Int, _ random: inout SplitMix) -> Self {
    func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
    guard depth > 0, Int.random(in: 0..<8, using: &random) > 0 else { return leaf(kind, &random) }
    // A kind that doesn't fit, now and then, would be refused by the check, so there is none here.
    switch kind {
    case .int:
      if Int.random(in: 0..<6, using: &random) == 0 {
        return .unary("-", make(.int, depth - 1, &random))
      }
      return .binary(
        pick(["+", "-", "*", "//", "%"]), make(.int, depth - 1, &random),
        make(.int, depth - 1, &random))
    case .text:
      return .binary("+", make(.text, depth - 1, &random), make(.text, depth - 1, &random))
    case .bool:
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return .unary("not", make(.bool, depth - 1, &random))
      case 1:
        return .binary(
          pick(["and", "or"]), make(.bool, depth - 1, &random), make(.bool, depth - 1, &random))
      default:
        let operand: Kind = Bool.random(using: &random) ? .int : .text
        return .binary(
          pick(["==", "!=", "<", "<=", ">", ">="]), make(operand, depth - 1, &random),
          make(operand, depth - 1, &random))
      }
    }
  }

  private static func leaf(_ kind: Kind, _ random: inout SplitMix) -> Self {
    switch kind {
    case .bool: return .bool(Bool.random(using: &random))
    case .text: return .text(["", "a", "b", "ab", "é"].randomElement(using: &random) ?? "")
    case .int:
      let small = Int.random(in: 0...9, using: &random)
      return .int(
        [small, small, small, 1 << 40, Int.max, Int.max - small].randomElement(using: &random) ?? 0)
    }
  }

  /// As few brackets as precedence allows, so that precedence is tested; `$v` hides a leaf from the
  /// check where `isHidden`, so that the run computes it.
  func source(isHidden: Bool, _ variables: inout [String]) -> String {
    switch self {
    case .int(let value): return Self.named("\(value)", isHidden, &variables)
    case .bool(let value): return Self.named("\(value)", isHidden, &variables)
    case .text(let value): return Self.named("'\(value)'", isHidden, &variables)
    case .unary(let sign, let operand):
      let text = operand.source(isHidden: isHidden, &variables)
      let needsBrackets = operand.level < level
      return sign + " " + (needsBrackets ? "(\(text))" : text)
    case .binary(let sign, let left, let right):
      let (a, b) = (
        left.source(isHidden: isHidden, &variables), right.source(isHidden: isHidden, &variables)
      )
      // The left comes first, and comparisons don't chain.
      let isComparison = level == 4
      let first = left.level < level || isComparison && left.level == level ? "(\(a))" : a
      let second = right.level <= level ? "(\(b))" : b
      return "\(first) \(sign) \(second)"
    }
  }

  private static func named(_ literal: String, _ isHidden: Bool, _ variables: inout [String])
    -> String
  {
    guard isHidden else { return literal }
    variables.append(literal)
    return "$v[\(variables.count - 1)]"
  }

  /// How tightly it binds.
  private var level: Int {
    switch self {
    case .int, .bool, .text: 8
    case .unary(let sign, _): sign == "not" ? 3 : 7
    case .binary(let sign, _, _):
      switch sign {
      case "or": 1
      case "and": 2
      case "+", "-": 5
      case "*", "//", "%": 6
      default: 4
      }
    }
  }

  var outcome: Outcome {
    switch self {
    case .int(let value): return .int(value)
    case .bool(let value): return .bool(value)
    case .text(let value): return .text(value)
    case .unary(_, let operand):
      switch operand.outcome {
      case .int(let value): return Self.whole(-Int128(value))
      case .bool(let value): return .bool(!value)
      case let other: return other
      }
    case .binary(let sign, let left, let right):
      let first = left.outcome
      if case .failure = first { return first }
      // 'and' and 'or' look at the right only when they must.
      if case .bool(let value) = first, sign == "and" && !value || sign == "or" && value {
        return first
      }
      let second = right.outcome
      if case .failure = second { return second }
      return Self.apply(sign, first, second)
    }
  }

  private static func whole(_ value: Int128) -> Outcome {
    Int(exactly: value).map { .int($0) } ?? .failure("the result is too large for 64 bits")
  }

  private static func apply(_ sign: String, _ left: Outcome, _ right: Outcome) -> Outcome {
    switch (left, right) {
    case (.bool, .bool(let b)): return .bool(b)
    case (.text(let a), .text(let b)):
      return sign == "+" ? .text(a + b) : .bool(holds(sign, a < b, a == b))
    case (.int(let a), .int(let b)):
      let (a, b) = (Int128(a), Int128(b))
      switch sign {
      case "+": return whole(a + b)
      case "-": return whole(a - b)
      case "*": return whole(a * b)
      case "//", "%":
        guard b != 0 else { return .failure("division by zero") }
        let floor = a % b != 0 && (a < 0) != (b < 0) ? a / b - 1 : a / b
        return whole(sign == "//" ? floor : a - floor * b)
      default: return .bool(holds(sign, a < b, a == b))
      }
    default: return .failure("kinds that don't fit")
    }
  }

  private static func holds(_ sign: String, _ isLess: Bool, _ isEqual: Bool) -> Bool {
    switch sign {
    case "==": isEqual
    case "!=": !isEqual
    case "<": isLess
    case "<=": isLess || isEqual
    case ">": !isLess && !isEqual
    default: !isLess
    }
  }
}
