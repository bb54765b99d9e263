/// A variable as the compiler knows it.
struct Variable {
  /// The number of its declaration in its tree; nil for what no text of this tree declares.
  var id: Int?
  var slot: Int
  var isGlobal: Bool
  var isMutable: Bool
  var type: ValueType?
  var span: Span
  /// The number of parallel loops around its declaration.
  var parallelDepth: Int
  /// Whether `catch` binds it.
  var isCaught = false
}

/// The names of a script's or a session's top level, kept from line to line at a prompt.
package final class GlobalScope {
  var variables: [String: Variable] = [:]
  var slotCount = 0
  package internal(set) var functions: [String: UserFunction] = [:]

  package init() {}

  /// The variables as a further text sees them: what they hold may be used or not.
  func beginText() { for name in variables.keys { variables[name]?.id = nil } }

  /// The names of the variables, for completion.
  package var variableNames: [String] { variables.keys.sorted() }

  /// Declares a variable from outside a script, such as `$args`, and says where it lives.
  func declare(_ name: String, type: ValueType?, span: Span) -> Int {
    defer { slotCount += 1 }
    variables[name] = Variable(
      slot: slotCount, isGlobal: true, isMutable: false, type: type, span: span, parallelDepth: 0)
    return slotCount
  }
}

/// The nested scopes of one function, or of the top level.
struct Scopes {
  private var levels: [[String: Variable]] = [[:]]
  /// The slots of a function's frame; those of the script's own are counted by `GlobalScope`.
  var slotCount: Int
  let isTopLevel: Bool

  init(isTopLevel: Bool) {
    self.isTopLevel = isTopLevel
    slotCount = isTopLevel ? 0 : 1
  }

  /// Whether a declaration here belongs to the script's own variables.
  var isGlobalLevel: Bool { isTopLevel && levels.count == 1 }

  mutating func open() { levels.append([:]) }

  mutating func close() { levels.removeLast() }

  mutating func add(_ name: String, _ variable: Variable) {
    levels[levels.count - 1][name] = variable
  }

  func find(_ name: String) -> Variable? {
    for level in levels.reversed() { if let variable = level[name] { return variable } }
    return nil
  }

  func declaredHere(_ name: String) -> Variable? { levels[levels.count - 1][name] }

  var names: [String] { levels.flatMap(\.keys) }
}
