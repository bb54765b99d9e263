extension LayoutWriter {
  private enum Mode {
    case flat
    /// Lines end where they may.
    case broken
    /// It may break, and then what stands before it has fitted.
    case undecided
  }

  private struct Measured {
    var layout: Layout
    var indent: Int
    var mode: Mode
  }

  /// Whether `layout` fits on one line from `column` on, with what follows up to where that may
  /// break. Whether that does break then is of no influence: else a second run, in which it is
  /// already broken, could decide otherwise.
  func fits(_ layout: Layout, _ last: Layout?, from column: Int, _ indent: Int) -> Bool {
    var column = column
    var hasSpace = false
    var rest = stack.count
    var measured: [Measured] = []
    if let last { measured.append(Measured(layout: last, indent: indent, mode: .undecided)) }
    measured.append(Measured(layout: layout, indent: indent, mode: .flat))
    while true {
      let next: Measured
      if let own = measured.popLast() {
        next = own
      } else if rest > 0 {
        rest -= 1
        let element = stack[rest]
        next = Measured(
          layout: element.layout, indent: element.indent,
          mode: element.isFlat ? .flat : .undecided)
      } else {
        return true
      }
      func add(_ layout: Layout, levels: Int = 0, mode: Mode? = nil) {
        measured.append(
          Measured(
            layout: layout, indent: next.indent + levels * Self.indentation,
            mode: mode ?? next.mode))
      }
      func add(text: String) -> Bool {
        let extent = TextExtent(text)
        if hasSpace { column += 1 }
        hasSpace = false
        if column + extent.first > Self.width { return false }
        column = extent.end(from: column)
        return column <= Self.width
      }
      func endLine() {
        column = next.indent
        hasSpace = false
      }
      switch (next.layout, next.mode) {
      case (.text(let text), _): if !add(text: text) { return false }
      case (.space, _): hasSpace = true
      case (.line, .undecided), (.comment, .undecided), (.body, .undecided): return true
      case (.line(let line), .flat): hasSpace = hasSpace || line.isBlank
      case (.line, .broken), (.comment, _), (.body, _): endLine()
      case (.whenBroken(let text), .broken): if !add(text: text) { return false }
      case (.whenBroken, _): break
      case (.sequence(let parts), _): for part in parts.reversed() { add(part) }
      case (.indented(let inner, let levels), _): add(inner, levels: levels)
      case (.group(let inner, let last, let isBroken), let mode):
        let mode = mode == .undecided ? mode : isBroken ? .broken : .flat
        if let last { add(last.layout, mode: mode == .broken ? .flat : mode) }
        add(inner, mode: mode)
      case (.fill(let items, _, _), let mode):
        let mode = mode == .undecided ? mode : .flat
        // What may stand on the next line is of no interest.
        let end = mode == .undecided ? items.firstIndex { !$0.isBlock } : nil
        for item in items[...(end ?? items.endIndex - 1)].reversed() {
          add(item.layout, mode: mode)
          add(item.isBlock ? .space : .line(.blank), mode: mode)
        }
      }
    }
  }
}

/// The columns that a text takes, which may have several lines.
struct TextExtent {
  /// Of its first line.
  let first: Int
  /// Of its last line, when there are several.
  private let last: Int?

  init(_ text: String) {
    guard text.utf8.contains(Ascii.newline) else {
      (first, last) = (text.count, nil)
      return
    }
    let lines = text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    (first, last) = (lines[0].count, lines[lines.count - 1].count)
  }

  /// The column after it when it begins at `column`.
  func end(from column: Int) -> Int { last ?? column + first }
}
