/// What the editor has to show, apart from the terminal that it is shown on.
struct EditorView {
  var prompt: Prompt
  var text: [Unicode.Scalar]
  var cursor: Int
  var styles: [StyledRange] = []
  /// Follows the text, dim; not part of it.
  var suggestion: [Unicode.Scalar] = []
  /// Stands below the input.
  var menu: [MenuLine] = []

  /// The rows for a terminal of this size. An input that is taller than the terminal shows the part
  /// around the cursor; a menu gets the rows that the input leaves.
  func frame(rows height: Int, columns: Int) -> Frame {
    var layouter = Layouter(columns: columns)
    layouter.put(prompt.text, styles: prompt.styles)
    var cursorPosition: Position?
    let stylePerScalar = expandedStyles()
    for (offset, scalar) in text.enumerated() {
      if offset == cursor { cursorPosition = layouter.cursor(before: scalar) }
      put(scalar, stylePerScalar[offset], into: &layouter)
    }
    let position = cursorPosition ?? layouter.cursor(before: suggestion.first)
    for scalar in suggestion { put(scalar, .dim, into: &layouter) }
    var rows = layouter.rows
    if position.row >= rows.count { rows.append(Row()) }

    if rows.count > height {
      let top = min(max(0, position.row - height + 1), rows.count - height)
      return Frame(
        rows: Array(rows[top..<(top + height)]),
        cursor: Position(row: position.row - top, column: position.column))
    }
    for line in menu.prefix(height - rows.count) { rows.append(line.row(columns: columns)) }
    return Frame(rows: rows, cursor: position)
  }

  private func put(_ scalar: Unicode.Scalar, _ style: Style, into layouter: inout Layouter) {
    layouter.put(scalar, style)
    if scalar == "\n" { layouter.put(prompt.continuation, base: prompt.continuationStyle) }
  }

  private func expandedStyles() -> [Style] {
    var expanded = [Style](repeating: .plain, count: text.count)
    for styled in styles {
      for offset in styled.range.clamped(to: 0..<text.count) { expanded[offset] = styled.style }
    }
    return expanded
  }
}

/// One line below the input; what doesn't fit in a row is cut.
struct MenuLine: Equatable {
  var text: String
  var styles: [StyledRange] = []

  func row(columns: Int) -> Row {
    var layouter = Layouter(columns: columns)
    layouter.put(text, styles: styles)
    return layouter.rows[0]
  }
}
