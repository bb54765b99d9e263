/// A bar of ASCII, so that every font has it.
enum ProgressBar {
  /// `[=====>    ]`, `width` columns wide.
  static func text(percent: Int, width: Int) -> String {
    let inner = max(1, width - 2)
    let filled = inner * max(0, min(100, percent)) / 100
    let head = percent > 0 && filled < inner ? ">" : ""
    let line = String(repeating: "=", count: filled) + head
    return "[" + TerminalText.padded(line, to: inner) + "]"
  }
}
