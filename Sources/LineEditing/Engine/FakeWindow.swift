/// The size of the window that libedit believes in.
///
/// libedit 3.1 writes outside its display arrays when the input is taller than its window or the
/// window shrinks, so its window is huge, never changes, and nothing taller is inserted.
enum FakeWindow {
  static let rows = 2048
  static let columns = 256

  /// Rows that libedit's display of `text` needs at most; what it can't print it shows as `\U+1F4A9`.
  static func rows(for text: some Sequence<Unicode.Scalar>) -> Int {
    var rows = 1
    var column = 0
    for scalar in text {
      if scalar == "\n" {
        rows += 1
        column = 0
        continue
      }
      column += scalar.value < 0x20 || scalar.value > 0x7e ? 8 : 1
      if column >= columns {
        rows += 1
        column = 0
      }
    }
    return rows
  }

  static func fits(_ text: [Unicode.Scalar], inserting added: [Unicode.Scalar]) -> Bool {
    if text.count + added.count < 200 { return true }
    return rows(for: text) + rows(for: added) < rows - 8
  }

  /// Whether a key of libedit's own, such as a yank, may still double the text.
  static func mayGrow(_ text: [Unicode.Scalar]) -> Bool {
    text.count < 1000 || rows(for: text) < rows / 2 - 8
  }
}
