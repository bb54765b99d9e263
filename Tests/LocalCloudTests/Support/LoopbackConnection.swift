import Glibc
import LocalCloud

/// A TCP connection to a port of this machine.
final class LoopbackConnection: Sendable {
  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw SystemCallError(call: "connect", path: "\(port)", code: errno) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws {
    guard write(descriptor, text, text.utf8.count) == text.utf8.count else {
      throw SystemCallError(call: "write", path: "socket", code: errno)
    }
  }

  func receive() throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { throw SystemCallError(call: "read", path: "socket", code: errno) }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
