import Glibc

/// All bytes of a file or a descriptor.
package enum FileContents {
  package struct Unreadable: Error {
    /// The system's error number.
    package let code: Int32

    package var reason: String { String(cString: strerror(code)) }
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  package static func read(_ path: String) throws(Unreadable) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Unreadable(code: errno) }
    defer { close(file) }
    return try read(descriptor: file)
  }

  package static func read(descriptor: Int32) throws(Unreadable) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += buffer[..<count]
      } else if errno != EINTR {
        throw Unreadable(code: errno)
      }
    }
  }
}
