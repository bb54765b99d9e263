import SnapLanguage

/// What the columns of rows are called.
struct RowShape {
  var columns: [String]
  /// The types of columns, where they are known.
  var types: [String: ValueType] = [:]
  /// Columns that hold rows themselves, as those of `group-by` do.
  var members: [String: [RowShape]] = [:]
}

/// Finds out which columns values have, by the signatures of the commands that they come from.
struct RowShapes {
  let signatures: [Signature]
  let bindings: [CursorContext.Binding]
  /// What is known of the session's variables.
  let fields: (String) -> VariableFields?

  private enum Known {
    case rows(RowShape)
    case row(RowShape)

    var shape: RowShape {
      switch self {
      case .rows(let shape), .row(let shape): shape
      }
    }
  }

  /// The rows that come out of the stages; nil when nothing is known of them.
  func rows(of stages: [Stage]) -> RowShape? { rows(of: stages, bindings[...]) }

  /// The fields of one value; nil when it is no row, or nothing is known of it.
  func row(of expression: Expression) -> RowShape? {
    guard case .row(let shape) = known(expression, bindings[...]) else { return nil }
    return shape
  }

  /// The fields of the variable that is bound at `index`.
  func row(of index: Int) -> RowShape? {
    guard case .row(let shape) = known(bindings[index].origin, bindings[..<index]) else {
      return nil
    }
    return shape
  }

  private typealias Visible = ArraySlice<CursorContext.Binding>

  private func rows(of stages: [Stage], _ visible: Visible) -> RowShape? {
    var shape: RowShape?
    for stage in stages {
      switch stage.kind {
      case .expression(let expression): shape = known(expression, visible)?.shape
      case .filter: break
      case .program: shape = nil
      case .command(let command): shape = rows(of: command, from: shape)
      }
    }
    return shape
  }

  private func rows(of command: Command, from input: RowShape?) -> RowShape? {
    let words = command.arguments.compactMap { argument in
      if case .value(let value) = argument.kind, case .bareword(let text) = value.kind {
        return text
      }
      return nil
    }
    if command.name == "group-by" {
      guard let column = words.first else { return nil }
      return RowShape(
        columns: [column, "rows"], types: input?.types.filter { $0.key == column } ?? [:],
        members: ["rows": input.map { [$0] } ?? []])
    }
    let signature = signature(command.name)
    switch signature?.columns {
    case .fixed(let columns):
      return RowShape(columns: columns, types: signature?.columnTypes ?? [:])
    case .sameAsInput: return input
    case .arguments:
      return RowShape(
        columns: words, types: input?.types.filter { words.contains($0.key) } ?? [:],
        members: input?.members.filter { words.contains($0.key) } ?? [:])
    case .unknown, nil: return nil
    }
  }

  private func signature(_ name: String) -> Signature? {
    signatures.first { $0.name == name || $0.aliases.contains(name) }
  }

  private func known(_ expression: Expression, _ visible: Visible) -> Known? {
    switch expression.kind {
    case .variable(let name):
      guard let index = visible.lastIndex(where: { $0.name == name.text }) else {
        return fields(name.text).map { fields in
          let shape = RowShape(columns: fields.names)
          return fields.areOfRows ? .rows(shape) : .row(shape)
        }
      }
      return known(visible[index].origin, visible[..<index])
    case .record(let fields):
      return .row(
        RowShape(
          columns: fields.compactMap { field in
            switch field.name.kind {
            case .literal(.string(let name)), .bareword(let name): name
            default: nil
            }
          }))
    case .list(let items):
      guard let first = items.first, !first.isSpread else { return nil }
      return known(first.1, visible).map { .rows($0.shape) }
    case .substitution(let pipeline): return rows(of: pipeline.stages, visible).map { .rows($0) }
    case .path(let root, let elements):
      return elements.reduce(known(root, visible)) { owner, element in
        owner.flatMap { part(element, of: $0) }
      }
    default: return nil
    }
  }

  private func part(_ element: PathElement, of value: Known) -> Known? {
    switch (value, element.kind) {
    case (.rows(let shape), .position), (.rows(let shape), .index): .row(shape)
    case (.row(let shape), .field(let name)): shape.members[name]?.first.map { .rows($0) }
    default: nil
    }
  }

  private func known(_ origin: CursorContext.Binding.Origin, _ visible: Visible) -> Known? {
    switch origin {
    case .value(let expression): return known(expression, visible)
    case .item(let list): return known(list, visible).map { .row($0.shape) }
    case .row(let stages): return rows(of: stages, visible).map { .row($0) }
    case .parameter(let type): return type.flatMap(known)
    case .failure:
      return .row(RowShape(columns: ["kind", "message", "item", "status", "value", "at"]))
    }
  }

  private func known(_ type: ValueType) -> Known? {
    switch type {
    case .snapshot: fixed("ls").map { .row($0) }
    case .slice: fixed("slices").map { .row($0) }
    case .optional(let type): known(type)
    case .list(let type): known(type).map { .rows($0.shape) }
    default: nil
    }
  }

  private func fixed(_ command: String) -> RowShape? {
    guard let signature = signature(command), case .fixed(let columns) = signature.columns else {
      return nil
    }
    return RowShape(columns: columns, types: signature.columnTypes)
  }
}
