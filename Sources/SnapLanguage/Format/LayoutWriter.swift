/// Layout to text of at most `width` columns, where that can be.
struct LayoutWriter {
  static let width = 100
  static let indentation = 2

  struct Element {
    var layout: Layout
    /// In columns.
    var indent: Int
    /// Whether its lines are not broken.
    var isFlat: Bool
  }

  /// What is written before the next text.
  enum Pending {
    case nothing, space
    case newline(joins: Bool, leavesEmptyLine: Bool)
  }

  private var text = ""
  private(set) var column = 0
  private(set) var pending = Pending.nothing
  /// What is still to be written, the next one last.
  private(set) var stack: [Element] = []

  static func text(of layout: Layout) -> String {
    var writer = LayoutWriter()
    writer.stack = [Element(layout: layout, indent: 0, isFlat: false)]
    while let element = writer.stack.popLast() { writer.write(element) }
    return writer.text.isEmpty ? "" : writer.text + "\n"
  }

  private mutating func write(_ element: Element) {
    switch element.layout {
    case .text(let text): put(text, indent: element.indent)
    case .space: requestSpace()
    case .line(let line):
      if !element.isFlat {
        requestNewline(joins: line.joins, leavesEmptyLine: line.leavesEmptyLine)
      } else if line.isBlank {
        requestSpace()
      }
    case .comment(let text, let isOwnLine, let followsEmptyLine):
      if isOwnLine { requestNewline(leavesEmptyLine: followsEmptyLine) } else { requestSpace() }
      put(text, indent: element.indent)
      requestNewline()
    case .whenBroken(let text): if !element.isFlat { put(text, indent: element.indent) }
    case .sequence(let parts): for part in parts.reversed() { push(part, like: element) }
    case .indented(let inner, let levels): push(inner, like: element, levels: levels)
    case .group(let inner, let last, let isBroken):
      writeGroup(inner, last, isBroken: isBroken, element)
    case .fill(let items, let line, let levels): writeFill(items, line, levels, element)
    case .body(let inner):
      requestNewline()
      push(.line(.blank), like: element, isFlat: false)
      push(inner, like: element, levels: 1, isFlat: false)
    }
  }

  private mutating func push(
    _ layout: Layout, like element: Element, levels: Int = 0, isFlat: Bool? = nil
  ) {
    stack.append(
      Element(
        layout: layout, indent: element.indent + levels * Self.indentation,
        isFlat: isFlat ?? element.isFlat))
  }

  private mutating func writeGroup(
    _ inner: Layout, _ last: Layout.LastOperand?, isBroken: Bool, _ element: Element
  ) {
    let isInFlat = element.isFlat && !isBroken
    let fits =
      isInFlat || (!isBroken && fits(inner, last?.layout, from: start(element), element.indent))
    if let last {
      push(last.layout, like: element, levels: fits ? 0 : last.levels, isFlat: isInFlat)
    }
    push(inner, like: element, isFlat: fits)
  }

  private mutating func writeFill(
    _ items: ArraySlice<Layout.FillItem>, _ line: Layout.Line, _ levels: Int, _ element: Element
  ) {
    guard let item = items.first else { return }
    let rest = items.dropFirst()
    if !rest.isEmpty { push(.fill(rest, line: line, levels: levels), like: element) }
    let next = element.indent + levels * Self.indentation
    if element.isFlat {
      requestSpace()
      push(item.layout, like: element)
    } else if case .newline = pending {
      push(item.layout, like: element, levels: levels)
    } else if item.sticks {
      requestSpace()
      push(item.layout, like: element)
    } else if fits(item.layout, nil, from: start(element) + 1, element.indent) {
      requestSpace()
      push(item.layout, like: element, isFlat: true)
    } else if !item.layout.isBreakable || fits(item.layout, nil, from: next, next) {
      requestNewline(joins: line.joins)
      push(item.layout, like: element, levels: levels, isFlat: true)
    } else {
      requestSpace()
      push(item.layout, like: element)
    }
  }

  /// The column at which the next text would begin.
  private func start(_ element: Element) -> Int {
    switch pending {
    case .nothing: column
    case .space: column + 1
    case .newline: element.indent
    }
  }

  private mutating func requestSpace() {
    if case .nothing = pending, !text.isEmpty { pending = .space }
  }

  private mutating func requestNewline(joins: Bool = false, leavesEmptyLine: Bool = false) {
    guard !text.isEmpty else { return }
    if case .newline(let joined, let leaves) = pending {
      pending = .newline(
        joins: joins && joined, leavesEmptyLine: leavesEmptyLine || leaves)
    } else {
      pending = .newline(joins: joins, leavesEmptyLine: leavesEmptyLine)
    }
  }

  private mutating func put(_ piece: String, indent: Int) {
    switch pending {
    case .nothing: break
    case .space:
      text += " "
      column += 1
    case .newline(let joins, let leavesEmptyLine):
      text += (joins ? " \\\n" : "\n") + (leavesEmptyLine ? "\n" : "")
      text += String(repeating: " ", count: indent)
      column = indent
    }
    pending = .nothing
    text += piece
    column = TextExtent(piece).end(from: column)
  }
}
