extension RandomScript {
  mutating func pipeline(startsWithCommand: Bool = false) -> String {
    nested { script in
      var text = script.firstStage(startsWithCommand)
      for _ in 0..<script.pick([0, 0, 0, 1, 1, 2, 3]) {
        text += script.bar() + script.stage()
      }
      return text
    }
  }

  private mutating func bar() -> String {
    switch several(0...9) {
    case 0: "|"
    case 1: "\n  | "
    case 2: " |\n\n  "
    case 3: " " + comment() + " | "
    case 4: " | " + comment() + "  " + comment()
    case 5: "\n" + comment() + "| "
    case 6: " \\\n  | "
    default: " | "
    }
  }

  private mutating func firstStage(_ startsWithCommand: Bool) -> String {
    guard !startsWithCommand, chance(25) else { return stage() }
    let value = expression()
    let start = value.first ?? " "
    // A letter begins a command, a sign or blank nothing.
    return start.isLetter || start == "-" || start.isWhitespace || start == "#" ? "$x" : value
  }

  private mutating func stage() -> String {
    switch several(0...6) {
    case 0, 1:
      let around = row
      row = .left
      defer { row = around }
      return "where" + blank() + expression()
    case 2:
      return "!" + pick(["uname", "#x", "\"my prog\"", "./x${y}"])
        + arguments(0...2, hasFlags: false)
    default: return pick(["ls", "print", "sort-by", "ret.tidy", "_x"]) + arguments(0...4)
    }
  }

  private mutating func arguments(_ count: ClosedRange<Int>, hasFlags: Bool = true) -> String {
    let around = row
    row = .outside
    defer { row = around }
    var hasFlags = hasFlags
    var text = ""
    var wasBracketed = false
    for _ in 0..<several(count) {
      let argument = argument(hasFlags: hasFlags)
      let isBracketed = ["(", "{", "["].contains(argument.first ?? " ")
      // What closes a list, record or block ends its argument; a parenthesis may have a path.
      let mayBeTight = isBracketed && wasBracketed
      text += blank(required: !mayBeTight) + argument
      wasBracketed = isBracketed && !argument.hasPrefix("(")
      if hasFlags, chance(3) {
        text += blank() + "--"
        hasFlags = false
      }
    }
    return text
  }

  private mutating func argument(hasFlags: Bool) -> String {
    guard budget > 0 else { return pick(["a", "web-01", "$x", "007"]) }
    switch several(0...11) {
    case 0 where hasFlags:
      return pick(["--wait", "-w", "--size 20GB", "--size=20GB", "--a=$x\"y\"", "--a=#b", "-f5"])
    case 1 where hasFlags: return "--of=" + pick([parenthesized(), list()])
    case 2: return list()
    case 3: return parenthesized()
    case 4: return record(isArgument: true)
    case 5: return block(isArgument: true)
    case 6: return "..." + pick(["$x", list(), parenthesized()])
    default: return word()
    }
  }

  private mutating func word() -> String {
    var text = ""
    for part in 0..<pick([1, 1, 1, 2, 3]) {
      switch several(0...7) {
      case 0: text += string()
      case 1: text += pick(["$x", "${x}", "${x.a}", "$x.a.0?", "$x[ 0 ]", "${x[\"k\"]}"])
      case 2 where budget > 0: text += substitution()
      case 3 where part > 0: text += "#b"
      default:
        text += pick([
          "web-01", "a.b", "./x", "007", "20GB", "a{date}", "50%", "~/x", "é", "a#b", "k=v",
          "x:y,z", "...a", "a-rather-long-word-of-several-parts",
        ])
      }
    }
    return text
  }

  mutating func substitution() -> String {
    let around = (brackets, row)
    (brackets, row) = (1, .outside)
    defer { (brackets, row) = around }
    return "$(" + blank(required: false) + pipeline() + blank(required: false) + ")"
  }
}
