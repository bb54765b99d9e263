import Glibc

/// Bytes outside of Swift's heap: those of a file, which the kernel brings in as they are read, or of
/// memory alone. They don't change once they are shared.
final class MappedBytes: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  /// Zeroes in memory, filled in by `fill`; nil when there is no memory for them.
  convenience init?(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
    guard
      let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED
    else { return nil }
    let memory = UnsafeMutableRawBufferPointer(start: start, count: count)
    fill(memory)
    self.init(UnsafeRawBufferPointer(memory))
  }

  /// Nil when there is no such file, or it is not this user's own.
  convenience init?(path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0),
      start != MAP_FAILED
    else { return nil }
    self.init(UnsafeRawBufferPointer(start: start, count: Int(status.st_size)))
  }

  /// Puts the bytes into a file of this user's alone: whole, in place of one that was there. It isn't
  /// waited for the disk: a list is fetched again, and whoever reads one checks its numbers.
  ///
  /// - Returns: whether that could be done.
  func write(to path: String) -> Bool {
    var template = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { return false }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { break }
    }
    let isWhole = rest.isEmpty
    close(file)
    if isWhole, rename(template, path) == 0 { return true }
    unlink(template)
    return false
  }
}
