import CEditline
import Glibc

/// The terminal mode for editing, and the mode that it replaced.
struct RawMode {
  private let descriptor: Int32
  private var saved: termios

  /// Nil: `descriptor` is no terminal. Until `leave`, `exit` and fatal signals restore the mode too.
  init?(entering descriptor: Int32) {
    var mode = termios()
    guard tcgetattr(descriptor, &mode) == 0 else { return nil }
    self.descriptor = descriptor
    saved = mode
    enter()
  }

  /// Also after `leave`.
  mutating func enter() {
    ced_guard_terminal(descriptor, &saved)
    apply()
  }

  /// ISIG is off, so Ctrl-C is a character and can't flush type-ahead. OPOST stays on for other
  /// threads' output. ICRNL is on so that type-ahead is a line for a child that reads next.
  func apply() {
    var mode = saved
    mode.c_iflag |= tcflag_t(ICRNL)
    mode.c_iflag &= ~tcflag_t(INLCR | IGNCR | IXON | ISTRIP | BRKINT)
    mode.c_oflag |= tcflag_t(OPOST | ONLCR)
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN | ISIG)
    withUnsafeMutableBytes(of: &mode.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    set(mode)
  }

  func leave() {
    set(saved)
    ced_release_terminal()
  }

  /// Gives `other` this terminal's special characters: libedit takes erase and kill keys from there.
  func copyCharacters(to other: Int32) {
    var mode = termios()
    guard tcgetattr(other, &mode) == 0 else { return }
    mode.c_cc = saved.c_cc
    _ = tcsetattr(other, TCSANOW, &mode)
  }

  private func set(_ mode: termios) {
    var mode = mode
    while tcsetattr(descriptor, TCSADRAIN, &mode) != 0, errno == EINTR {}
  }
}
