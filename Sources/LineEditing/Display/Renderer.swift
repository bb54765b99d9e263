/// Turns the frame on the terminal into the next one with the least bytes.
///
/// It knows no absolute position: rows count from the one where the prompt began. It emits CR, LF,
/// CSI A, C, J, K, m and ?25 h/l only. A full row is never erased to its end, for the cursor then
/// waits on the last column and the character there would go too.
struct Renderer {
  private(set) var shown: Frame?

  mutating func paint(_ frame: Frame, columns: Int) -> String {
    let old = shown ?? Frame(rows: [], cursor: Position(row: 0, column: 0))
    var pen = Pen(row: old.cursor.row)
    for (index, row) in frame.rows.enumerated() {
      let before = index < old.rows.count ? old.rows[index] : nil
      if before == row { continue }
      pen.go(to: index)
      pen.write(row, over: before, columns: columns)
    }
    if old.rows.count > frame.rows.count {
      pen.go(to: frame.rows.count)
      pen.bytes += "\r\u{1b}[J"
    }
    let changed = !pen.bytes.isEmpty
    if changed || frame.cursor != old.cursor || shown == nil {
      pen.go(to: frame.cursor.row)
      pen.column(frame.cursor.column)
    }
    shown = frame
    return changed ? "\u{1b}[?25l" + pen.bytes + "\u{1b}[?25h" : pen.bytes
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

/// The bytes so far and the row that they leave the cursor in.
private struct Pen {
  var row: Int
  var bytes = ""

  /// Down by line feeds, which scroll at the bottom of the terminal where CSI B would stop.
  mutating func go(to target: Int) {
    if target < row { bytes += "\u{1b}[\(row - target)A" }
    if target > row { bytes += String(repeating: "\n", count: target - row) }
    row = target
  }

  mutating func column(_ column: Int) {
    bytes += column == 0 ? "\r" : "\r\u{1b}[\(column)C"
  }

  mutating func write(_ row: Row, over before: Row?, columns: Int) {
    var same = 0
    var start = 0
    if let before {
      for (new, old) in zip(row.cells, before.cells) {
        guard new == old else { break }
        same += 1
        start += new.columns
      }
    }
    column(start)
    var style = Style.plain
    for cell in row.cells[same...] {
      if cell.style != style {
        bytes += cell.style.selection
        style = cell.style
      }
      bytes += cell.text
    }
    if style != .plain { bytes += Style.plain.selection }
    if row.columns < columns, before?.columns ?? columns > row.columns { bytes += "\u{1b}[K" }
  }
}
