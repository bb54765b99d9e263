import Glibc

/// Waits for one byte of a terminal, or for a note in the wake pipe.
struct TerminalInput {
  enum Arrival: Equatable {
    case byte(UInt8)
    case timeout
    case woken
    case endOfInput
    /// The terminal is gone: EOF in raw mode, POLLHUP, or EIO.
    case hangup
    case failed(errno: Int32)
  }

  let descriptor: Int32
  let wakePipe: WakePipe

  /// One byte per read(2): what follows an Enter belongs to the program that reads next.
  /// `timeout` is in milliseconds, -1 waits without limit.
  func next(timeout: Int32) -> Arrival {
    var polled = [
      pollfd(fd: wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let ready = poll(&polled, 2, timeout)
      if ready == 0 { return .timeout }
      if ready < 0 {
        if errno == EINTR { continue }
        return .failed(errno: errno)
      }
      if polled[0].revents != 0 { return .woken }
      var byte: UInt8 = 0
      switch read(descriptor, &byte, 1) {
      case 1: return .byte(byte)
      case 0: return isatty(descriptor) == 1 ? .hangup : .endOfInput
      default:
        // A child may have left the descriptor non-blocking.
        if errno == EINTR || errno == EAGAIN { continue }
        return errno == EIO ? .hangup : .failed(errno: errno)
      }
    }
  }
}
