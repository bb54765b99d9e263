import Testing

/// Rows that the document doesn't describe, and lists of several pages.
@Suite struct RowTests {
  private func list(_ rows: [String], _ arguments: String...) throws -> Sandbox.Result {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud(rows: rows))
    return try sandbox.snapsh(["ls"] + arguments, environment: cloud.environment)
  }

  @Test("fields that nobody knows reach JSON unchanged, in their order")
  func unknownFields() throws {
    let row = #"{"zone":{"b":[1,null,{"a":2.5}],"a":"\u00fc"},"id":7,"name":"x","big":12345678901}"#
    let result = try list([row], "-o", "jsonl")
    #expect(
      result.output
        == #"{"zone":{"b":[1,null,{"a":2.5}],"a":"ü"},"id":7,"name":"x","big":12345678901}"# + "\n")
  }

  @Test("a row with missing fields is shown, and null in conditions")
  func missingFields() throws {
    let cloud = try ScriptedCloud(rows: [DocumentedRows.first, #"{"id":7}"#])
    let sandbox = try Sandbox()
    let list = try sandbox.snapsh("ls", "-o", "ids", environment: cloud.environment)
    #expect(list.output == "14901\n7\n")
    let unnamed = try sandbox.snapsh(
      "-c", "ls | where name == null | get id", environment: cloud.environment)
    #expect(unnamed.output.hasSuffix("7\n"))
    #expect(unnamed.code == 0, "\(unnamed.errors)")
  }

  @Test("a name's control characters do not reach the terminal")
  func controlCharacters() throws {
    let result = try list([#"{"id":7,"name":"a\u001b[31m\u0007b\nc"}"#])
    #expect(!result.output.contains("\u{1b}"))
    #expect(!result.output.contains("\u{7}"))
    #expect(result.output.split(separator: "\n").count == 2)
  }

  @Test("an empty list is no rows, and no error")
  func empty() throws {
    let result = try list([])
    #expect(result.output == "")
    #expect(result.errors == "no rows\n")
    #expect(result.code == 0)
    #expect(try list([], "-o", "json").output == "[]\n")
  }

  /// Three pages of two rows; the second row of a page comes again as the next page's first, as when
  /// a snapshot was made meanwhile.
  private static func page(_ request: ScriptedCloud.Request) -> ScriptedCloud.Answer {
    let page = request.target.last?.wholeNumberValue ?? 1
    let ids = page == 2 ? [2, 3] : page == 3 ? [4, 5] : [1, 2]
    return DocumentedRows.page(
      ids.map { DocumentedRows.row($0, "s\($0)") }, page, of: 3, results: 6)
  }

  @Test("all pages are read once and shown in order, and a row that comes twice is shown once")
  func pages() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud(Self.page))
    let result = try sandbox.snapsh("ls", "-o", "ids", environment: cloud.environment)
    #expect(result.output == "1\n2\n3\n4\n5\n")
    let targets = cloud.requests.map(\.target)
    #expect(targets.first == "/api/v1/images")
    #expect(
      targets.dropFirst().sorted() == ["/api/v1/images?page=2", "/api/v1/images?page=3"])
  }

  @Test("--page reads that page alone")
  func onePage() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud(Self.page))
    let result = try sandbox.snapsh(
      "ls", "--page", "2", "-o", "ids", environment: cloud.environment)
    #expect(result.output == "2\n3\n")
    #expect(cloud.requests.map(\.target) == ["/api/v1/images?page=2"])
  }

  @Test("who wants the first rows reads the first page alone")
  func firstPage() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud(Self.page))
    let result = try sandbox.snapsh(
      "-c", "ls | first 2 | get name", environment: cloud.environment)
    #expect(result.output == "s1\ns2\n")
    #expect(cloud.requests.map(\.target) == ["/api/v1/images"])
  }

  @Test("a list whose last page fails ends with that error, and nothing is deleted")
  func failingPage() throws {
    let sandbox = try Sandbox()
    let cloud = try ScriptedCloud { request in
      request.target.hasSuffix("page=3")
        ? .status(400, #"{"error":"no such page"}"#) : Self.page(request)
    }
    let list = try sandbox.snapsh("ls", "-o", "ids", environment: cloud.environment)
    #expect(list.output == "1\n2\n3\n")
    #expect(list.code == 1)
    #expect(list.errors.contains("no such page"))
    let part = try sandbox.snapsh(
      "-c", "print \"got $(ls | count)\"", environment: cloud.environment)
    #expect(part.output == "")
    #expect(part.code == 1)
    let deletion = try sandbox.snapsh("--yes", "-c", "ls | rm", environment: cloud.environment)
    #expect(deletion.code == 1)
    #expect(cloud.mutations.isEmpty)
  }
}
