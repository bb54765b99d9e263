extension LayoutBuilder {
  mutating func pipeline(_ pipeline: Pipeline) -> Layout {
    var parts = [stage(pipeline.stages[0])]
    var isBroken = false
    for stage in pipeline.stages.dropFirst() {
      var gap = gap()
      at += 1
      gap = gap + self.gap()
      isBroken = isBroken || !gap.isOnOneLine
      let next =
        gap.layouts(keepsEmptyLines: false) + [.line(.blank), .text("| "), self.stage(stage)]
      parts.append(.indented(.sequence(next), levels: 1))
    }
    return parts.count == 1
      ? parts[0] : .group(.sequence(parts), last: nil, isBroken: isBroken)
  }

  private mutating func stage(_ stage: Stage) -> Layout {
    switch stage.kind {
    case .command(let command):
      return .sequence([
        take(to: command.nameSpan.range.upperBound), arguments(command.arguments[...]),
      ])
    case .filter(let condition, _):
      return .sequence([take("where"), .space, expression(condition)])
    case .expression(let value): return expression(value)
    case .program(let words):
      return .sequence([take("!"), argument(words[0]), arguments(words.dropFirst())])
    }
  }

  private mutating func arguments(_ arguments: ArraySlice<Argument>) -> Layout {
    var items: [Layout.FillItem] = []
    var rest = arguments
    while let argument = rest.popFirst() {
      var parts = comments()
      if at < argument.span.range.lowerBound {
        // `--`, which the tree doesn't have.
        items.append(Layout.FillItem(layout: .joined(parts + [take("--")])))
        parts = comments()
      }
      parts.append(self.argument(argument))
      // A flag and what may be its value stay together.
      if case .flag(_, nil) = argument.kind, let next = rest.first, case .value = next.kind {
        let comments = comments()
        if at == next.span.range.lowerBound {
          rest.removeFirst()
          parts += comments + [.space, self.argument(next)]
        } else {
          parts += comments
        }
      }
      let isBlock = if case .block = argument.kind { true } else { false }
      items.append(Layout.FillItem(layout: .joined(parts), isBlock: isBlock))
    }
    if isAtEndOfFlags {
      items.append(Layout.FillItem(layout: take("--")))
    }
    return .fill(items[...], line: breakLine, levels: breakLevels)
  }

  /// Whether a `--` comes after the last argument.
  private var isAtEndOfFlags: Bool {
    var ahead = Scanner(source)
    ahead.at = at
    ahead.skipBlanks(newlines: brackets > 0)
    return ahead.looking(at: "--")
  }

  private mutating func argument(_ argument: Argument) -> Layout {
    switch argument.kind {
    case .flag(_, nil): return take(to: argument.span.range.upperBound)
    case .flag(_, let attached?):
      return .sequence([take(to: attached.span.range.lowerBound), expression(attached)])
    case .value(let value): return expression(value)
    case .block(let code, _):
      return blocks { $0.block(code, into: &$1, isArgument: true) }
    case .spread(let list): return .sequence([take("..."), expression(list)])
    }
  }
}
