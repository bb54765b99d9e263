extension Compiler {
  mutating func path(_ root: Expression, _ elements: [PathElement], _ span: Span) -> Compiled {
    let owner = expression(root)
    let node = owner.type.map { resolving(owner.node, $0, span) } ?? owner.node
    if let type = owner.type, type.hasNoParts, let first = elements.first {
      report("\(type.article) has no fields", at: first.span)
    }
    var steps: [PathStep] = []
    for element in elements {
      let (isOptional, span) = (element.isOptional, element.span)
      switch element.kind {
      case .field(let name):
        steps.append(.field(FieldSite(name, isOptional: isOptional, span: span)))
      case .position(let index):
        steps.append(.item(.constant(.int(index)), isOptional: isOptional, span))
      case .index(let index):
        steps.append(.item(expression(index).node, isOptional: isOptional, span))
      }
    }
    return Compiled(node: .path(node, steps))
  }

  /// Code for the row of a slice or a snapshot whose fields are asked for, however it was given.
  private mutating func resolving(_ node: Node, _ type: ValueType, _ span: Span) -> Node {
    let target: ValueType
    switch type {
    case .slice, .snapshot: target = type
    case .optional(.slice): target = .slice
    case .optional(.snapshot): target = .snapshot
    default: return node
    }
    let evaluate = evaluation(of: node)
    return .closure { frame in
      let value = try evaluate(frame)
      switch value {
      case .int, .string: return try located(span) { try frame.host.resolved(value, as: target) }
      default: return value
      }
    }
  }

  /// A column of the row that `where` looks at. A documented column that the row lacks is null.
  mutating func column(_ name: String, row: Name, _ span: Span) -> Compiled {
    if let known = rowColumns, !known.contains(name) {
      report(
        "unknown column '\(name)'", at: span,
        help: Suggestions.help(for: name, among: known)
          ?? "columns: \(known.joined(separator: " "))")
    }
    let isKnown = rowColumns?.contains(name) ?? false
    let site = FieldSite(name, column: isKnown ? .isNull : .isError, span: span)
    return Compiled(node: .path(variable(row, span).node, [.field(site)]), type: rowTypes[name])
  }
}

extension ValueType {
  /// Whether a value of this type certainly has neither fields nor items.
  fileprivate var hasNoParts: Bool {
    [.bool, .int, .float, .string, .size, .duration, .datetime].contains(self)
  }
}
