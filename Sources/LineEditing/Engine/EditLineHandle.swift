import CEditline
import Glibc

/// A libedit that edits on a pseudo-terminal of its own, where nobody looks: it sees none of the
/// user's terminal, and what it draws is dropped. To be used on one thread only.
final class EditLineHandle {
  let editLine: OpaquePointer
  /// Stays empty: libedit cuts a draft at 1024 characters and a blank off what it recalls. Without
  /// one, `history` in the settings would write to memory that isn't its own.
  private let history: OpaquePointer
  private let primary: Int32
  /// The side of the private terminal that libedit sets modes of.
  let terminal: Int32
  private let input: UnsafeMutablePointer<FILE>
  private let sink: UnsafeMutablePointer<FILE>
  private let bells: UnsafeMutablePointer<Int32>

  /// Nil, with errno, when the system has no pseudo-terminal or no memory left.
  init?(program: String) {
    ced_use_utf8_on_this_thread()
    var primary: Int32 = -1
    var terminal: Int32 = -1
    let size = (Int32(FakeWindow.rows), Int32(FakeWindow.columns))
    guard ced_pty_open(&primary, &terminal, size.0, size.1) == 0 else { return nil }
    let bells = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    bells.initialize(to: 0)
    guard let input = fdopen(terminal, "r"), let sink = ced_sink_open(bells),
      let history = history_winit(),
      let editLine = el_init_fd(program, input, sink, sink, terminal, terminal, terminal)
    else {
      close(primary)
      close(terminal)
      bells.deallocate()
      return nil
    }
    self.primary = primary
    self.terminal = terminal
    self.bells = bells
    self.input = input
    self.sink = sink
    self.history = history
    self.editLine = editLine
    ced_set_history(editLine, history)
    ced_set_terminal(editLine, "xterm")
    ced_set_empty_prompt(editLine)
    ced_ignore_signals(editLine)
  }

  deinit {
    el_end(editLine)
    history_wend(history)
    fclose(input)
    fclose(sink)
    close(primary)
    bells.deallocate()
  }

  /// Whether libedit has rung the bell since the last call.
  func takeBell() -> Bool {
    defer { bells.pointee = 0 }
    return bells.pointee > 0
  }

  var isEditing: Bool { ced_is_editing(editLine) }

  /// Runs a command of editrc(5); false when libedit refuses it.
  @discardableResult
  func run(_ words: [String]) -> Bool {
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let arguments = copies.map { UnsafePointer($0) } + [nil]
    return ced_parse(editLine, Int32(words.count), arguments) == 0
  }

  /// The words of a line by libedit's rules of quoting, nil when a quote isn't closed.
  func words(of line: String) -> [String]? {
    guard let tokenizer = tok_init(nil) else { return nil }
    defer { tok_end(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    guard tok_str(tokenizer, line, &count, &words) == 0, let words else { return nil }
    return (0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } }
  }

  /// The text that ended with a newline, nil when the read ended in another way.
  func readLine() -> String? {
    var count: Int32 = 0
    guard let line = el_wgets(editLine, &count), count > 0 else {
      el_reset(editLine)
      return nil
    }
    let wide = UnsafeBufferPointer(start: line, count: Int(count))
    var text = wide.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{fffd}" }
    if text.last == "\n" { text.removeLast() }
    return String(scalars: text)
  }
}
