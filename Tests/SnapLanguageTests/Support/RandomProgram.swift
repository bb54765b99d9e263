/// A script made at random in which nothing is wrong: the check must take it, and its run ends.
struct RandomProgram {
  private var random: SplitMix
  private var names: [(name: String, kind: Kind, isVariable: Bool)] = []
  private var functions: [(name: String, kind: Kind)] = []
  private var count = 0
  /// Inside a body that must not change what lies outside it.
  private var firstChangeable = 0
  private var isInLoop = false

  private enum Kind: CaseIterable { case int, text, bool, list, size, duration }

  static func text(_ random: inout SplitMix) -> String {
    var program = Self(random: random)
    defer { random = program.random }
    var text = ""
    for _ in 0..<program.number(3) { text += program.function() }
    return text + program.statements(depth: 3, indent: "")
  }

  private init(random: SplitMix) { self.random = random }

  private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  private mutating func pick(_ texts: [String]) -> String { texts[number(texts.count)] }

  private mutating func kind() -> Kind { Kind.allCases[number(Kind.allCases.count)] }

  /// Names that begin with `_` need not be used.
  private mutating func newName() -> String {
    count += 1
    return "_v\(count)"
  }

  private mutating func function() -> String {
    let (name, parameter, result) = ("f\(functions.count)", newName(), kind())
    let saved = (names, isInLoop)
    names = [(parameter, .int, false)]
    isInLoop = false
    let body = statements(depth: 2, indent: "  ")
    let value = expression(result, 2)
    (names, isInLoop) = saved
    functions.append((name, result))
    return "fn \(name)(\(parameter): int = 1, --_flag: string = 'x', ..._rest): any {\n"
      + "\(body)  return \(value)\n}\n"
  }

  private mutating func statements(depth: Int, indent: String) -> String {
    let outer = names
    defer { names = outer }
    var text = ""
    for _ in 0...number(4) { text += indent + statement(depth, indent) + "\n" }
    return text
  }

  private mutating func block(_ depth: Int, _ indent: String) -> String {
    "{\n" + statements(depth: depth - 1, indent: indent + "  ") + indent + "}"
  }

  private mutating func statement(_ depth: Int, _ indent: String) -> String {
    guard depth > 0 else { return simple() }
    switch number(12) {
    case 0:
      return "if \(expression(.bool, 2)) \(block(depth, indent)) else \(block(depth, indent))"
    case 1, 2: return loop(depth, indent, isParallel: false)
    case 3: return loop(depth, indent, isParallel: true)
    case 4: return countdown(depth, indent)
    case 5:
      return "try \(block(depth, indent)) catch _e { print $_e.kind } finally { print f }"
    case 6: return "try { throw \(expression(.text, 1)) } catch { print caught }"
    default: return simple()
    }
  }

  private mutating func loop(_ depth: Int, _ indent: String, isParallel: Bool) -> String {
    let list = number(2) == 0 ? "0..\(number(4))" : "$(\(operand(.list)) | first 3)"
    let name = newName()
    let saved = (names, firstChangeable, isInLoop)
    defer { (names, firstChangeable, isInLoop) = saved }
    // What the items are is known for a range alone.
    if list.contains("..") { names.append((name, .int, false)) }
    if isParallel { firstChangeable = names.count }
    isInLoop = true
    let flags = isParallel ? pick(["--jobs 2 ", "--jobs 3 --keep-going ", "--keep-going "]) : ""
    return "for \(flags)\(name) in \(list) \(block(depth, indent))"
  }

  private mutating func countdown(_ depth: Int, _ indent: String) -> String {
    let name = newName()
    let saved = isInLoop
    isInLoop = false
    defer { isInLoop = saved }
    // The counter is not among the names, so that nothing in the body sets it.
    return "var \(name) = \(number(4))\n\(indent)while $\(name) > 0 { $\(name) -= 1\n"
      + statements(depth: depth - 1, indent: indent + "  ") + "\(indent)}"
  }

  private mutating func simple() -> String {
    switch number(12) {
    case 0, 1, 2:
      let (kind, isVariable) = (kind(), number(2) == 0)
      let value = expression(kind, 3)
      let name = newName()
      names.append((name, kind, isVariable))
      return "\(isVariable ? "var" : "let") \(name) = \(value)"
    case 3, 4:
      // A text or a list that is doubled in a loop would fill the memory.
      let variables = names.dropFirst(firstChangeable).filter {
        $0.isVariable && $0.kind != .list && $0.kind != .text
      }
      guard !variables.isEmpty else { return "print \(word())" }
      let variable = variables[variables.startIndex + number(variables.count)]
      return "$\(variable.name) = \(expression(variable.kind, 2))"
    case 5: return "ls | where \(condition()) | \(stage()) | count"
    case 6: return "\(operand(.list)) | each { \(pick(["$it", "[$it]", "{a: $it}"])) }"
    case 7 where isInLoop: return "if \(expression(.bool, 1)) { \(pick(["break", "continue"])) }"
    case 8 where !functions.isEmpty:
      return "\(functions[number(functions.count)].name) \(number(5)) --_flag=\(word()) \(word())"
    case 9: return "rename \(word()) \(word()) \(pick(["--wait", "-w", ""]))"
    case 10: return expression(kind(), 2).replacing(/^(?=[a-z])|^(?=-)/, with: "0 == ")
    default:
      return
        "print \(pick(["{d: 1}", "--", word()])) (\(expression(kind(), 2))) ...\(operand(.list))"
    }
  }

  private mutating func condition() -> String {
    pick([
      "name ~ '^a'", "perms == rw and not (vmname == web-01)", "id > \(number(20))",
      "default(snapshot_size, 0B) >= 5GB", "duration != null", "created < ago(30d)",
      "vmname in ['web-01', \(expression(.text, 1))]", "$it.id == .vm_id",
    ])
  }

  private mutating func stage() -> String {
    pick([
      "sort-by created --desc", "select id name", "first 2", "skip", "last 3", "group-by perms",
    ])
  }

  private mutating func word() -> String {
    pick([
      "a", "007", "'b c'", "\"x\\u{41}\"", "a$(1 + 1)b", "\"$(len('abc'))\"", "5GB", "-3", "é",
    ])
  }

  private mutating func operand(_ kind: Kind) -> String {
    if let name = known(kind), number(3) > 0 { return "$\(name)" }
    return "(\(expression(kind, 1)))"
  }

  private mutating func known(_ kind: Kind) -> String? {
    let fitting = names.filter { $0.kind == kind }
    return fitting.isEmpty ? nil : fitting[number(fitting.count)].name
  }

  private mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if depth == 0 || number(4) == 0 {
      if let name = known(kind), number(3) > 0 { return "$\(name)" }
      switch kind {
      case .int: return "\(number(10))"
      case .text: return pick(["'a'", "\"b\\n\"", "''", "\"$(1)\"", "\"é\""])
      case .bool: return "(1 == \(number(3)))"
      case .list: return pick(["[]", "[1, 2]", "['a', null]", "[{a: 1}]", "$(ls)", "range(1, 3)"])
      case .size: return pick(["0B", "5GB", "1.5MiB"])
      case .duration: return pick(["0s", "90s", "7d"])
      }
    }
    let next = depth - 1
    switch kind {
    case .int:
      return pick([
        "(\(expression(.int, next)) \(pick(["+", "-", "*"])) \(expression(.int, next)))",
        "len(\(expression(.list, next)))", "-\(number(9))",
        "default(null, \(expression(.int, next)))", "$(\(expression(.list, next)) | count)",
      ])
    case .text:
      return pick([
        "(\(expression(.text, next)) + \(expression(.text, next)))",
        "upper(\(expression(.text, next)))", "\"<$(\(expression(.int, next)))>\"",
        "type(\(expression(self.kind(), next)))", "join(['a', \(expression(.text, next))], '-')",
      ])
    case .bool:
      return pick([
        "(\(expression(.int, next)) < \(expression(.int, next)))",
        "(\(expression(.bool, next)) and \(expression(.bool, next)))",
        "(not \(expression(.bool, next)))",
        "(\(expression(.text, next)) in \(expression(.list, next)))",
        "(\(expression(.text, next)) ~ 'a')",
        "(\(expression(.duration, next)) >= \(expression(.duration, next)))",
      ])
    case .list:
      return pick([
        "(\(expression(.list, next)) + \(expression(.list, next)))",
        "[...\(operand(.list)), \(expression(self.kind(), next))]",
        "$(ls | where \(condition()))", "split(\(expression(.text, next)), ',')",
      ])
    case .size: return "(\(expression(.size, next)) + \(expression(.size, next)))"
    case .duration: return "(\(expression(.duration, next)) * \(number(5)))"
    }
  }
}
