import CEditline
import Glibc

/// A program that runs on a pseudo-terminal of its own, its keyboard and its screen.
///
/// Nothing here sleeps: every wait reads what the program writes until a condition holds, for at most
/// five seconds times `SNAPSH_TEST_PATIENCE`.
package final class Terminal {
  package private(set) var screen: Screen
  /// All bytes that the program has written.
  package private(set) var output: [UInt8] = []
  package let process: Int32
  private let descriptor: Int32
  private var status: Int32?

  /// The program gets `TERM`, `LANG`, `PATH` and `HOME` (a folder that doesn't exist), and
  /// `environment` over them; nothing of the test's own environment.
  package init(
    program: String, arguments: [String] = [], environment: [String: String] = [:],
    rows: Int = 24, columns: Int = 80
  ) throws(TerminalError) {
    var complete = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
    ]
    complete.merge(environment) { $1 }
    let child = try PseudoTerminalChild(
      program: program, arguments: arguments, environment: complete, rows: rows,
      columns: columns)
    process = child.process
    descriptor = child.descriptor
    screen = Screen(rows: rows, columns: columns)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(descriptor)
  }

  /// Types `text`; `\r` is Enter, `\u{3}` Ctrl-C, `\u{1b}[A` the up arrow.
  package func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else { pump(milliseconds: 10) }
    }
  }

  package func resize(rows: Int, columns: Int) {
    while pump(milliseconds: 0) {}
    screen.resize(rows: rows, columns: columns)
    ced_pty_resize(descriptor, Int32(rows), Int32(columns))
  }

  package func signal(_ number: Int32) { kill(process, number) }

  /// Whether the terminal itself edits lines (termios ICANON), as it does when nobody changed it.
  package var isCanonical: Bool {
    var mode = termios()
    return tcgetattr(descriptor, &mode) == 0 && mode.c_lflag & tcflag_t(ICANON) != 0
  }

  /// Ends the terminal's side, as when its window is closed.
  package func hangUp() { signal(SIGHUP) }

  /// Reads until `condition` holds of the screen; throws what was on it when patience ends.
  package func wait(
    until condition: (Screen) -> Bool, _ what: String = "the screen", line: Int = #line
  ) throws(TerminalError) {
    let limit = Deadline()
    while !condition(screen) {
      if limit.isOver { throw .timedOut(waitingFor: what, line: line, screen: screen.text) }
      pump(milliseconds: 20)
    }
  }

  package func wait(for text: String, line: Int = #line) throws(TerminalError) {
    try wait(until: { $0.contains(text) }, "\"\(text)\"", line: line)
  }

  /// The exit code, or 128 and the signal that ended the program.
  package func waitForExit(line: Int = #line) throws(TerminalError) -> Int32 {
    let limit = Deadline()
    while status == nil {
      var now: Int32 = 0
      if waitpid(process, &now, WNOHANG) == process {
        status = now
      } else if limit.isOver {
        throw .timedOut(waitingFor: "the program's end", line: line, screen: screen.text)
      } else {
        pump(milliseconds: 10)
      }
    }
    while pump(milliseconds: 0) {}
    let ended = status ?? 0
    return ended & 0x7f == 0 ? (ended >> 8) & 0xff : 128 + (ended & 0x7f)
  }

  /// Reads what has been written, waiting at most `milliseconds` for it; false when nothing came.
  @discardableResult
  package func pump(milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else {
      // All of the program's side is closed: poll no longer waits.
      if milliseconds > 0 { poll(nil, 0, milliseconds) }
      return false
    }
    output += bytes[..<count]
    screen.feed(bytes[..<count])
    return true
  }
}
