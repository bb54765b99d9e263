extension LayoutBuilder {
  /// A statement with blocks: all of them stand on one line, or none does.
  mutating func blocks(
    _ build: (inout LayoutBuilder, inout [Layout]) -> Bool
  ) -> Layout {
    var parts: [Layout] = []
    let isBroken = build(&self, &parts)
    return .group(.sequence(parts), last: nil, isBroken: isBroken)
  }

  /// Appends `{ … }`, and tells whether it can't stand on one line: when it didn't, or holds more
  /// than one short statement.
  mutating func block(
    _ code: Code, into parts: inout [Layout], isArgument: Bool = false
  ) -> Bool {
    parts.append(take("{"))
    let around = brackets
    brackets = 0
    defer { brackets = around }
    var gap = gap(separators: true)
    let startsOnLine = gap.isOnOneLine
    // Without its ';' the argument would be a record, or could be taken for one.
    let keepsSeparator =
      isArgument && gap.hasSeparator && (code.statements.isEmpty || Ascii.isQuoting(byte))
    var head: [Layout] = []
    if let comment = gap.comments.first, comment.newlines == 0 {
      head.append(.comment(comment.text, isOwnLine: false, followsEmptyLine: false))
      gap.comments.removeFirst()
    }
    var (lines, end) = statements(code.statements, after: gap, isFirst: true)
    at += 1
    if keepsSeparator { lines = [.text(";"), .line(.blank)] + lines }
    if code.statements.isEmpty, head.isEmpty, end.comments.isEmpty {
      parts.append(.text(keepsSeparator ? " ; }" : "}"))
      return false
    }
    let content = Layout.sequence(lines)
    guard startsOnLine, end.isOnOneLine, code.statements.count == 1, !content.spansLines,
      !keepsSeparator
    else {
      parts += head + [.body(content), .text("}")]
      return true
    }
    parts += [
      .indented(.sequence([.line(.blank), content]), levels: 1), .line(.blank), .text("}"),
    ]
    return false
  }
}
