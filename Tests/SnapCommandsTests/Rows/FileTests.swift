import Foundation
import SnapLanguage
import Testing

@Suite struct FileTests {
  /// Runs `body` with a folder that is gone afterwards.
  private func inFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  private static let rows = Given([
    record(["id": .int(1), "name": .string("a")]), record(["id": .int(2), "name": .null]),
    record(["id": .int(3), "name": .string("c")]),
  ])

  @Test(arguments: ["json", "jsonl", "ndjson", "csv", "yaml", "yml", "JSONL"])
  func `rows that were saved are opened again`(ending: String) async throws {
    try await inFolder { folder in
      let path = folder.appending(path: "rows.\(ending)").path
      _ = try await Pipes.lines("given | save '\(path)'", given: Self.rows)
      #expect(
        try await Pipes.lines("open '\(path)'")
          == [#"{"id":1,"name":"a"}"#, #"{"id":2,"name":null}"#, #"{"id":3,"name":"c"}"#])
    }
  }

  @Test(arguments: ["jsonl", "csv"]) func `a file may be filtered into itself`(
    ending: String
  ) async throws {
    try await inFolder { folder in
      let path = folder.appending(path: "rows.\(ending)").path
      _ = try await Pipes.lines("given | save '\(path)'", given: Self.rows)
      _ = try await Pipes.lines("open '\(path)' | where id > 1 | save --force '\(path)'")
      #expect(try await Pipes.lines("open '\(path)' | get id") == ["2", "3"])
    }
  }

  @Test func `rows that fail leave the file as it was`() async throws {
    try await inFolder { folder in
      let path = folder.appending(path: "rows.jsonl").path
      try "{\"id\":7}\n".write(toFile: path, atomically: true, encoding: .utf8)
      await #expect(throws: Failure.self) {
        try await Pipes.lines("given | select nothing | save -f '\(path)'", given: Self.rows)
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "{\"id\":7}\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["rows.jsonl"])
    }
  }

  @Test func `an existing file is replaced only with --force`() async throws {
    try await inFolder { folder in
      let path = folder.appending(path: "text").path
      _ = try await Pipes.lines("'one' | save '\(path)'")
      await #expect(throws: Failure.self) { try await Pipes.lines("'two' | save '\(path)'") }
      _ = try await Pipes.lines("'three' | save -f '\(path)'")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "three\n")
    }
  }

  @Test(arguments: [
    ("rows.jsonl", "{\"a\":1}\n{\"a\":tru}\n", "an unexpected '}' in line 2, column 9"),
    ("rows.csv", "a,b\n1,2\n3\n", "1 field where the header has 2 in line 3, column 1"),
    ("rows.json", "[1,\n x]", "an unexpected 'x' in line 2, column 2"),
  ])
  func `a bad text is told with its file and place`(
    name: String, text: String, words: String
  ) async throws {
    try await inFolder { folder in
      let path = folder.appending(path: name).path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let failure = await #expect(throws: Failure.self) {
        try await Pipes.lines("open '\(path)' | count")
      }
      #expect(failure?.message.hasPrefix("\(path): the text is not ") == true)
      #expect(failure?.message.hasSuffix(words) == true)
    }
  }

  @Test func `the first rows of a file come though a later one is bad`() async throws {
    try await inFolder { folder in
      let path = folder.appending(path: "rows.jsonl").path
      try "1\n2\n3\noops\n".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await Pipes.lines("open '\(path)' | first 3") == ["1", "2", "3"])
    }
  }

  @Test func `a file that is not there is an error`() async throws {
    let failure = await #expect(throws: Failure.self) {
      try await Pipes.lines("open /nonexistent/rows.jsonl")
    }
    #expect(failure?.kind == .notfound)
  }

  @Test(arguments: [
    ("'{\"a\":1}' | from json", [#"{"a":1}"#]), ("\"1\\n2\" | from jsonl", ["1", "2"]),
    ("['{\"a\":1}', '{\"a\":2}'] | from jsonl | get a", ["1", "2"]),
    ("given | to jsonl | from jsonl | get id", ["1", "2", "3"]),
    ("given | to csv | from csv | get name", ["\"a\"", "null", "\"c\""]),
    ("given | each { \"${it.id}\" } | from jsonl", ["1", "2", "3"]),
    ("'a: 1' | from yaml", [#"{"a":1}"#]),
  ])
  func `a text is read as rows`(pipeline: String, lines: [String]) async throws {
    #expect(try await Pipes.lines(pipeline, given: Self.rows) == lines)
  }
}
