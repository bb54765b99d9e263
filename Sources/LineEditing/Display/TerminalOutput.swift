import CEditline
import Glibc

/// The terminal that the editor draws on.
struct TerminalOutput {
  let descriptor: Int32

  var size: (rows: Int, columns: Int) {
    var rows: Int32 = 24
    var columns: Int32 = 80
    _ = ced_window_size(descriptor, &rows, &columns)
    return (Int(rows), max(2, Int(columns)))
  }

  /// Everything or, when the terminal is gone, nothing more.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno == EAGAIN {
          var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&polled, 1, -1)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
