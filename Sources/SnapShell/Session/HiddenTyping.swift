import CEditline
import Glibc

/// A terminal that doesn't show what is typed ahead while something is redrawn on it: an Enter would
/// move the cursor away from what is to be replaced. What is typed stays for who reads next.
struct HiddenTyping {
  private let before: termios

  /// Nil: stdin is no terminal of this process's, or shows nothing anyhow. Until `end`, `exit` and
  /// fatal signals bring the echo back too.
  init?() {
    var mode = termios()
    guard Self.isOurs, tcgetattr(0, &mode) == 0, mode.c_lflag & tcflag_t(ECHO) != 0 else {
      return nil
    }
    before = mode
    ced_guard_terminal(0, &mode)
    mode.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSANOW, &mode)
  }

  func end() {
    var mode = before
    if Self.isOurs { tcsetattr(0, TCSANOW, &mode) }
    ced_release_terminal()
  }

  /// Who isn't in the foreground would be stopped for changing the mode.
  private static var isOurs: Bool { tcgetpgrp(0) == getpgrp() }
}
