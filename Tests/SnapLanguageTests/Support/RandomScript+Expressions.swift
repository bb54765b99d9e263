extension RandomScript {
  mutating func expression() -> String { nested { $0.disjunction() } }

  private mutating func disjunction() -> String {
    chain(of: ["or"], length: [1, 1, 1, 2], isTight: false) { $0.conjunction() }
  }

  private mutating func conjunction() -> String {
    chain(of: ["and"], length: [1, 1, 1, 2, 3], isTight: false) { $0.negation() }
  }

  private mutating func negation() -> String {
    guard chance(8) else { return comparison() }
    let operand = negation()
    return "not" + (operand.hasPrefix("(") ? blank(required: false) : blank()) + operand
  }

  private mutating func comparison() -> String {
    let left = sum()
    guard chance(30) else { return left }
    let around = row
    if row == .left { row = .right }
    defer { row = around }
    let operation = pick(["==", "!=", "<", "<=", ">", ">=", "~", "!~", "in", "not in"])
    if operation == "not in" {
      return left + blank() + "not" + blank() + "in" + blank() + sum()
    }
    return left + blank() + operation + blank() + sum()
  }

  private mutating func sum() -> String {
    chain(of: ["+", "-"], length: [1, 1, 1, 2, 3], isTight: true) { $0.product() }
  }

  private mutating func product() -> String {
    chain(of: ["*", "/", "//", "%"], length: [1, 1, 1, 1, 2], isTight: true) { $0.unary() }
  }

  private mutating func chain(
    of operations: [String], length: [Int], isTight: Bool,
    _ operand: (inout RandomScript) -> String
  ) -> String {
    var text = operand(&self)
    for _ in 1..<max(2, budget > 0 ? pick(length) : 1) where budget > 0 && chance(60) {
      let operation = pick(operations)
      let next = operand(&self)
      // Without blanks only where no word could go on.
      let mayBeTight = isTight && row == .outside && ")]}\"'".contains(text.last ?? " ")
      text += blank(required: !mayBeTight) + operation
      text += (next.hasPrefix("-") || !mayBeTight ? blank() : blank(required: false)) + next
    }
    return text
  }

  private mutating func unary() -> String {
    chance(6) ? "-" + blank(required: false) + unary() : primary()
  }

  private mutating func primary() -> String {
    if row == .left, chance(60) {
      return pick(["name", "vmname", "size", "tags.0", ".created", "not-x", "and-x"])
    }
    if row == .right, chance(40) {
      return pick(["web-01", "rw", "a.b", "11test1-3247", ".vm_perms", "t0", "not-a-b"])
    }
    guard budget > 0 else { return literal() }
    switch several(0...13) {
    case 0: return substitution() + pick(["", "", ".a", "[0]"])
    case 1, 2: return parenthesized()
    case 3: return list()
    case 4: return record()
    case 5, 6: return call()
    case 7: return "$x[" + bracketed { $0.expression() } + "]" + pick(["", "?", ".b"])
    case 8: return "${x" + pick(["", ".a", "[" + bracketed { $0.expression() } + "]"]) + "}.b"
    case 9: return pick(["$x", "$a_long_name.of_a_field", "$x.a?.0", "${x}", "$it"])
    case 10: return string()
    default: return literal()
    }
  }

  private mutating func literal() -> String {
    pick([
      "0", "42", "1.5", "1e3", "2.5e-1", "20GB", "30s", "2026-08-01",
      "2026-08-01T10:20:30+02:00", "true", "false", "null", "$y",
    ])
  }

  private mutating func bracketed(_ build: (inout RandomScript) -> String) -> String {
    brackets += 1
    budget -= 1
    defer {
      brackets -= 1
      budget += 1
    }
    return blank(required: false) + build(&self) + blank(required: false)
  }

  mutating func parenthesized() -> String {
    "(" + bracketed { $0.expression() } + ")" + pick(["", "", "", ".a", "[0]", ".0?"])
  }

  mutating func list() -> String {
    "[" + items(0...4) { ($0.chance(10) ? "..." + $0.operand() : $0.expression()) } + "]"
  }

  /// As an argument it would be a block if its first name had a `-` or `.`.
  mutating func record(isArgument: Bool = false) -> String {
    var names = ["name", "\"a key\"", "'k'"] + (isArgument ? [] : ["size-of", "a.b"])
    return "{"
      + items(0...3) {
        let name = $0.pick(names)
        names.removeAll { $0 == name }
        return name + $0.blank(required: false) + ":"
          + $0.blank(required: false) + $0.expression()
      } + "}"
  }

  private mutating func call() -> String {
    let around = row
    if row == .right { row = .left }
    defer { row = around }
    return pick(["len", "default", "starts-with", "join"]) + "(" + items(0...3) { $0.expression() }
      + ")" + pick(["", "", ".a"])
  }

  private mutating func items(
    _ count: ClosedRange<Int>, _ item: (inout RandomScript) -> String
  ) -> String {
    bracketed { script in
      let count = script.budget > 0 ? script.several(count) : 0
      var text = ""
      for index in 0..<count {
        text += item(&script) + script.blank(required: false)
        if index < count - 1 || script.chance(20) { text += "," + script.blank(required: false) }
      }
      return text
    }
  }
}
