/// Tree to layout.
///
/// It goes through the source along the tree, which tells what comes next. The tokens are taken
/// from the source, and with them what the tree doesn't have: comments, parentheses and line ends.
struct LayoutBuilder {
  let source: SourceText
  var at = 0
  /// Open brackets around the position; inside any, newlines are blanks.
  var brackets = 0

  init(_ source: SourceText) { self.source = source }

  var byte: UInt8 { at < source.bytes.count ? source.bytes[at] : 0 }

  func looking(at text: String) -> Bool { source.bytes[at...].starts(with: text.utf8) }

  /// The comments before the next token, each where it stands.
  mutating func comments() -> [Layout] { gap().layouts(keepsEmptyLines: false) }

  /// The next token, which is `text`.
  mutating func take(_ text: String) -> Layout {
    let comments = comments()
    at += text.utf8.count
    return .joined(comments + [.text(text)])
  }

  /// The source from the next token to `end`, as it stands.
  mutating func take(to end: Int) -> Layout {
    let comments = comments()
    let start = at
    at = end
    return .joined(comments + [.text(source.text(start..<end))])
  }

  /// The next token, letters of a name.
  mutating func takeIdentifier() -> Layout {
    var ahead = self
    _ = ahead.gap()
    while Ascii.isNameStart(ahead.byte) || Ascii.isDigit(ahead.byte) { ahead.at += 1 }
    return take(to: ahead.at)
  }

  /// What `build` gives for brackets that have been opened.
  mutating func bracketed(_ build: (inout LayoutBuilder) -> Layout) -> Layout {
    brackets += 1
    defer { brackets -= 1 }
    return build(&self)
  }

  /// Where a statement can go on in the next line.
  var breakLine: Layout.Line { Layout.Line(joins: brackets == 0) }

  /// How far what goes on there is indented: further where a block could follow at the same place.
  var breakLevels: Int { brackets == 0 ? 2 : 1 }

  mutating func script(_ code: Code) -> Layout {
    let (lines, _) = statements(code.statements, after: gap(separators: true), isFirst: true)
    return .sequence(lines)
  }

  /// Statements on lines of their own, with the comments around them, and the gap at their end.
  mutating func statements(
    _ statements: [Statement], after gap: Gap, isFirst: Bool
  ) -> (lines: [Layout], end: Gap) {
    var gap = gap
    var isFirst = isFirst
    var lines: [Layout] = []
    for (index, statement) in statements.enumerated() {
      lines += gap.layouts(keepsEmptyLines: true, isFirst: isFirst)
      if index > 0 || !isFirst || !gap.comments.isEmpty {
        let isTop = isFirst && gap.comments.isEmpty
        lines.append(.line(Layout.Line(leavesEmptyLine: gap.newlines > 1 && !isTop)))
      }
      lines.append(self.statement(statement))
      isFirst = false
      gap = self.gap(separators: true)
    }
    lines += gap.layouts(keepsEmptyLines: true, isFirst: isFirst)
    return (lines, gap)
  }
}

extension Layout {
  static func joined(_ parts: [Layout]) -> Layout {
    parts.count == 1 ? parts[0] : .sequence(parts)
  }
}
