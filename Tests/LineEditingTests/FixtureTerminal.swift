import TerminalKit

/// The fixture on a terminal, at its first prompt.
func startFixture(
  _ arguments: [String] = [], environment: [String: String] = [:], rows: Int = 24,
  columns: Int = 80
) throws -> Terminal {
  let terminal = try Terminal(
    program: BuiltProgram("LineEditingFixture").path, arguments: arguments,
    environment: environment, rows: rows, columns: columns)
  try terminal.waitForPrompt()
  return terminal
}

extension Terminal {
  func waitForPrompt(line: Int = #line) throws {
    try wait(until: { $0.currentLine == ">" && $0.column == 2 }, "an empty prompt", line: line)
  }

  /// Types a line of one row, and waits for the prompt after it: until then the terminal is in its
  /// normal mode, in which Ctrl-C and others mean something else.
  func enter(_ text: String, line: Int = #line) throws {
    send(text + "\r")
    try wait(
      until: { $0.transcript.hasSuffix("line <\(text)>\n>") }, "the prompt after \"\(text)\"",
      line: line)
  }

  /// Waits until the line with the cursor is this one.
  func wait(line text: String, _ line: Int = #line) throws {
    try wait(until: { $0.currentLine == text }, "the line \"\(text)\"", line: line)
  }

  func wait(column: Int, line: Int = #line) throws {
    try wait(until: { $0.column == column }, "the cursor in column \(column)", line: line)
  }
}

enum Key {
  static let up = "\u{1b}[A"
  static let down = "\u{1b}[B"
  static let right = "\u{1b}[C"
  static let left = "\u{1b}[D"
  static let home = "\u{1b}[H"
  static let end = "\u{1b}[F"
  static let delete = "\u{1b}[3~"
  static let backspace = "\u{7f}"
  static let enter = "\r"

  static func control(_ letter: Character) -> String {
    letter.asciiValue.map { String(Unicode.Scalar($0 & 0x1f)) } ?? ""
  }

  static func paste(_ text: String) -> String { "\u{1b}[200~\(text)\u{1b}[201~" }
}
