import CFileSystem
import Glibc

/// A file descriptor that is closed with its owner, never inherited by a child process.
package struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// `mode` counts when `flags` has `O_CREAT`.
  package init(_ path: String, _ flags: Int32, mode: UInt32 = 0o600) throws(SystemCallError) {
    descriptor = try check(open(path, flags | O_CLOEXEC, mode), "open", path)
    self.path = path
  }

  deinit { _ = close(descriptor) }

  var status: stat {
    get throws(SystemCallError) {
      var status = stat()
      _ = try check(fstat(descriptor, &status), "fstat", path)
      return status
    }
  }

  /// In bytes.
  package var size: Int { get throws(SystemCallError) { Int(try status.st_size) } }

  /// The bytes at `offset`, fewer than `count` at the end of the file.
  package func read(_ count: Int, at offset: Int) throws(SystemCallError) -> [CChar] {
    var buffer = [CChar](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let length = try check(
        buffer.withUnsafeMutableBytes {
          pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, offset + filled)
        }, "pread", path)
      guard length > 0 else { break }
      filled += length
    }
    buffer.removeLast(count - filled)
    return buffer
  }

  package func write(_ bytes: ArraySlice<CChar>, at offset: Int) throws(SystemCallError) {
    var written = 0
    while written < bytes.count {
      written += try check(
        bytes.withUnsafeBytes {
          pwrite(
            descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written,
            offset + written)
        }, "pwrite", path)
    }
  }

  func truncate(to size: Int) throws(SystemCallError) {
    _ = try check(ftruncate(descriptor, size), "ftruncate", path)
  }

  func synchronize() throws(SystemCallError) { _ = try check(fsync(descriptor), "fsync", path) }

  /// Makes creations, renames and removals in a folder survive a power cut.
  static func synchronizeFolder(_ path: String) throws(SystemCallError) {
    try OpenFile(path, O_RDONLY | O_DIRECTORY).synchronize()
  }

  /// The parts of the file that hold data, in order; the whole file where holes aren't known.
  package var dataRanges: [Range<Int>] {
    get throws(SystemCallError) {
      let size = Int(try status.st_size)
      var ranges: [Range<Int>] = []
      var position = 0
      while position < size {
        let start = snapsh_seek_data(descriptor, position)
        if start < 0 {
          guard errno != ENXIO else { break }
          guard errno != EINVAL || position > 0 else { return [0..<size] }
          throw SystemCallError(call: "lseek", path: path, code: errno)
        }
        let end = try check(snapsh_seek_hole(descriptor, start), "lseek", path)
        ranges.append(start..<min(end, size))
        position = end
      }
      return ranges
    }
  }
}

/// A call of the operating system that failed.
package struct SystemCallError: Error, Hashable {
  package let call: String
  package let path: String
  /// A value of `errno`.
  package let code: Int32

  package init(call: String, path: String, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// Whether the file system, or its owner's share of it, is full.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT }
}

/// `result` unless it is negative: the failure that `errno` tells then.
func check<Result: SignedInteger>(
  _ result: Result, _ call: String, _ path: String
) throws(SystemCallError) -> Result {
  guard result >= 0 else { throw SystemCallError(call: call, path: path, code: errno) }
  return result
}

extension SystemCallError {
  /// What the C library says about a value of `errno`.
  static func words(for code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
        return "error \(code)"
      }
      return String(cString: start)
    }
  }
}
