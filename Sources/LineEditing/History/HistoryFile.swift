import CEditline
import Glibc

/// The history that sessions share: each appends its commands, none loses another's.
///
/// A lock file beside it orders appends and compactions, for a compaction replaces the file.
package struct HistoryFile: Sendable {
  package struct Failure: Error, Equatable {
    package var path: String
    package var errno: Int32
  }

  package let path: String

  package init(path: String) { self.path = path }

  /// Oldest first; a file that doesn't exist is empty.
  package func load(limit: Int) throws(Failure) -> [String] {
    let entries = try read()
    if entries.count > 2 * limit { try compact(limit: limit) }
    return HistoryEntry.newest(limit, of: entries).map(\.command)
  }

  package func append(_ entry: HistoryEntry) throws(Failure) {
    try createFolder()
    try locked { () throws(Failure) in
      let file = try OpenFile(path, O_RDWR | O_CREAT | O_APPEND)
      try file.makePrivate()
      // A crash may have cut the last line: it must not swallow this one.
      try file.write(file.endsWithNewline ? entry.line : "\n" + entry.line)
    }
  }

  /// Rewrites the file with its newest commands, each once.
  package func compact(limit: Int) throws(Failure) {
    try locked { () throws(Failure) in
      let kept = HistoryEntry.newest(limit, of: try read())
      let target = resolvedPath
      let temporary = "\(target).\(getpid()).tmp"
      do throws(Failure) {
        let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC)
        try file.write(kept.map(\.line).joined())
        try file.synchronize()
        guard rename(temporary, target) == 0 else { throw Failure(path: path, errno: errno) }
      } catch {
        unlink(temporary)
        throw error
      }
    }
  }

  private func read() throws(Failure) -> [HistoryEntry] {
    do throws(Failure) {
      // By bytes: to a String, CR LF is one character, and no newline.
      return try OpenFile(path, O_RDONLY).contents().split(separator: UInt8(ascii: "\n"))
        .compactMap { HistoryEntry(line: String(decoding: $0, as: UTF8.self)) }
    } catch {
      if error.errno == ENOENT { return [] }
      throw error
    }
  }

  private func locked(_ body: () throws(Failure) -> Void) throws(Failure) {
    let lock = try OpenFile(path + ".lock", O_RDWR | O_CREAT)
    guard lock.hold() else { throw Failure(path: lock.path, errno: errno) }
    try body()
  }

  /// The file that a symbolic link at `path` stands for.
  private var resolvedPath: String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private func createFolder() throws(Failure) {
    let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for end in folders.indices.dropFirst() {
      let folder = folders[...end].joined(separator: "/")
      if mkdir(folder, 0o700) != 0, errno != EEXIST, access(folder, X_OK) != 0 {
        throw Failure(path: folder, errno: errno)
      }
    }
  }
}
