import SnapLanguage

/// A table for people: a header, then one line a row, two blanks between columns.
///
/// The first rows are awaited to fix the widths; later ones are cut to them. Values that are no
/// records are lines without a header.
struct TableRows: RowWriter {
  private let style: OutputStyle
  private let preferred: [String]?
  private let measuredRows: Int
  private var waiting: [Value] = []
  private var plan: Plan?
  private(set) var hiddenColumns: [String] = []

  init(style: OutputStyle, columns: [String]?, measuredRows: Int) {
    self.style = style
    preferred = columns
    self.measuredRows = max(1, measuredRows)
  }

  /// What is fixed once the first rows are known.
  private enum Plan {
    case lines
    case table([Column], widths: [Int], isRight: [Bool])
  }

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    if let plan { return try writeRows(rows, plan, to: out) }
    waiting += rows
    if waiting.count >= measuredRows { try begin(to: out) }
  }

  mutating func finish(to out: TextSink) throws {
    if plan == nil, !waiting.isEmpty { try begin(to: out) }
  }

  func writeSole(_ value: Value, to out: TextSink) throws {
    switch value {
    case .null: return
    case .string(let text):
      let shown = style.isTerminal ? TerminalText.escaped(text, keepsLines: true) : text
      try out(shown.hasSuffix("\n") ? shown : shown + "\n")
    case .record(let record):
      let text = Card(record, style: style).text
      if !text.isEmpty { try out(text) }
    case .block: throw EncodeError.block
    default: try out(TerminalText.escaped(value.words) + "\n")
    }
  }

  private mutating func begin(to out: TextSink) throws {
    let rows = waiting
    waiting = []
    guard rows.contains(where: { $0.recordValue != nil }) else {
      plan = .lines
      return try writeRows(rows, .lines, to: out)
    }
    let isWide = style.format == .wide
    let columns = Columns.choose(for: rows, preferred: preferred, isWide: isWide)
    let cells = rows.map { row in columns.map { Cell(row, column: $0, now: style.now) } }
    let titles = columns.map { Cell($0.title, tone: .strong) }
    let isRight = columns.indices.map { position in
      cells.contains { $0[position].isNumber }
        && cells.allSatisfy { $0[position].isNumber || $0[position].text == Cell.none.text }
    }
    let wishes = columns.indices.map { position in
      TableLayout.Wish(
        natural: cells.reduce(titles[position].width) { max($0, $1[position].width) },
        column: columns[position],
        mayBeCut: !cells.contains { $0[position].isWhole })
    }
    let layout = TableLayout(wishes, width: isWide ? nil : style.width)
    hiddenColumns = columns.indices.filter { !layout.shown.contains($0) }.map {
      columns[$0].fields[0]
    }
    let shownRight = layout.shown.map { isRight[$0] }
    plan = .table(layout.shown.map { columns[$0] }, widths: layout.widths, isRight: shownRight)
    var text = ""
    for row in [titles] + cells {
      text += line(layout.shown.map { row[$0] }, layout.widths, shownRight)
    }
    try out(text)
  }

  private func writeRows(_ rows: [Value], _ plan: Plan, to out: TextSink) throws {
    var text = ""
    for row in rows {
      switch plan {
      case .lines: text += lineText(row) + "\n"
      case .table(let columns, let widths, let isRight):
        text += line(columns.map { Cell(row, column: $0, now: style.now) }, widths, isRight)
      }
    }
    if !text.isEmpty { try out(text) }
  }

  private func lineText(_ row: Value) -> String {
    let text = TerminalText.escaped(row.words)
    guard let width = style.width, style.format == .table else { return text }
    return TerminalText.truncated(text, to: width)
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ isRight: [Bool]) -> String {
    let isFitted = style.width != nil && style.format == .table
    var line = ""
    for (position, cell) in cells.enumerated() {
      let width = widths[position]
      let isCut = isFitted && cell.width > width
      let text = isCut ? TerminalText.truncated(cell.text, to: width) : cell.text
      let used = isCut ? TerminalText.width(text) : cell.width
      let blanks = String(repeating: " ", count: max(0, width - used))
      let isLast = position == cells.count - 1
      if position > 0 { line += "  " }
      if isRight[position] { line += blanks }
      line += cell.tone.apply(to: text, isColored: style.isColored)
      if !isRight[position], !isLast { line += blanks }
    }
    return line + "\n"
  }
}
