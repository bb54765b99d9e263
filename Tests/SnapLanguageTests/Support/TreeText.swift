import SnapLanguage

/// A tree as text, without the places where its parts stand: equal for texts that mean the same.
enum TreeText {
  static func of(_ code: Code) -> String {
    "{" + code.statements.map { of($0) }.joined(separator: "; ") + "}"
  }

  private static func of(_ statement: Statement) -> String {
    switch statement.kind {
    case .declaration(let declaration):
      "\(declaration.isMutable ? "var" : "let") \(declaration.name.text)\(of(declaration.type))"
        + " = \(of(declaration.value))"
    case .assignment(let name, let operation, let value):
      "$\(name.text) \(operation.rawValue) \(of(value))"
    case .conditional(let branches, let otherwise):
      branches.map { "if \(of($0.condition)) \(of($0.body))" }.joined(separator: " else ")
        + (otherwise.map { " else \(of($0))" } ?? "")
    case .whileLoop(let condition, let body): "while \(of(condition)) \(of(body))"
    case .forLoop(let loop):
      "for jobs=\(of(loop.jobs)) \(loop.keepsGoing) \(loop.name.text) in \(of(loop.list))"
        + "..\(of(loop.end)) \(of(loop.body))"
    case .function(let function):
      "fn \(function.name)(\(function.parameters.map { of($0) }.joined(separator: ", ")))"
        + "\(of(function.returns)) \(of(function.body)) about=\(function.about)"
    case .attempt(let attempt):
      "try \(of(attempt.body)) catch \(attempt.name?.text ?? "-") "
        + "\(attempt.handler.map { of($0) } ?? "-") \(attempt.finally.map { of($0) } ?? "-")"
    case .use(let use): "use '\(use.path)' as \(use.name ?? "-")"
    case .returning(let value): "return \(of(value))"
    case .throwing(let value): "throw \(of(value))"
    case .breakLoop: "break"
    case .continueLoop: "continue"
    case .pipeline(let pipeline): of(pipeline)
    }
  }

  private static func of(_ parameter: FunctionDeclaration.Parameter) -> String {
    "\(parameter.isRest ? "..." : "")\(parameter.isFlag ? "--" : "")\(parameter.label)"
      + "/\(parameter.name.text)\(of(parameter.type)) = \(of(parameter.defaultValue))"
  }

  private static func of(_ type: ValueType?) -> String { type.map { ": \($0)" } ?? "" }

  private static func of(_ pipeline: Pipeline) -> String {
    "<" + pipeline.stages.map { of($0) }.joined(separator: " | ") + ">"
  }

  private static func of(_ stage: Stage) -> String {
    switch stage.kind {
    case .command(let command): "\(command.name)\(of(command.arguments))"
    case .filter(let condition, _): "where \(of(condition))"
    case .expression(let value): of(value)
    case .program(let words): "!\(of(words))"
    }
  }

  private static func of(_ arguments: [Argument]) -> String {
    arguments.map { argument in
      switch argument.kind {
      case .flag(let name, let attached): " --\(name)=\(of(attached))"
      case .value(let value): " \(of(value))"
      case .block(let code, _): " block\(of(code))"
      case .spread(let list): " ...\(of(list))"
      }
    }.joined()
  }

  private static func of(_ expression: Expression?) -> String {
    guard let expression else { return "-" }
    switch expression.kind {
    case .literal(let value): return "\(value)"
    case .bareword(let text): return "`\(text)`"
    case .text(let parts): return "text(\(parts.map { of($0) }.joined(separator: " ")))"
    case .variable(let name): return "$\(name.text)"
    case .path(let root, let elements):
      return "path(\(of(root))\(elements.map { of($0) }.joined()))"
    case .substitution(let pipeline): return "$(\(of(pipeline)))"
    case .unary(let operation, let operand): return "(\(operation.rawValue) \(of(operand)))"
    case .binary(let operation, let left, let right):
      return "(\(of(left)) \(operation.rawValue) \(of(right)))"
    case .list(let items):
      return "[" + items.map { ($0.isSpread ? "..." : "") + of($0.1) }.joined(separator: ", ") + "]"
    case .record(let fields):
      return "{" + fields.map { "\(of($0.name)): \(of($0.value))" }.joined(separator: ", ") + "}"
    case .call(let function, let arguments):
      return "\(function)(\(arguments.map { of($0) }.joined(separator: ", ")))"
    case .column(let name, _): return ".\(name)"
    }
  }

  private static func of(_ element: PathElement) -> String {
    let optional = element.isOptional ? "?" : ""
    switch element.kind {
    case .field(let name): return ".\(name)\(optional)"
    case .position(let position): return ".\(position)\(optional)"
    case .index(let index): return "[\(of(index))]\(optional)"
    }
  }
}
