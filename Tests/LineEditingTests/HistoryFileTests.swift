import Glibc
import TerminalKit
import Testing

@testable import LineEditing

@Suite struct `The history file` {
  private func write(_ text: String, to path: String) {
    let file = fopen(path, "w")
    fputs(text, file)
    fclose(file)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test(arguments: ["ls", "two\nlines", "back\\slash\\n", "tab\there", "é日本🎉", "\r"])
  func `gives back what was put in`(command: String) throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.file("history"))
    try file.append(HistoryEntry(time: 7, command: command))
    #expect(try file.load(limit: 10) == [command])
  }

  @Test func `and its folder are made for their owner only`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a/b/history")
    try HistoryFile(path: path).append(HistoryEntry(time: 7, command: "ls"))
    #expect(mode(path) == 0o600)
    #expect(mode(folder.file("a/b")) == 0o700)
  }

  @Test func `loses the permissions that others had`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\tls\n", to: path)
    chmod(path, 0o644)
    try HistoryFile(path: path).append(HistoryEntry(time: 7, command: "pwd"))
    #expect(mode(path) == 0o600)
  }

  @Test func `is empty when there is none`() throws {
    let folder = try TemporaryFolder()
    #expect(try HistoryFile(path: folder.file("history")).load(limit: 10) == [])
  }

  @Test func `survives a line that was cut`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\tone\n2\ttw", to: path)
    let file = HistoryFile(path: path)
    try file.append(HistoryEntry(time: 3, command: "three"))
    #expect(try file.load(limit: 10) == ["one", "tw", "three"])
  }

  @Test func `passes over what is no entry`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("\n_HiStOrY_V2_\nx\ty\n5\tgood\n\u{0}\n", to: path)
    #expect(try HistoryFile(path: path).load(limit: 10) == ["good"])
  }

  @Test func `keeps the newest of equal commands, and only so many`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\ta\n2\tb\n3\ta\n4\tc\n5\td\n6\te\n", to: path)
    let file = HistoryFile(path: path)
    #expect(try file.load(limit: 3) == ["c", "d", "e"])
    try file.compact(limit: 4)
    #expect(try file.load(limit: 10) == ["a", "c", "d", "e"])
    #expect(mode(path) == 0o600)
  }

  @Test func `is compacted behind a symbolic link`() throws {
    let folder = try TemporaryFolder()
    let link = folder.file("link")
    write("1\ta\n2\ta\n", to: folder.file("real"))
    #expect(symlink("real", link) == 0)
    try HistoryFile(path: link).compact(limit: 4)
    #expect(try HistoryFile(path: folder.file("real")).load(limit: 9) == ["a"])
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `says which file can't be written`() throws {
    let path = "/proc/nowhere/history"
    #expect(throws: HistoryFile.Failure.self) {
      try HistoryFile(path: path).append(HistoryEntry(time: 1, command: "ls"))
    }
  }

  @Test func `loses nothing when many append while others compact`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    try await withThrowingTaskGroup { group in
      for writer in 0..<6 {
        group.addTask {
          let file = HistoryFile(path: path)
          for number in 0..<50 {
            try file.append(HistoryEntry(time: number, command: "\(writer)\n\(number)"))
            if number % 20 == 19 { try file.compact(limit: 10_000) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try Set(HistoryFile(path: path).load(limit: 10_000)).count == 300)
  }

  @Test func `loses nothing between processes`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    let program = BuiltProgram("LineEditingFixture").path
    let writers = try (0..<4).map { writer in
      try Terminal(program: program, arguments: ["--append", "\(writer)", "--history", path])
    }
    for writer in writers { #expect(try writer.waitForExit() == 0) }
    #expect(try Set(HistoryFile(path: path).load(limit: 10_000)).count == 400)
  }
}
