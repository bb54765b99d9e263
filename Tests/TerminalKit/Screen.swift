/// What a terminal shows: an interpreter of the few control sequences that the shell may send.
///
/// Anything else lands in `unknown`, which a test expects to be empty. As today's terminals do, a
/// change of the width wraps lines anew.
package struct Screen: Sendable {
  package struct Cell: Sendable, Equatable {
    package var text = " "
    /// The parameters of the last SGR sequence, without a leading reset; "" for plain.
    package var rendition = ""
    /// The second column of a wide character.
    var isFiller = false
  }

  struct Line: Sendable {
    var cells: [Cell]
    /// Goes on in the next line: it was too long for one.
    var wraps = false
  }

  package internal(set) var rows: Int
  package internal(set) var columns: Int
  package internal(set) var row = 0
  package internal(set) var column = 0
  package internal(set) var bells = 0
  /// DEC private modes that are set.
  package internal(set) var modes: Set<Int> = [25]
  package internal(set) var unknown: [String] = []
  /// Lines that have left the screen at its top.
  package internal(set) var scrollback: [String] = []

  var grid: [Line]
  var wrapPending = false
  var rendition = ""
  var undecoded: [UInt8] = []

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    grid = []
    grid = Array(repeating: blankLine, count: rows)
  }

  var blankLine: Line { Line(cells: Array(repeating: Cell(), count: columns)) }

  /// The rows without blanks at their ends.
  package var lines: [String] { grid.map { Self.text(of: $0) } }

  /// The rows down to the last that isn't empty, between newlines.
  package var text: String {
    var lines = lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// All that was shown since the start, what scrolled away too.
  package var transcript: String { (scrollback + [text]).joined(separator: "\n") }

  package func contains(_ text: String) -> Bool { transcript.contains(text) }

  package var currentLine: String { lines[row] }

  package func cell(row: Int, column: Int) -> Cell { grid[row].cells[column] }

  static func text(of line: Line) -> String {
    var text = line.cells.filter { !$0.isFiller }.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  mutating func lineFeed() {
    wrapPending = false
    guard row == rows - 1 else { return row += 1 }
    scrollback.append(Self.text(of: grid.removeFirst()))
    grid.append(blankLine)
  }

  mutating func put(_ scalar: Unicode.Scalar, width: Int) {
    guard width > 0 else { return join(scalar) }
    if wrapPending || column + width > columns {
      grid[row].wraps = true
      column = 0
      lineFeed()
    }
    grid[row].cells[column] = Cell(text: String(Character(scalar)), rendition: rendition)
    if width == 2 {
      grid[row].cells[column + 1] = Cell(text: "", rendition: rendition, isFiller: true)
    }
    column += width
    guard column >= columns else { return }
    column = columns - 1
    wrapPending = true
  }

  /// A combining mark joins the character before it.
  private mutating func join(_ scalar: Unicode.Scalar) {
    var target = wrapPending ? column : column - 1
    if target > 0, grid[row].cells[target].isFiller { target -= 1 }
    if target >= 0 { grid[row].cells[target].text.unicodeScalars.append(scalar) }
  }

  mutating func erase(row: Int, columns erased: Range<Int>) {
    for column in erased.clamped(to: 0..<columns) { grid[row].cells[column] = Cell() }
    if erased.upperBound >= columns { grid[row].wraps = false }
  }
}
