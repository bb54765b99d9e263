/// The place on the terminal where the input is, from the prompt to the last row below it.
struct TerminalDisplay {
  let output: TerminalOutput
  private var renderer = Renderer()
  private(set) var size: (rows: Int, columns: Int)

  init(output: TerminalOutput) {
    self.output = output
    size = output.size
  }

  /// Goes to the start of a row, below output whose last line has no newline: the mark and blanks
  /// wrap to the next row only if the cursor isn't in the first column.
  mutating func begin(usesStyles: Bool) {
    size = output.size
    renderer.forget()
    let mark = usesStyles ? Style.reversed.selection + "%" + Style.plain.selection : "%"
    let blanks = String(repeating: " ", count: size.columns - 1)
    output.write(mark + blanks + "\r\u{1b}[K" + Self.bracketedPaste(true))
  }

  mutating func paint(_ view: EditorView, bell: Bool) {
    let frame = view.frame(rows: size.rows, columns: size.columns)
    let bytes = renderer.paint(frame, columns: size.columns) + (bell ? "\u{7}" : "")
    if !bytes.isEmpty { output.write(bytes) }
  }

  /// Leaves the input on the terminal, `mark` after it, and goes to the next line.
  mutating func finish(_ view: EditorView, mark: String) {
    let frame = view.frame(rows: size.rows, columns: size.columns)
    output.write(
      renderer.paint(frame, columns: size.columns) + mark + renderer.finish()
        + Self.bracketedPaste(false))
  }

  mutating func abandon() {
    renderer.forget()
    output.write(Self.bracketedPaste(false))
  }

  /// Gives the terminal to another program, from where the prompt began; `begin` takes it back.
  mutating func yield() { output.write(renderer.erase() + Self.bracketedPaste(false)) }

  mutating func printAbove(_ messages: [String]) {
    output.write(renderer.erase() + messages.map { $0 + "\n" }.joined())
  }

  mutating func clear() {
    renderer.forget()
    output.write("\u{1b}[H\u{1b}[2J")
  }

  mutating func resize() {
    size = output.size
    output.write(renderer.eraseWrapped(columns: size.columns))
  }

  /// After the process was stopped and continued: the cursor may be anywhere.
  mutating func resume() {
    renderer.forget()
    size = output.size
    output.write("\r\u{1b}[J" + Self.bracketedPaste(true))
  }

  /// DEC private mode 2004 of xterm and its kin; others ignore it.
  private static func bracketedPaste(_ on: Bool) -> String { "\u{1b}[?2004" + (on ? "h" : "l") }
}
