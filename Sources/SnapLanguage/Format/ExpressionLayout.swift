extension LayoutBuilder {
  mutating func expression(_ expression: Expression) -> Layout {
    if let word = word(expression) { return word }
    var ahead = self
    _ = ahead.gap()
    if ahead.byte == Ascii.open, expression.firstPart.map({ ahead.at < $0 }) ?? true {
      return parenthesized(expression)
    }
    switch expression.kind {
    case .literal, .bareword, .column, .text: return leaf(expression)
    case .variable: return variable().layout
    case .path(let root, let elements): return path(root, elements)
    case .substitution(let pipeline): return substitution(pipeline)
    case .unary(.not, let operand):
      return .sequence([take("not"), .space, self.expression(operand)])
    case .unary(.negate, let operand):
      let isDouble = if case .unary(.negate, _) = operand.kind { true } else { false }
      return .sequence(
        [take("-")] + (isDouble ? [.space] : []) + [self.expression(operand)])
    case .binary: return chain(expression)
    case .list(let items):
      return delimited("[", items, "]") { builder, item in
        item.isSpread
          ? .sequence([builder.take("..."), builder.expression(item.1)])
          : builder.expression(item.1)
      }
    case .record(let fields):
      return delimited("{", fields, "}") { builder, field in
        .sequence([
          builder.take(to: field.name.span.range.upperBound), builder.take(":"), .space,
          builder.expression(field.value),
        ])
      }
    case .call(let function, let arguments):
      let name = take(function)
      return .sequence([name, delimited("(", arguments, ")") { $0.expression($1) }])
    }
  }

  /// An unquoted argument, in which `#` begins no comment; nil when it is something else.
  private mutating func word(_ expression: Expression) -> Layout? {
    switch expression.kind {
    case .bareword(let text):
      at = expression.span.range.upperBound
      return .text(text)
    // An interpolated string has its first part after the quote.
    case .text(let parts) where parts.first?.span.range.lowerBound == at:
      return .sequence(parts.map { self.expression($0) })
    default: return nil
    }
  }

  private mutating func parenthesized(_ expression: Expression) -> Layout {
    let open = take("(")
    // Operators indent what follows them themselves.
    let levels = if case .binary = expression.kind { 0 } else { 1 }
    return bracketed { builder in
      let inner = builder.expression(expression)
      return .sequence([open, .indented(inner, levels: levels), builder.take(")")])
    }
  }

  private mutating func substitution(_ pipeline: Pipeline) -> Layout {
    let open = take("$(")
    let around = brackets
    brackets = 1
    defer { brackets = around }
    let comments = comments()
    return .sequence([open] + comments + [self.pipeline(pipeline), take(")")])
  }

  /// `$name`, `${name}`, or `${name` when a path goes on before the brace.
  private mutating func variable() -> (layout: Layout, isOpen: Bool) {
    var ahead = self
    _ = ahead.gap()
    ahead.at += 1
    let isBraced = ahead.byte == Ascii.openBrace
    if isBraced { ahead.at += 1 }
    while Ascii.isNameStart(ahead.byte) || Ascii.isDigit(ahead.byte) { ahead.at += 1 }
    let isOpen = isBraced && ahead.byte != Ascii.closeBrace
    return (take(to: isBraced && !isOpen ? ahead.at + 1 : ahead.at), isOpen)
  }

  private mutating func path(_ root: Expression, _ elements: [PathElement]) -> Layout {
    var parts = comments()
    var isOpen = false
    if case .variable = root.kind, byte == Ascii.dollar {
      let variable = variable()
      parts.append(variable.layout)
      isOpen = variable.isOpen
    } else {
      parts.append(expression(root))
    }
    for element in elements {
      guard case .index(let index) = element.kind else {
        parts.append(take(to: element.span.range.upperBound))
        continue
      }
      parts.append(take("["))
      parts.append(bracketed { .indented($0.expression(index), levels: 1) })
      parts.append(bracketed { $0.take("]") })
      if element.isOptional { parts.append(take("?")) }
    }
    if isOpen { parts.append(take("}")) }
    return .sequence(parts)
  }

  /// Operators of one precedence, without parentheses between them.
  private mutating func chain(_ expression: Expression) -> Layout {
    var steps: [(operation: BinaryOperator, operand: Expression)] = []
    var left = expression
    while case .binary(let operation, let before, let operand) = left.kind,
      steps.isEmpty || operation.binds(like: steps[0].operation) && !left.isParenthesized
    {
      steps.append((operation, operand))
      left = before
    }
    var content = [self.expression(left)]
    var isBroken = content[0].isForced
    var last: Layout.LastOperand?
    let (line, levels) = (breakLine, breakLevels)
    for (index, step) in steps.reversed().enumerated() {
      let comments = comments()
      // `not - x` is something else.
      let isAfterNot =
        if case .column("not", _) = left.kind, step.operation == .subtract { true } else { false }
      var next =
        comments + (isAfterNot ? [] : [.line(line)]) + [takeOperator(step.operation), .space]
      let afterOperator = self.comments()
      next += afterOperator
      let opens = byte == Ascii.openBracket || byte == Ascii.openBrace || looking(at: "$(")
      let operand = self.expression(step.operand)
      isBroken = isBroken || !comments.isEmpty || !afterOperator.isEmpty
      if index == steps.count - 1, opens || step.operand.isCall {
        last = Layout.LastOperand(layout: operand, levels: levels)
      } else {
        next.append(operand)
        isBroken = isBroken || operand.isForced
      }
      content.append(.indented(.sequence(next), levels: levels))
      left = step.operand
    }
    return .group(.sequence(content), last: last, isBroken: isBroken)
  }

  private mutating func takeOperator(_ operation: BinaryOperator) -> Layout {
    operation == .notIn
      ? .sequence([take("not"), .space, take("in")]) : take(operation.rawValue)
  }

  /// Items between brackets: on lines of their own when they were on several, or don't fit on one.
  mutating func delimited<Item>(
    _ open: String, _ items: [Item], _ close: String,
    item build: (inout LayoutBuilder, Item) -> Layout
  ) -> Layout {
    let opening = take(open)
    brackets += 1
    defer { brackets -= 1 }
    var gap = gap()
    var isBroken = !gap.comments.isEmpty || gap.newlines > 0 && !items.isEmpty
    var isForced = false
    var content = gap.layouts(keepsEmptyLines: true, isFirst: true)
    for (index, item) in items.enumerated() {
      let isAtTop = index == 0 && gap.comments.isEmpty
      content.append(
        .line(Layout.Line(isBlank: index > 0, leavesEmptyLine: gap.newlines > 1 && !isAtTop)))
      let layout = build(&self, item)
      isForced = isForced || layout.isForced
      content.append(layout)
      content.append(index < items.count - 1 ? .text(",") : .whenBroken(","))
      gap = self.gap()
      if byte == Ascii.comma {
        at += 1
        gap = gap + self.gap()
      }
      isBroken = isBroken || !gap.isOnOneLine
      content += gap.layouts(keepsEmptyLines: true)
    }
    at += close.utf8.count
    return .group(
      .sequence([
        opening, .indented(.sequence(content), levels: 1), .line(.soft), .text(close),
      ]), last: nil, isBroken: isBroken || items.count > 1 && isForced)
  }
}

extension Expression {
  /// Where its first operand or part begins; nil when it begins with a token of its own.
  fileprivate var firstPart: Int? {
    switch kind {
    case .binary(_, let left, _): left.span.range.lowerBound
    case .path(let root, _): root.span.range.lowerBound
    case .text, .literal, .bareword, .column, .variable, .substitution, .unary, .list, .record,
      .call:
      nil
    }
  }

  fileprivate var isParenthesized: Bool {
    firstPart.map { span.range.lowerBound < $0 } ?? false
  }

  fileprivate var isCall: Bool { if case .call = kind { true } else { false } }
}

extension BinaryOperator {
  /// Whether it has the precedence of `other`.
  fileprivate func binds(like other: BinaryOperator) -> Bool { precedence == other.precedence }

  private var precedence: Int {
    switch self {
    case .or: 0
    case .and: 1
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches,
      .notMatches, .isIn, .notIn:
      2
    case .add, .subtract: 3
    case .multiply, .divide, .floorDivide, .remainder: 4
    }
  }
}
