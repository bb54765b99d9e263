/// Puts styled text into rows of a terminal that is `columns` wide.
struct Layouter {
  let columns: Int
  private(set) var rows = [Row()]

  init(columns: Int) { self.columns = max(2, columns) }

  private var last: Int { rows.count - 1 }

  mutating func newline() { rows.append(Row()) }

  mutating func put(_ text: String, styles: [StyledRange] = [], base: Style = .plain) {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      let style = styles.last { $0.range.contains(offset) }?.style ?? base
      put(scalar, style)
    }
  }

  mutating func put(_ scalar: Unicode.Scalar, _ style: Style) {
    switch scalar {
    case "\n": newline()
    case "\t":
      repeat {
        append(" ", 1, style)
      } while rows[last].columns % 8 != 0 && rows[last].columns < columns
    default:
      if let substitute = scalar.substitute {
        var standing = style
        standing.reversed.toggle()
        for mark in substitute.unicodeScalars { append(String(Character(mark)), 1, standing) }
      } else {
        append(String(Character(scalar)), scalar.columns, style)
      }
    }
  }

  private mutating func append(_ text: String, _ width: Int, _ style: Style) {
    if width == 0 {
      guard let end = rows[last].cells.indices.last else { return }
      rows[last].cells[end].text += text
      return
    }
    if rows[last].columns + width > columns { newline() }
    rows[last].cells.append(Cell(text: text, columns: width, style: style))
    rows[last].columns += width
  }

  /// Where a cursor that stands before `next` belongs: not in the column past the last one.
  func cursor(before next: Unicode.Scalar?) -> Position {
    let width =
      switch next {
      case nil, "\n", "\t": 1
      case .some(let scalar): max(1, scalar.substitute?.columns ?? scalar.columns)
      }
    if rows[last].columns + min(width, columns) > columns {
      return Position(row: rows.count, column: 0)
    }
    return Position(row: last, column: rows[last].columns)
  }
}
