import SnapCommands
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
    try source(path) { () throws(FileContents.Unreadable) in try FileContents.read(path) }
  }

  static func standardInput() throws -> SourceText {
    try source("<stdin>") { () throws(FileContents.Unreadable) in
      try FileContents.read(descriptor: 0)
    }
  }

  private static func source(
    _ name: String, bytes: () throws(FileContents.Unreadable) -> [UInt8]
  ) throws -> SourceText {
    do throws(FileContents.Unreadable) {
      if let text = String(validating: try bytes(), as: UTF8.self) {
        return SourceText(name: name, text: text)
      }
    } catch {
      throw Failure(
        .usage, "can't read '\(name)': \(error.reason)", exitCode: ExitCode.usage)
    }
    throw Failure(.usage, "'\(name)' is not a text in UTF-8", exitCode: ExitCode.usage)
  }
}
