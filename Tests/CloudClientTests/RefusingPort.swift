import Glibc

/// A port of this machine that refuses connections: it is taken, so that no other server gets it, and
/// nobody listens.
final class RefusingPort {
  let url: String
  private let socket: Int32

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = socket
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    struct NoPort: Error { let code: Int32 }
    guard result == 0 else { throw NoPort(code: errno) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/api/v1"
  }

  deinit { close(socket) }
}
