/// Turns the frame on the terminal into the next one by writing what has changed and nothing else.
///
/// It knows no absolute position: rows count from the one where the prompt began. It emits CR, LF,
/// CSI A, C, J, K, m and ?25 h/l only. A full row is never erased to its end, for the cursor then
/// waits on the last column and the character there would go too.
struct Renderer {
  private(set) var shown: Frame?

  mutating func paint(_ frame: Frame, columns: Int) -> String {
    let old = shown ?? Frame(rows: [], cursor: Position(row: 0, column: 0))
    var pen = Pen(row: old.cursor.row, column: shown?.cursor.column, width: columns)
    for (index, row) in frame.rows.enumerated() {
      let before = index < old.rows.count ? old.rows[index] : nil
      if before != row { pen.write(row, over: before, at: index) }
    }
    if old.rows.count > frame.rows.count {
      pen.go(to: Position(row: frame.rows.count, column: 0))
      pen.bytes += "\u{1b}[J"
    }
    pen.go(to: frame.cursor)
    shown = frame
    // The cursor would be seen to jump.
    return pen.jumps > 1 ? "\u{1b}[?25l" + pen.bytes + "\u{1b}[?25h" : pen.bytes
  }

  /// Erases the frame and leaves the cursor where it began.
  mutating func erase() -> String {
    guard let frame = shown else { return "" }
    shown = nil
    return up(frame.cursor.row) + "\r\u{1b}[J"
  }

  /// Erases a frame that the terminal has wrapped anew for `columns`.
  mutating func eraseWrapped(columns: Int) -> String {
    guard let frame = shown else { return "" }
    shown = nil
    let width = max(1, columns)
    let above = frame.rows.prefix(frame.cursor.row)
      .reduce(0) { $0 + max(1, ($1.columns + width - 1) / width) }
    return up(above + frame.cursor.column / width) + "\r\u{1b}[J"
  }

  /// Leaves the frame on the terminal and goes to the line after it.
  mutating func finish() -> String {
    guard let frame = shown else { return "" }
    shown = nil
    return String(repeating: "\n", count: frame.rows.count - 1 - frame.cursor.row) + "\r\n"
  }

  /// Forgets the frame: something else has cleared the terminal.
  mutating func forget() { shown = nil }

  private func up(_ rows: Int) -> String { rows > 0 ? "\u{1b}[\(rows)A" : "" }
}

/// The bytes so far and the place that they leave the cursor at.
private struct Pen {
  var row: Int
  /// Nil where terminals differ: behind the last column.
  var column: Int?
  let width: Int
  var bytes = ""
  private(set) var jumps = 0

  init(row: Int, column: Int?, width: Int) {
    self.row = row
    self.column = column
    self.width = width
  }

  /// Down by line feeds, which scroll at the bottom of the terminal where CSI B would stop, and which
  /// the terminal's mode makes into CR and LF.
  mutating func go(to target: Position) {
    if target.row == row, target.column == column { return }
    jumps += 1
    if target.row < row {
      bytes += "\u{1b}[\(row - target.row)A"
      column = nil
    }
    if target.row > row {
      bytes += String(repeating: "\n", count: target.row - row)
      column = 0
    }
    row = target.row
    if column.map({ $0 > target.column }) ?? true {
      bytes += "\r"
      column = 0
    }
    let distance = target.column - (column ?? 0)
    if distance > 0 { bytes += distance == 1 ? "\u{1b}[C" : "\u{1b}[\(distance)C" }
    column = target.column
  }

  /// A cell stays when the same one began in the same column before.
  mutating func write(_ row: Row, over before: Row?, at index: Int) {
    var standing: [Int: Cell] = [:]
    var start = 0
    for cell in before?.cells ?? [] {
      standing[start] = cell
      start += cell.columns
    }
    var style = Style.plain
    start = 0
    for cell in row.cells {
      if standing[start] != cell {
        go(to: Position(row: index, column: start))
        if cell.style != style {
          bytes += cell.style.selection
          style = cell.style
        }
        bytes += cell.text
        column = start + cell.columns < width ? start + cell.columns : nil
      }
      start += cell.columns
    }
    if style != .plain { bytes += Style.plain.selection }
    guard row.columns < width, before?.columns ?? width > row.columns else { return }
    go(to: Position(row: index, column: row.columns))
    bytes += "\u{1b}[K"
  }
}
