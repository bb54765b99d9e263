import CEditline
import Glibc
import SnapCommands
import SnapLanguage
import SnapOutput

/// The other screen of a terminal, on which a result is redrawn in place.
struct LiveScreen {
  private let console: Console
  private var saved = termios()

  /// Nil: there is no terminal to draw on and to read keys from.
  init?(_ console: Console) {
    guard console.outIsTerminal, console.size(of: 1) != nil, tcgetattr(0, &saved) == 0 else {
      return nil
    }
    self.console = console
  }

  /// Returns after `q`, Ctrl-C or the end of the terminal.
  ///
  /// - Throws: the failure of the first read, after which there is nothing to show.
  func show(_ source: WatchedSource, every pause: Int) throws {
    var frame = WatchFrame(text: source.code.text, every: pause)
    let cancellation = source.host.cancellation
    let services = source.services
    enter()
    defer { leave() }
    while true {
      do {
        frame.take(try source.read(), at: Clock.microseconds())
      } catch let failure as Failure {
        // A cancelled read may look like a failed one.
        if cancellation.isCancelled { return }
        guard frame.hasResult else { throw failure }
        frame.failure = failure.message
      } catch is Cancelled { return }
      let end = Clock.microseconds() + pause
      repeat {
        if let size = console.size(of: 1) {
          var style = console.style(services.output)
          style.now = Clock.microseconds()
          try console.data(frame.drawing(rows: size.rows, columns: size.columns, style))
        }
        if isLeft(within: min(250, max(1, (end - Clock.microseconds()) / 1000))) { return }
        if cancellation.isCancelled { return }
      } while Clock.microseconds() < end
    }
  }

  /// Whether `q` was typed, or the keyboard is gone.
  private func isLeft(within milliseconds: Int) -> Bool {
    var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(milliseconds)) > 0 else { return false }
    var byte: UInt8 = 0
    let count = read(0, &byte, 1)
    return count == 0 || count == 1 && (byte | 0x20) == UInt8(ascii: "q")
  }

  /// Keys come one by one and unseen; Ctrl-C stays a signal, which ends a read too.
  private func enter() {
    var (mode, before) = (saved, saved)
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(0, TCSADRAIN, &mode)
    ced_guard_terminal(0, &before)
    try? console.data("\u{1B}[?1049h\u{1B}[?25l\u{1B}[H\u{1B}[2J")
  }

  private func leave() {
    try? console.data("\u{1B}[?25h\u{1B}[?1049l")
    var mode = saved
    tcsetattr(0, TCSAFLUSH, &mode)
    ced_release_terminal()
  }
}
