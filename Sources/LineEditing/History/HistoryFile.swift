import CEditline
import Glibc

/// The history that sessions share: each appends its records, none loses another's.
///
/// A lock file beside it orders appends and compactions, for a compaction replaces the file.
package struct HistoryFile: Sendable {
  package struct Failure: Error, Equatable {
    package var path: String
    package var errno: Int32
  }

  /// How far the file has been read.
  struct Position: Equatable {
    var file: OpenFile.Identity
    var offset: Int
  }

  package let path: String

  package init(path: String) { self.path = path }

  /// The newest entries, oldest first; a file that doesn't exist is empty.
  package func load(limit: Int = .max) throws(Failure) -> [HistoryEntry] {
    Self.newest(limit, of: try read(after: nil).records).all
  }

  func append(_ record: HistoryRecord) throws(Failure) {
    try createFolder()
    try locked { () throws(Failure) in
      let file = try OpenFile(path, O_RDWR | O_CREAT | O_APPEND)
      try file.makePrivate()
      // A crash may have cut the last line: it must not swallow this one.
      try file.write(file.endsWithNewline ? record.line : "\n" + record.line)
    }
  }

  /// Rewrites the file with its newest entries, each in one line.
  package func compact(limit: Int) throws(Failure) {
    try locked { () throws(Failure) in
      let kept = Self.newest(limit, of: try read(after: nil).records)
      let target = resolvedPath
      let temporary = "\(target).\(getpid()).tmp"
      do throws(Failure) {
        let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC)
        try file.write(kept.all.map { HistoryRecord.begun($0).line }.joined())
        try file.synchronize()
        guard rename(temporary, target) == 0 else { throw Failure(path: path, errno: errno) }
      } catch {
        unlink(temporary)
        throw error
      }
    }
  }

  /// The records after `position`, or all of them (`isWhole`) when the file is another one by now.
  /// A last line without its end is left for later.
  func read(
    after position: Position?
  ) throws(Failure) -> (records: [HistoryRecord], position: Position?, isWhole: Bool) {
    let file: OpenFile
    do throws(Failure) { file = try OpenFile(path, O_RDONLY) } catch {
      if error.errno == ENOENT { return ([], nil, true) }
      throw error
    }
    let identity = try file.identity()
    let known = position.flatMap { $0.file == identity && $0.offset <= file.size ? $0 : nil }
    let start = known?.offset ?? 0
    let bytes = try file.contents(from: start)
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // By bytes: to a String, CR LF is one character, and no newline.
    let records = bytes[..<end].split(separator: UInt8(ascii: "\n"))
      .compactMap { HistoryRecord(line: $0) }
    return (records, Position(file: identity, offset: start + end), known == nil)
  }

  private static func newest(_ limit: Int, of records: [HistoryRecord]) -> HistoryEntries {
    var entries = HistoryEntries()
    for record in records { entries.take(record) }
    entries.keepNewest(limit)
    return entries
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
