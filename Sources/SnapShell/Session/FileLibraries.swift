import Glibc
import SnapLanguage

/// Libraries as files: a path is relative to the file that uses it, or to the working folder at a
/// prompt.
struct FileLibraries: LibraryLoader {
  func library(_ path: String, from source: SourceText) throws -> SourceText {
    guard !path.hasPrefix("/"), let slash = source.name.lastIndex(of: "/") else {
      return try ScriptFile.read(path)
    }
    return try ScriptFile.read(String(source.name[...slash]) + path)
  }
}

/// The text of a script.
enum ScriptFile {
  /// - Throws: `Failure` when it can't be read or is no UTF-8.
  static func read(_ path: String) throws -> SourceText {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, errno) }
    defer { close(file) }
    return SourceText(name: path, text: try text(of: file, path))
  }

  static func standardInput() throws -> SourceText {
    SourceText(name: "<stdin>", text: try text(of: 0, "<stdin>"))
  }

  private static func text(of file: Int32, _ path: String) throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, errno)
      }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.usage, "'\(path)' is not a text in UTF-8", exitCode: 2)
    }
    return text
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    Failure(.usage, "can't read '\(path)': \(String(cString: strerror(code)))", exitCode: 2)
  }
}
