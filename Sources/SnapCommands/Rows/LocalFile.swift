import Glibc
import SnapLanguage
package import SnapOutput

/// A file that a script reads or writes.
package struct LocalFile {
  private let path: String

  package init(_ path: String) { self.path = Self.expanded(path) }

  /// `~/` stands for the home folder.
  package static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }

  /// - Throws: `Failure` with the system's reason.
  func contents() throws -> [UInt8] {
    do throws(FileContents.Unreadable) { return try FileContents.read(path) } catch {
      throw failure("read", error.code)
    }
  }

  /// The bytes, which are read as they are asked for.
  ///
  /// - Throws: `Failure` with the system's reason, as the source does.
  func source() throws -> ByteSource {
    let file = Descriptor(Glibc.open(path, O_RDONLY | O_CLOEXEC))
    guard file.number >= 0 else { throw failure("read", errno) }
    return { memory in
      while true {
        let count = Glibc.read(file.number, memory.baseAddress, memory.count)
        if count >= 0 { return count }
        if errno != EINTR { throw failure("read", errno) }
      }
    }
  }

  /// Writes another file beside it and puts that in its place. `body` gets a function that adds text.
  ///
  /// - Throws: `Failure` with the system's reason, or what `body` throws; the old file stands then.
  package func replace(overwrite: Bool, _ body: (TextSink) throws -> Void) throws {
    if !overwrite, access(path, F_OK) == 0 {
      throw Failure(.conflict, "'\(path)' exists", help: "replace it with --force")
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try write(to: path, flags: O_WRONLY, body)
    }
    let temporary = "\(path).\(getpid()).tmp"
    do {
      try write(to: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC, body)
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

  private func write(to path: String, flags: Int32, _ body: (TextSink) throws -> Void) throws {
    let file = Descriptor(Glibc.open(path, flags | O_CLOEXEC, 0o666))
    guard file.number >= 0 else { throw failure("write", errno) }
    try body { text in
      var text = text
      try text.withUTF8 { bytes in
        var rest = UnsafeRawBufferPointer(bytes)
        while !rest.isEmpty {
          let count = Glibc.write(file.number, rest.baseAddress, rest.count)
          if count < 0 {
            if errno == EINTR { continue }
            throw failure("write", errno)
          }
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
      }
    }
  }

  private func failure(_ verb: String, _ code: Int32) -> Failure {
    Failure(
      code == ENOENT ? .notfound : .denied,
      "can't \(verb) '\(path)': \(String(cString: strerror(code)))")
  }
}

/// A file's descriptor, closed with its last use.
private final class Descriptor {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { if number >= 0 { close(number) } }
}
