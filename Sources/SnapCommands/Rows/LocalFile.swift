import Glibc
import SnapLanguage

/// A file that a script reads or writes.
struct LocalFile {
  private let path: String

  /// `~/` stands for the home folder.
  init(_ path: String) {
    if path.hasPrefix("~/"), let home = getenv("HOME") {
      self.path = String(cString: home) + path.dropFirst(1)
    } else {
      self.path = path
    }
  }

  /// - Throws: `Failure` with the system's reason.
  func contents() throws -> [UInt8] {
    do throws(FileContents.Unreadable) { return try FileContents.read(path) } catch {
      throw failure("read", error.code)
    }
  }

  /// Writes another file beside it and puts that in its place.
  ///
  /// - Throws: `Failure` with the system's reason; the old file stands then.
  func replace(with bytes: [UInt8], overwrite: Bool) throws {
    if !overwrite, access(path, F_OK) == 0 {
      throw Failure(.conflict, "'\(path)' exists", help: "replace it with --force")
    }
    var isDevice = stat()
    if stat(path, &isDevice) == 0, isDevice.st_mode & S_IFMT != S_IFREG {
      return try write(bytes, to: path, flags: O_WRONLY)
    }
    let temporary = "\(path).\(getpid()).tmp"
    do {
      try write(bytes, to: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw failure("write", code)
    }
  }

  private func write(_ bytes: [UInt8], to path: String, flags: Int32) throws {
    let file = Glibc.open(path, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure("write", errno) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("write", errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  private func failure(_ verb: String, _ code: Int32) -> Failure {
    Failure(
      code == ENOENT ? .notfound : .denied,
      "can't \(verb) '\(path)': \(String(cString: strerror(code)))")
  }
}
