import CFileSystem
import Glibc

/// How the bytes of an image get into another file, best way first.
package enum CopyMethod: Sendable, CaseIterable {
  /// Both files share their blocks (Btrfs, XFS, bcachefs): at once, and no room taken.
  case reflink
  /// The kernel copies, and the file system or a server may share blocks.
  case copyFileRange
  case readWrite
}

/// A copy of an image that keeps its holes.
struct SparseCopy {
  let methods: [CopyMethod]
  /// Called with the percentage of the data that is copied, when it has grown.
  let progress: (Int) throws -> Void

  /// The most that is copied between two calls of `progress`, in bytes.
  private static let longestStep = 64 << 20
  private static let shortestStep = 1 << 20

  /// Makes the empty file `destination` the same as `source`; without fsync.
  func run(from source: borrowing OpenFile, to destination: borrowing OpenFile) throws {
    if methods.contains(.reflink), try reflink(source, destination) { return try progress(100) }
    try destination.truncate(to: Int(try source.status.st_size))
    let ranges = try source.dataRanges
    let total = ranges.reduce(0) { $0 + $1.count }
    let step = min(max(total / 100, Self.shortestStep), Self.longestStep)
    var transfer = Transfer(inKernel: methods.contains(.copyFileRange), bufferSize: step)
    var copied = 0
    var reported = 0
    for range in ranges {
      var offset = range.lowerBound
      while offset < range.upperBound {
        let count = min(step, range.upperBound - offset)
        let done = try transfer.copy(count, at: offset, from: source, to: destination)
        offset += done
        copied += done
        let percent = copied * 100 / total
        if percent > reported, percent < 100 {
          reported = percent
          try progress(percent)
        }
      }
    }
    try progress(100)
  }

  /// False when the file system, or this pair of files, has no shared blocks.
  private func reflink(
    _ source: borrowing OpenFile, _ destination: borrowing OpenFile
  ) throws(SystemCallError) -> Bool {
    if snapsh_clone_file(destination.descriptor, source.descriptor) == 0 { return true }
    guard [EOPNOTSUPP, EXDEV, EINVAL, ENOTTY, ENOSYS].contains(errno) else {
      throw SystemCallError(call: "ioctl(FICLONE)", path: destination.path, code: errno)
    }
    return false
  }
}

/// Moves bytes by copy_file_range(2) until that proves impossible, then through a buffer.
private struct Transfer: ~Copyable {
  private var inKernel: Bool
  private let buffer: UnsafeMutableRawBufferPointer

  init(inKernel: Bool, bufferSize: Int) {
    self.inKernel = inKernel
    buffer = .allocate(byteCount: bufferSize, alignment: 4096)
  }

  deinit { buffer.deallocate() }

  /// Copies at least one byte, at most `count`; tells how many.
  mutating func copy(
    _ count: Int, at offset: Int, from source: borrowing OpenFile,
    to destination: borrowing OpenFile
  ) throws(SystemCallError) -> Int {
    if inKernel {
      let copied = snapsh_copy_file_range(
        source.descriptor, offset, destination.descriptor, offset, count)
      if copied > 0 { return copied }
      let unable = [EXDEV, ENOSYS, EOPNOTSUPP, EINVAL]
      if copied < 0, !unable.contains(errno), errno != EINTR {
        throw SystemCallError(call: "copy_file_range", path: destination.path, code: errno)
      }
      inKernel = copied < 0 && errno == EINTR
    }
    let length = try check(
      pread(source.descriptor, buffer.baseAddress, min(count, buffer.count), offset), "pread",
      source.path)
    guard length > 0 else { throw SystemCallError(call: "pread", path: source.path, code: EIO) }
    return try check(
      pwrite(destination.descriptor, buffer.baseAddress, length, offset), "pwrite",
      destination.path)
  }
}
