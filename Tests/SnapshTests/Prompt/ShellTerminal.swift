import Foundation
import TerminalKit

enum Key {
  static let enter = "\r"
  static let controlC = "\u{3}"
  static let controlD = "\u{4}"
  static let controlR = "\u{12}"
  static let up = "\u{1b}[A"
}

/// The shell at a terminal, after its first prompt.
struct ShellTerminal {
  let terminal: Terminal
  let prompt: String

  init(
    _ sandbox: Sandbox, _ arguments: [String] = [], environment: [String: String] = [:],
    prompt: String = "local> ", rows: Int = 24, columns: Int = 100
  ) throws {
    self.prompt = prompt
    terminal = try Terminal(
      program: Sandbox.program, arguments: arguments,
      environment: sandbox.environment.merging(environment) { $1 }, rows: rows, columns: columns)
    try waitForPrompt()
  }

  var screen: Screen { terminal.screen }

  /// Waits for a prompt with nothing behind it.
  func waitForPrompt(line: Int = #line) throws {
    let column = prompt.count
    let text = String(prompt.dropLast())
    try terminal.wait(
      until: { $0.currentLine == text && $0.column == column }, "the prompt", line: line)
  }

  func type(_ text: String) { terminal.send(text) }

  /// Runs a line to the next prompt, and gives what was shown between them.
  @discardableResult
  func run(_ text: String, line: Int = #line) throws -> String {
    let before = screen.transcript.count
    terminal.send(text + Key.enter)
    let count = occurrences(of: prompt.dropLast(), in: screen.transcript)
    try terminal.wait(
      until: { [prompt] in
        $0.currentLine == prompt.dropLast() && $0.column == prompt.count
          && occurrences(of: prompt.dropLast(), in: $0.transcript) > count
      }, "the prompt after '\(text)'", line: line)
    return String(screen.transcript.dropFirst(before))
  }

  func wait(for text: String, line: Int = #line) throws {
    try terminal.wait(for: text, line: line)
  }

  func leave(line: Int = #line) throws -> Int32 {
    terminal.send(Key.controlD)
    return try terminal.waitForExit(line: line)
  }
}

extension Screen {
  /// The line up to the cursor, without blanks at its end: what is suggested there is left out.
  var typed: String {
    var text = (0..<column).map { cell(row: row, column: $0).text }.joined()
    while text.last == " " { text.removeLast() }
    return text
  }
}

private func occurrences(of part: some StringProtocol, in text: String) -> Int {
  text.components(separatedBy: part).count - 1
}
