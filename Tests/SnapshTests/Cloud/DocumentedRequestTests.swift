import Testing

/// Against a server that implements the API's document, the program sends what the document says.
@Suite struct DocumentedRequestTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let line: String
    var body = ""
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "a change is one request, with the documented path, headers and body",
    arguments: [
      Change(
        arguments: ["create", "3247", "before"],
        line: "POST /api/v1/images/snapshots/3247/create", body: #"{"snapshot_name":"before"}"#),
      Change(
        arguments: ["create", "3247", #"näme "quoted""#],
        line: "POST /api/v1/images/snapshots/3247/create",
        body: #"{"snapshot_name":"näme \"quoted\""}"#),
      Change(
        arguments: ["rename", "14901", "new"],
        line: "POST /api/v1/images/snapshots/14901/rename", body: #"{"snapshot_name":"new"}"#),
      Change(
        arguments: ["restore", "14901", "--yes"],
        line: "POST /api/v1/images/snapshots/14901/restore/3247"),
      Change(
        arguments: ["restore", "14901", "3247", "--yes"],
        line: "POST /api/v1/images/snapshots/14901/restore/3247"),
      Change(
        arguments: ["restore", "14901", "3828", "--yes"],
        line: "POST /api/v1/images/snapshots/14901/restore/3828"),
      Change(
        arguments: ["restore", "11test1-3247-173049603", "--yes"],
        line: "POST /api/v1/images/snapshots/14901/restore/3247"),
      Change(
        arguments: ["rm", "14901", "--yes"],
        line: "DELETE /api/v1/images/snapshots/14901/delete"),
      Change(
        arguments: ["-c", "ls | where perms == ro | rm", "--yes"],
        line: "DELETE /api/v1/images/snapshots/15258/delete"),
    ])
  func change(_ change: Change) throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    var arguments = change.arguments
    if arguments.first == "-c" { arguments.insert(arguments.removeLast(), at: 0) }
    let result = try sandbox.snapsh(arguments, environment: cloud.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "")
    let sent = try #require(cloud.mutations.first)
    #expect(cloud.mutations.count == 1)
    #expect(sent.line == change.line)
    #expect(sent.body == change.body)
    #expect(sent.headers["authorization"] == "bearer t0ken")
    #expect(sent.headers["content-type"] == (change.body.isEmpty ? nil : "application/json"))
    // Nothing is read once the change has been sent.
    #expect(cloud.requests.last?.isMutation == true)
  }

  @Test(
    "a list is one GET with the documented path and parameters, and no body",
    arguments: [
      (["ls"], "/api/v1/images"), (["ls", "3247"], "/api/v1/images/snapshots/3247"),
      (["ls", "--page", "1"], "/api/v1/images?page=1"),
      (["ls", "--query", "web"], "/api/v1/images?query=web"),
      (["ls", "--query", "a b&c=ü"], "/api/v1/images?query=a%20b%26c%3D%C3%BC"),
      (["ls", "--query", "web", "--page", "1"], "/api/v1/images?query=web&page=1"),
    ])
  func list(_ arguments: [String], _ target: String) throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    let result = try sandbox.snapsh(arguments, environment: cloud.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.requests.map(\.line) == ["GET \(target)"])
    let request = try #require(cloud.requests.first)
    #expect(request.headers["authorization"] == "bearer t0ken")
    #expect(request.headers["content-type"] == nil)
    #expect(request.body == "")
  }

  @Test("the loop over a query restores each row's own slice, in the list's order")
  func loop() throws {
    let (sandbox, rows) = (
      try Sandbox(),
      [
        DocumentedRows.row(1, "a", slice: 11, sliceName: "web-01"),
        DocumentedRows.row(2, "b", slice: 12, sliceName: "web-02"),
        DocumentedRows.row(3, "c", slice: 11, sliceName: "web-01"),
      ]
    )
    let cloud = try ScriptedCloud(rows: rows)
    let result = try sandbox.snapsh(
      "--yes", "-c", "for s in $(ls --query web) restore $s", environment: cloud.environment)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      cloud.requests.map(\.line) == [
        "GET /api/v1/images?query=web",
        "POST /api/v1/images/snapshots/1/restore/11",
        "POST /api/v1/images/snapshots/2/restore/12",
        "POST /api/v1/images/snapshots/3/restore/11",
      ])
  }

  @Test("--curl prints the request as a line for curl, without the token")
  func curl() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    let result = try sandbox.snapsh(
      "rename", "14901", "new", "--curl", environment: cloud.environment)
    #expect(result.errors.contains("curl "))
    #expect(result.errors.contains("\(cloud.endpoint)/images/snapshots/14901/rename"))
    #expect(!result.errors.contains("t0ken"))
  }

  @Test("--dry-run shows what would be sent, and sends nothing but reads")
  func dryRun() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    let result = try sandbox.snapsh(
      "rm", "14901", "--dry-run", "-o", "ids", environment: cloud.environment)
    #expect(result.output == "14901\n")
    #expect(result.code == 0)
    #expect(cloud.mutations.isEmpty)
  }
}
