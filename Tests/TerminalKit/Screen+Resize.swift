extension Screen {
  /// Wraps the lines anew, as VTE, kitty, tmux and others do; the cursor stays on its character.
  package mutating func resize(rows newRows: Int, columns newColumns: Int) {
    let used = (grid.lastIndex { !Self.text(of: $0).isEmpty } ?? 0)
    var cursor = (row: 0, column: 0)
    var wrapped: [Line] = []
    var logical: [Cell] = []
    var cursorOffset: Int?
    for (index, line) in grid[...max(used, row)].enumerated() {
      if index == row { cursorOffset = logical.count + column }
      logical += line.cells
      if line.wraps { continue }
      while logical.last == Cell(), logical.count > (cursorOffset ?? 0) { logical.removeLast() }
      let start = wrapped.count
      wrapped += Self.split(logical, columns: newColumns)
      if let offset = cursorOffset {
        let last = wrapped.count - 1
        cursor = (min(last, start + offset / newColumns), offset % newColumns)
      }
      logical = []
      cursorOffset = nil
    }
    let above = max(0, max(cursor.row + 1, min(wrapped.count, newRows)) - newRows)
    scrollback += wrapped[..<above].map { Self.text(of: $0) }
    grid = Array(wrapped[above...].prefix(newRows))
    rows = newRows
    columns = newColumns
    while grid.count < rows { grid.append(blankLine) }
    row = cursor.row - above
    column = min(cursor.column, columns - 1)
    wrapPending = false
  }

  private static func split(_ cells: [Cell], columns: Int) -> [Line] {
    var lines: [Line] = []
    var rest = cells[...]
    repeat {
      var part = Array(rest.prefix(columns))
      rest = rest.dropFirst(columns)
      let missing = columns - part.count
      part += Array(repeating: Cell(), count: missing)
      lines.append(Line(cells: part, wraps: !rest.isEmpty))
    } while !rest.isEmpty
    return lines
  }
}
