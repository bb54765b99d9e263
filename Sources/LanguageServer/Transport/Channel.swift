import Glibc
import OrderedJSON

/// The two descriptors over which a client speaks to the server.
struct Channel {
  let input: Int32
  let output: Int32

  /// Appends what the client has sent to `reader`; waits for it if `waits`. False at the end of
  /// the input.
  func read(into reader: inout FrameReader, waits: Bool) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if !waits, !hasInput { return true }
      let count = Glibc.read(input, &bytes, bytes.count)
      if count > 0 {
        reader.append(bytes[..<count])
        return true
      }
      if count == 0 { return false }
      if errno == EAGAIN {
        var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
  }

  private var hasInput: Bool {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  /// False when nobody reads any more.
  func write(_ message: JSON) -> Bool {
    let body = Array(message.text().utf8)
    let bytes = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(output, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        var wait = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
