/// Scripts that parse, with each part of the grammar, and with blanks, line ends and comments
/// wherever they may stand.
struct RandomScript {
  var random: SplitMix
  private var comments = 0
  /// What may still be nested.
  var budget: Int
  /// Open brackets: line ends and comments are blanks there.
  var brackets = 0
  /// The side of an operator in `where`.
  var row = Row.outside
  private let newline: String

  enum Row { case outside, left, right }

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
    budget = [1, 2, 2, 3, 3, 4, 5].randomElement(using: &random) ?? 1
    newline = Int.random(in: 0..<8, using: &random) == 0 ? "\r\n" : "\n"
  }

  static func text(seed: UInt64) -> String {
    var script = RandomScript(seed: seed)
    let first = script.chance(10) ? "#!/usr/bin/env snapsh" + script.newline : ""
    return first + script.statements(0...4) + script.end()
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  mutating func several(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// What `build` gives one level deeper.
  mutating func nested(_ build: (inout RandomScript) -> String) -> String {
    budget -= 1
    defer { budget += 1 }
    return build(&self)
  }

  mutating func comment() -> String {
    comments += 1
    return "#" + pick([" ", "", "  ", "# "]) + "c\(comments)"
      + pick(["", "", " it's \"{[(", "; ls | rm \\", " é 漢字", "  ", " \t"]) + newline
  }

  /// Between tokens; where none is required it may be empty.
  mutating func blank(required: Bool = true) -> String {
    if !required, chance(60) { return "" }
    if chance(70) { return " " }
    if brackets == 0 { return pick(["  ", "\t", " \\\(newline)", " \\\(newline)  \\\(newline) "]) }
    switch several(0...5) {
    case 0: return newline
    case 1: return newline + newline + "   "
    case 2: return " " + comment()
    case 3: return newline + "  " + comment() + (chance(30) ? newline + comment() : "")
    case 4: return " \\\(newline)"
    default: return "\t  "
    }
  }

  mutating func statements(_ count: ClosedRange<Int>) -> String {
    var text = chance(30) ? between() : ""
    let count = several(count)
    for index in 0..<count {
      text += statement()
      if index < count - 1 { text += separator() }
    }
    return text
  }

  private mutating func between() -> String {
    pick([newline, newline + newline + newline, " " + comment(), newline + "\t" + comment()])
      + (chance(30) ? newline + " " + comment() + pick(["", newline]) : "")
  }

  private mutating func separator() -> String {
    switch several(0...8) {
    case 0: "; "
    case 1: ";"
    case 2: " ;;" + newline
    case 3: " " + comment()
    case 4: "; " + comment() + comment()
    case 5: newline + newline + newline + " "
    case 6: newline + comment() + pick(["", newline, ";", "\\" + newline, "\t;" + newline])
    default: newline
    }
  }

  private mutating func end() -> String {
    switch several(0...5) {
    case 0: ""
    case 1: newline + newline
    case 2: " " + comment()
    case 3: ";"
    case 4: newline + "# the end"
    default: newline
    }
  }

  /// `{ … }`
  mutating func block(isArgument: Bool = false) -> String {
    let around = (brackets, row)
    (brackets, row) = (0, .outside)
    defer { (brackets, row) = around }
    var body = nested { $0.statements($0.budget > 0 ? 0...2 : 0...1) }
    // What would be taken for a record.
    if isArgument {
      let start = body.drop { $0.isWhitespace }
      let isBare = start.isEmpty || start.hasPrefix("#") || start.hasPrefix("\"")
      if isBare || start.hasPrefix("'") || chance(5) { body = ";" + body }
    }
    return "{" + pick(["", " ", newline]) + body + pick(["", " ", newline, "; "]) + "}"
  }

  mutating func string() -> String {
    pick([
      "'raw'", "\"text\"", "''", "'a \(newline)  b'", "\"a\\\"b\\n\"", "\"\(newline): b\"",
      "\"x ${x.a} $(ls  | first 1 # in a string\(newline)) y\"", "\"${x}\"", "'# no comment'",
      "\"\\u{2713} \\$x {\"", "\"$(print \"in ${y}\")\"",
      "'a long text that takes some columns of its line'",
    ])
  }
}
