/// Text with the places where it may be broken into lines.
indirect enum Layout {
  /// As it stands in the source, where a string may hold line ends.
  case text(String)
  /// A blank that is left out at the end of a line.
  case space
  case line(Line)
  /// It lasts to the end of its line. One that is not on its own line follows what stands before it.
  case comment(String, isOwnLine: Bool, followsEmptyLine: Bool)
  /// Text for the case that the group around it is broken.
  case whenBroken(String)
  case sequence([Layout])
  case indented(Layout, levels: Int)
  /// Stands on one line if it fits there and isn't broken from the beginning.
  case group(Layout, last: LastOperand?, isBroken: Bool)
  /// Each on the line if it fits there, else on the next.
  case fill(ArraySlice<FillItem>, line: Line, levels: Int)
  /// Lines of their own between two braces.
  case body(Layout)

  /// The end of a line when the group around it is broken.
  struct Line {
    /// What stands there otherwise.
    var isBlank = true
    /// Whether only `\` lets the statement go on.
    var joins = false
    var leavesEmptyLine = false

    static let blank = Line()
    static let soft = Line(isBlank: false)
  }

  /// What may break at the end of a group while the group stands on one line, such as the list in
  /// `$x in […]`.
  struct LastOperand {
    var layout: Layout
    /// Its indentation when the group is broken.
    var levels: Int
  }

  struct FillItem {
    var layout: Layout
    /// Whether it is a block, whose brace stays on the line.
    var isBlock = false

    /// Whether it stays on the line even if it doesn't fit.
    var sticks: Bool { isBlock || layout.isForced }
  }

  /// Whether it can't stand on one line.
  var isForced: Bool {
    switch self {
    case .text, .space, .line, .whenBroken: false
    case .comment, .body: true
    case .sequence(let parts): parts.contains(where: \.isForced)
    case .indented(let inner, _): inner.isForced
    case .group(let inner, let last, let isBroken):
      isBroken || inner.isForced || last?.layout.isForced ?? false
    case .fill(let items, _, _): items.contains { $0.layout.isForced }
    }
  }

  /// Whether it takes several lines, be it only for a string that does.
  var spansLines: Bool {
    switch self {
    case .text(let text): text.utf8.contains(Ascii.newline)
    case .space, .line, .whenBroken: false
    case .comment, .body: true
    case .sequence(let parts): parts.contains(where: \.spansLines)
    case .indented(let inner, _): inner.spansLines
    case .group(let inner, let last, let isBroken):
      isBroken || inner.spansLines || last?.layout.spansLines ?? false
    case .fill(let items, _, _): items.contains { $0.layout.spansLines }
    }
  }

  /// Whether it can take fewer columns by being broken.
  var isBreakable: Bool {
    switch self {
    case .text, .space, .line, .comment, .whenBroken: false
    case .group, .fill, .body: true
    case .sequence(let parts): parts.contains(where: \.isBreakable)
    case .indented(let inner, _): inner.isBreakable
    }
  }
}
