import CEditline
import Glibc

/// An open file of the history, private to its owner (0600), closed with its last reference.
final class OpenFile {
  let path: String
  private let descriptor: Int32

  init(_ path: String, _ flags: Int32) throws(HistoryFile.Failure) {
    self.path = path
    descriptor = open(path, flags | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw HistoryFile.Failure(path: path, errno: errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private var failure: HistoryFile.Failure { HistoryFile.Failure(path: path, errno: errno) }

  /// Takes the lock of flock(2); the kernel frees it with the descriptor.
  func hold() -> Bool { ced_hold_exclusively(descriptor) == 0 }

  func makePrivate() throws(HistoryFile.Failure) {
    if fchmod(descriptor, 0o600) != 0 { throw failure }
  }

  /// True of an empty file too.
  var endsWithNewline: Bool {
    let end = lseek(descriptor, 0, SEEK_END)
    var byte: UInt8 = 0
    return end <= 0 || pread(descriptor, &byte, 1, end - 1) != 1 || byte == UInt8(ascii: "\n")
  }

  /// One write(2) unless the system takes less of it.
  func write(_ text: String) throws(HistoryFile.Failure) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw failure }
      rest = rest.dropFirst(max(0, count))
    }
  }

  func synchronize() throws(HistoryFile.Failure) {
    if fsync(descriptor) != 0 { throw failure }
  }

  /// Which file it is, whatever its name is by now.
  struct Identity: Equatable {
    var device: dev_t
    var inode: ino_t
  }

  func identity() throws(HistoryFile.Failure) -> Identity {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure }
    return Identity(device: status.st_dev, inode: status.st_ino)
  }

  var size: Int { Int(lseek(descriptor, 0, SEEK_END)) }

  func contents(from start: Int) throws(HistoryFile.Failure) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(start + contents.count))
      if count == 0 { return contents }
      if count > 0 { contents += chunk[..<count] } else if errno != EINTR { throw failure }
    }
  }
}
