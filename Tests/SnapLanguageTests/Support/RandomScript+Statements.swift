extension RandomScript {
  mutating func statement() -> String {
    guard budget > 0 else { return pick(["ls", "break", "return", "continue", "print a b"]) }
    switch several(0...17) {
    case 0, 1:
      return pick(["let", "var"]) + blank() + pick(["x", "long_name"]) + type(30)
        + blank(required: false) + "=" + blank(required: false) + expression()
    case 2:
      return "$x" + blank(required: false) + pick(["=", "+=", "-="]) + blank() + expression()
    case 3, 4: return conditional()
    case 5: return "while" + blank() + expression() + blank() + block()
    case 6, 7: return forLoop()
    case 8, 9: return function()
    case 10: return attempt()
    case 11:
      return "use" + blank() + "'lib.snap'" + (chance(50) ? blank() + "as" + blank() + "l" : "")
    case 12: return pick(["break", "continue", "return", "return " + expression()])
    case 13: return "throw" + blank() + expression()
    default: return pipeline()
    }
  }

  private mutating func conditional() -> String {
    var text = ""
    for index in 0..<several(1...2) {
      text += (index > 0 ? blank(required: false) + "else" + blank() : "")
      text += "if" + blank() + expression() + blank(required: false) + block()
    }
    return text
      + (chance(40) ? blank(required: false) + "else" + blank(required: false) + block() : "")
  }

  private mutating func forLoop() -> String {
    var text = "for" + blank()
    if chance(30) { text += "--jobs" + pick(["=", " ", "  "]) + operand() + blank() }
    if chance(20) { text += "--keep-going" + blank() }
    text += "i" + blank() + "in" + blank() + operand()
    if chance(30) {
      text += blank(required: false) + ".." + blank(required: false) + operand()
    }
    return text + blank() + (chance(60) ? block() : pipeline(startsWithCommand: true))
  }

  mutating func operand() -> String {
    budget -= 1
    defer { budget += 1 }
    switch several(0...4) {
    case 0: return pick(["1", "20", "$x", "$x.a", "${x}"])
    case 1 where budget > 0: return substitution()
    case 2 where budget > 0: return parenthesized()
    case 3 where budget > 0: return list()
    default: return "$names"
    }
  }

  private mutating func function() -> String {
    var text = chance(20) ? comment() : ""
    text += "fn" + blank() + pick(["f", "clean-up"]) + blank(required: false) + "("
    brackets += 1
    var parameters = ["a" + type(40), "--min-age" + type(40), "b", "--wait"]
    parameters = parameters.filter { _ in chance(50) }
    if chance(20) { parameters.append("...rest" + type(30)) }
    for (index, parameter) in parameters.enumerated() {
      text += blank(required: false) + parameter
      if chance(30) { text += blank(required: false) + "=" + blank(required: false) + expression() }
      text += blank(required: false)
      if index < parameters.count - 1 || chance(20) { text += "," }
    }
    text += blank(required: false)
    brackets -= 1
    return text + ")" + type(40) + blank(required: false) + block()
  }

  /// `: type`, in so many of a hundred cases.
  private mutating func type(_ percent: Int) -> String {
    guard chance(percent) else { return "" }
    return blank(required: false) + ":" + blank(required: false) + bareType()
  }

  private mutating func bareType() -> String {
    switch several(0...4) {
    case 0 where budget > 0:
      let element = nested { $0.blank(required: false) + $0.bareType() }
      return "list<" + element + blank(required: false) + ">"
    case 1:
      return "enum(" + blank(required: false) + "ro" + blank(required: false) + "|"
        + blank(required: false) + "read-write" + blank(required: false) + ")"
    case 2: return pick(["int?", "string?"])
    default: return pick(["int", "string", "snapshot", "any", "datetime"])
    }
  }

  private mutating func attempt() -> String {
    var text = "try" + blank(required: false) + block()
    let catches = chance(70)
    if catches {
      text += blank(required: false) + "catch" + (chance(60) ? blank() + "e" : "")
      text += blank(required: false) + block()
    }
    if !catches || chance(30) {
      text += blank(required: false) + "finally" + blank(required: false) + block()
    }
    return text
  }
}
