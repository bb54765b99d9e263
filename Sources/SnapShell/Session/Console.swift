import CEditline
import Glibc
import SnapLanguage
import SnapOutput
import Synchronization

/// The descriptors that a person or a program reads: stdout for data, stderr for all else.
package final class Console: Sendable {
  package let isColored: Bool
  let isQuiet: Bool
  let outIsTerminal: Bool
  let errorIsTerminal: Bool
  private let status = Mutex<String>("")

  package init(color: Settings.Color, isQuiet: Bool, environment: [String: String]) {
    outIsTerminal = isatty(1) == 1
    errorIsTerminal = isatty(2) == 1
    self.isQuiet = isQuiet
    let allowed = environment["NO_COLOR"].map(\.isEmpty) ?? true && environment["TERM"] != "dumb"
    isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: allowed && errorIsTerminal
      }
  }

  /// The columns of a terminal; nil when `descriptor` is none.
  func width(of descriptor: Int32) -> Int? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard isatty(descriptor) == 1, ced_window_size(descriptor, &rows, &columns) == 0, columns > 0
    else { return nil }
    return Int(columns)
  }

  func style(_ format: OutputFormat, for descriptor: Int32 = 1) -> OutputStyle {
    OutputStyle(
      format: format, isColored: isColored && isatty(descriptor) == 1, width: width(of: descriptor),
      isTerminal: isatty(descriptor) == 1, now: Clock.microseconds())
  }

  /// - Throws: `OutputClosed` when nobody reads any more, `Failure` when the disk is full.
  func data(_ text: String) throws {
    clearStatus()
    try write(text, to: 1)
  }

  /// A line on stderr that is left out with `--quiet`.
  func note(_ text: String) { if !isQuiet { line(text) } }

  func line(_ text: String) {
    clearStatus()
    // Nobody can be told when stderr is gone.
    try? write(TerminalText.escaped(text, keepsLines: true) + "\n", to: 2)
  }

  func error(_ message: String, help: String? = nil) {
    report(Failure(.unknown, message, help: help))
  }

  func report(_ failure: Failure) {
    block(DiagnosticWriter(isColored: isColored).text(for: failure))
  }

  func report(_ diagnostics: [Diagnostic]) {
    let writer = DiagnosticWriter(isColored: isColored)
    block(diagnostics.map(writer.text(for:)).joined(separator: "\n"))
  }

  /// Text that has been escaped and coloured, with its line's end.
  func block(_ text: String) {
    clearStatus()
    try? write(text.hasSuffix("\n") ? text : text + "\n", to: 2)
  }

  /// A question, whose answer stands on the same line.
  func prompt(_ text: String) {
    clearStatus()
    try? write(TerminalText.escaped(text), to: 2)
  }

  /// A line that the next output replaces; on a terminal alone.
  func progress(_ line: ProgressLine) {
    guard errorIsTerminal, !isQuiet, let width = width(of: 2) else { return }
    let text = line.text(width: width - 1)
    status.withLock { $0 = text }
    try? write("\r\u{1B}[K\(text)", to: 2)
  }

  func clearStatus() {
    let had = status.withLock { status in
      defer { status = "" }
      return !status.isEmpty
    }
    if had { try? write("\r\u{1B}[K", to: 2) }
  }

  private func write(_ text: String, to descriptor: Int32) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(descriptor, start, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno == EPIPE {
          throw OutputClosed()
        } else if errno == EAGAIN {
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&wait, 1, -1)
        } else if errno != EINTR {
          throw Failure(.unknown, "can't write the output: \(String(cString: strerror(errno)))")
        }
      }
    }
  }
}

/// The reader of stdout has gone, as `head` does; not an error.
struct OutputClosed: Error {}
