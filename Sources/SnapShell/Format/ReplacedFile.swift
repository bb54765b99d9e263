import Glibc
import SnapLanguage

/// A file whose contents are replaced at once: at every moment it has the old ones or the new.
struct ReplacedFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Writes another file beside it, with its mode, and puts that in its place. A symbolic link
  /// stays, and what it leads to is replaced.
  ///
  /// - Throws: `Failure` with the system's reason; the old file stands then.
  func write(_ bytes: [UInt8]) throws {
    guard let resolved = realpath(path, nil) else { throw failure() }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.usage, "'\(path)' is no regular file")
    }
    // Its folder may be writable where the file is not meant to be.
    guard access(target, W_OK) == 0 else { throw failure() }
    let temporary = "\(target).\(getpid()).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure() }
    do {
      defer { close(file) }
      try write(bytes[...], to: file)
      guard fchmod(file, status.st_mode & 0o7777) == 0, fsync(file) == 0 else { throw failure() }
      guard rename(temporary, target) == 0 else { throw failure() }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to file: Int32) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure()
      }
    }
  }

  private func failure() -> Failure {
    Failure(.denied, "can't write '\(path)': \(String(cString: strerror(errno)))")
  }
}
