extension Compiler {
  mutating func path(_ root: Expression, _ elements: [PathElement], _ span: Span) -> Compiled {
    let owner = expression(root)
    var steps: [(PathStep, PathElement)] = []
    for element in elements {
      switch element.kind {
      case .field(let name): steps.append((.field(name), element))
      case .position(let index): steps.append((.position(index), element))
      case .index(let index): steps.append((.index(expression(index).evaluate), element))
      }
    }
    let evaluate = owner.type.map { resolving(owner.evaluate, $0, span) } ?? owner.evaluate
    if let type = owner.type, type.hasNoParts, let first = elements.first {
      report("a \(type) has no fields", at: first.span)
    }
    return Compiled(evaluate: { frame in
      var value = try evaluate(frame)
      for (step, element) in steps { value = try step.follow(value, element, frame) }
      return value
    })
  }

  /// Code for the row of a slice or a snapshot whose fields are asked for, however it was given.
  private func resolving(_ evaluate: @escaping Evaluate, _ type: ValueType, _ span: Span)
    -> Evaluate
  {
    let target: ValueType
    switch type {
    case .slice, .snapshot: target = type
    case .optional(.slice): target = .slice
    case .optional(.snapshot): target = .snapshot
    default: return evaluate
    }
    return { frame in
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
    let row = variable(row).evaluate
    return Compiled(evaluate: { frame in
      let value = try row(frame)
      guard case .record(let record) = value else {
        throw Failure(.usage, "\(value.kindName) has no column '\(name)'", at: span, item: value)
      }
      if let field = record[name] { return field }
      if isKnown { return .null }
      throw missingField(name, record, span)
    })
  }
}

private func missingField(_ name: String, _ record: Record, _ span: Span) -> Failure {
  Failure(
    .usage, "there is no field '\(name)'",
    help: Suggestions.help(for: name, among: record.names)
      ?? "fields: \(record.names.joined(separator: " "))", at: span)
}

private enum PathStep {
  case field(String)
  case position(Int)
  case index(Evaluate)

  func follow(_ value: Value, _ element: PathElement, _ frame: Frame) throws -> Value {
    if element.isOptional, value.isNull { return .null }
    switch self {
    case .field(let name): return try field(name, of: value, element)
    case .position(let position): return try item(position, of: value, element)
    case .index(let index):
      switch try index(frame) {
      case .int(let position): return try item(position, of: value, element)
      case .string(let name): return try field(name, of: value, element)
      case let other:
        throw Failure(
          .usage, "an index is an int or a string, not \(other.kindName)", at: element.span)
      }
    }
  }

  private func field(_ name: String, of value: Value, _ element: PathElement) throws -> Value {
    guard case .record(let record) = value else {
      throw Failure(
        .usage, "\(value.kindName) has no field '\(name)'",
        help: value.isNull
          ? "allow null: .\(name)?"
          : value.listValue != nil ? "a list has items: .0, or use: … | get \(name)" : nil,
        at: element.span)
    }
    if let field = record[name] { return field }
    if element.isOptional { return .null }
    throw missingField(name, record, element.span)
  }

  /// An item of a list; a negative index counts from the end.
  private func item(_ index: Int, of value: Value, _ element: PathElement) throws -> Value {
    guard case .list(let items) = value else {
      throw Failure(.usage, "\(value.kindName) has no item \(index)", at: element.span)
    }
    let position = index < 0 ? items.count + index : index
    if items.indices.contains(position) { return items[position] }
    if element.isOptional { return .null }
    throw Failure(
      .usage, "there is no item \(index) in a list of \(items.count)",
      help: items.isEmpty ? "the list is empty" : nil, at: element.span)
  }
}

extension ValueType {
  /// Whether a value of this type certainly has neither fields nor items.
  fileprivate var hasNoParts: Bool {
    [.bool, .int, .float, .string, .size, .duration, .datetime].contains(self)
  }
}
