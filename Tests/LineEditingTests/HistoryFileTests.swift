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

  private func begin(_ command: String, _ path: String, time: Int = 7) throws {
    try HistoryFile(path: path).append(.begun(HistoryEntry(time: time, command: command)))
  }

  private func commands(_ path: String, limit: Int = .max) throws -> [String] {
    try HistoryFile(path: path).load(limit: limit).map(\.command)
  }

  @Test(arguments: ["ls", "two\nlines", "back\\slash\\n", "tab\there", "é日本🎉", "\r", "a=b c=d"])
  func `gives back what was put in`(command: String) throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.file("history"))
    let entry = HistoryEntry(
      time: 7, command: command, profile: command, duration: 12, code: 130, id: command)
    try file.append(.begun(entry))
    #expect(try file.load() == [entry])
  }

  @Test func `joins the end of a command to its start`() throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.file("history"))
    try file.append(.begun(HistoryEntry(time: 1, command: "a", profile: "p", id: "1.1")))
    try file.append(.begun(HistoryEntry(time: 2, command: "b", id: "1.2")))
    try file.append(.ended(id: "1.1", duration: 40, code: 3))
    let ended = HistoryEntry(time: 1, command: "a", profile: "p", duration: 40, code: 3, id: "1.1")
    let running = HistoryEntry(time: 2, command: "b", id: "1.2")
    #expect(try file.load() == [ended, running])
    try file.compact(limit: 10)
    try file.append(.ended(id: "1.2", duration: 5, code: 0))
    #expect(try file.load().map(\.code) == [3, 0])
  }

  @Test func `reads the lines of older versions`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1700000000\tls | where name == \"a\\\\b\"\n", to: path)
    #expect(
      try HistoryFile(path: path).load() == [
        HistoryEntry(time: 1_700_000_000, command: "ls | where name == \"a\\b\"")
      ])
  }

  @Test func `and its folder are made for their owner only`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a/b/history")
    try begin("ls", path)
    #expect(mode(path) == 0o600)
    #expect(mode(folder.file("a/b")) == 0o700)
  }

  @Test func `loses the permissions that others had`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\tls\n", to: path)
    chmod(path, 0o644)
    try begin("pwd", path)
    #expect(mode(path) == 0o600)
  }

  @Test func `is empty when there is none`() throws {
    let folder = try TemporaryFolder()
    #expect(try commands(folder.file("history")) == [])
  }

  @Test func `survives a line that was cut`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\tone\n2\ttw", to: path)
    try begin("three", path)
    #expect(try commands(path) == ["one", "tw", "three"])
  }

  @Test func `passes over what is no entry`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("\n_HiStOrY_V2_\nx\ty\n5\tgood\n\u{0}\nid=unknown ms=1 code=0\nid=5 ms=\n", to: path)
    #expect(try commands(path) == ["good"])
  }

  @Test func `keeps every run of a command, and only so many`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    write("1\ta\n2\tb\n3\ta\n4\tc\n", to: path)
    #expect(try commands(path, limit: 3) == ["b", "a", "c"])
    try HistoryFile(path: path).compact(limit: 3)
    #expect(try commands(path) == ["b", "a", "c"])
    #expect(mode(path) == 0o600)
  }

  @Test func `is compacted behind a symbolic link`() throws {
    let folder = try TemporaryFolder()
    let link = folder.file("link")
    write("1\ta\n2\tb\n", to: folder.file("real"))
    #expect(symlink("real", link) == 0)
    try HistoryFile(path: link).compact(limit: 1)
    #expect(try commands(folder.file("real")) == ["b"])
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `says which file can't be written`() throws {
    #expect(throws: HistoryFile.Failure.self) { try begin("ls", "/proc/nowhere/history") }
  }

  @Test func `loses nothing when many append while others compact`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    try await withThrowingTaskGroup { group in
      for writer in 0..<6 {
        group.addTask {
          let file = HistoryFile(path: path)
          for number in 0..<50 {
            let id = "\(writer).\(number)"
            try file.append(
              .begun(HistoryEntry(time: number, command: "\(writer)\n\(number)", id: id)))
            if number % 20 == 19 { try file.compact(limit: 10_000) }
            try file.append(.ended(id: id, duration: number, code: writer))
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try HistoryFile(path: path).load()
    #expect(Set(entries.map(\.command)).count == 300)
    #expect(
      entries.allSatisfy {
        $0.code.map(String.init) == $0.command.split(separator: "\n").first.map(String.init)
      })
  }

  @Test func `loses nothing between processes`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("history")
    let program = BuiltProgram("LineEditingFixture").path
    let writers = try (0..<4).map { writer in
      try Terminal(program: program, arguments: ["--append", "\(writer)", "--history", path])
    }
    for writer in writers { #expect(try writer.waitForExit() == 0) }
    let entries = try HistoryFile(path: path).load()
    #expect(Set(entries.map(\.command)).count == 400)
    #expect(entries.allSatisfy { $0.code == 0 })
  }
}
