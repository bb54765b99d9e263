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
  /// Whether what was written can be replaced on the terminal that stderr is.
  let canRedraw: Bool
  /// The widths of the lines that the next output replaces; held while anything is written.
  private let passing = Mutex<[Int]>([])
  /// The long work that is shown in passing.
  let board = ProgressBoard()
  private let attendedTime = Mutex(Duration.zero)

  package init(color: Settings.Color, isQuiet: Bool, environment: [String: String]) {
    outIsTerminal = isatty(1) == 1
    errorIsTerminal = isatty(2) == 1
    self.isQuiet = isQuiet
    let isDumb = environment["TERM"] == "dumb" || environment["TERM"] == nil
    canRedraw = errorIsTerminal && !isDumb && !isQuiet
    let allowed = environment["NO_COLOR"].map(\.isEmpty) ?? true && !isDumb
    isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: allowed && errorIsTerminal
      }
  }

  /// The columns of a terminal; nil when `descriptor` is none.
  func width(of descriptor: Int32) -> Int? { size(of: descriptor)?.columns }

  /// The size of a terminal; nil when `descriptor` is none.
  func size(of descriptor: Int32) -> (rows: Int, columns: Int)? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard isatty(descriptor) == 1, ced_window_size(descriptor, &rows, &columns) == 0 else {
      return nil
    }
    return (Int(rows), Int(columns))
  }

  func style(_ format: OutputFormat, for descriptor: Int32 = 1) -> OutputStyle {
    OutputStyle(
      format: format, isColored: isColored && isatty(descriptor) == 1, width: width(of: descriptor),
      isTerminal: isatty(descriptor) == 1, now: Clock.microseconds())
  }

  /// - Throws: `OutputClosed` when nobody reads any more, `Failure` when the disk is full.
  func data(_ text: String) throws { try write(text, to: 1) }

  /// Runs what a person is busy with, such as a question or a pager; it is no work of ours, and nothing
  /// is drawn meanwhile.
  func attended<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    defer {
      let took = ContinuousClock.now - start
      attendedTime.withLock { $0 += took }
    }
    return try board.paused(body)
  }

  /// The time that a person was busy since this was last asked.
  func takeAttendedTime() -> Duration {
    attendedTime.withLock { time in
      defer { time = .zero }
      return time
    }
  }

  /// Codes that a terminal obeys, such as the bell; nothing where there is none.
  func signal(_ codes: String) {
    if errorIsTerminal { try? write(codes, to: 2) }
  }

  /// A line on stderr that is left out with `--quiet`.
  func note(_ text: String) { if !isQuiet { line(text) } }

  func line(_ text: String) {
    // Nobody can be told when stderr is gone.
    try? write(TerminalText.escaped(text, keepsLines: true) + "\n", to: 2)
  }

  func error(_ message: String, help: String? = nil) {
    report(Failure(.unknown, message, help: help))
  }

  private var writer: DiagnosticWriter {
    DiagnosticWriter(isColored: isColored, columns: width(of: 2))
  }

  func report(_ failure: Failure) {
    block(writer.text(for: failure))
  }

  func report(_ diagnostics: [Diagnostic]) {
    block(diagnostics.map(writer.text(for:)).joined(separator: "\n"))
  }

  /// Text that has been escaped and coloured, with its line's end.
  func block(_ text: String) {
    try? write(text.hasSuffix("\n") ? text : text + "\n", to: 2)
  }

  /// A question, whose answer stands on the same line.
  func prompt(_ text: String) {
    try? write(TerminalText.escaped(text), to: 2)
  }

  /// Lines that the next output replaces; on a terminal alone.
  func passing(_ lines: (_ width: Int, _ rows: Int) -> [String]) {
    guard canRedraw, let size = size(of: 2) else { return }
    let lines = lines(max(1, size.columns - 1), size.rows)
    passing.withLock { passing in
      // At the start of the last line, what is typed ahead doesn't wrap to another one.
      let text =
        Self.erasing(passing, columns: size.columns) + lines.joined(separator: "\r\n")
        + (lines.isEmpty ? "" : "\r")
      passing = lines.map(TerminalText.visibleWidth)
      try? Self.write(text, to: 2)
    }
  }

  func clearPassing() { passing { _, _ in [] } }

  /// What erases lines of these widths, of which the last is the cursor's. A terminal that has become
  /// narrower shows a line on several rows.
  private static func erasing(_ widths: [Int], columns: Int) -> String {
    guard !widths.isEmpty else { return "" }
    let rows = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\u{1B}[J"
  }

  private func write(_ text: String, to descriptor: Int32) throws {
    try passing.withLock { passing in
      if !passing.isEmpty {
        try? Self.write(Self.erasing(passing, columns: width(of: 2) ?? 80), to: 2)
        passing = []
      }
      try Self.write(text, to: descriptor)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) throws {
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
