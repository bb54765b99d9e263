import Testing

/// `explain`: what would be sent, while only reads are.
@Suite struct ExplainTests {
  private let sandbox: Sandbox
  private let cloud: ScriptedCloud

  init() throws {
    sandbox = try Sandbox()
    cloud = try ScriptedCloud()
  }

  private func explain(_ words: String...) throws -> Sandbox.Result {
    try sandbox.snapsh(["explain"] + words, environment: cloud.environment)
  }

  @Test("a restore is shown with its request, permissions, answer and curl line, and isn't sent")
  func restore() throws {
    let result = try explain("restore", "14901")
    let url = "\(cloud.endpoint)/images/snapshots/14901/restore/3247"
    for part in [
      "GET \(cloud.endpoint)/images\n", "POST \(url)\n", "rw on the snapshot (it is rw)", "202",
      """
        curl --request POST \\
          --url '\(url)' \\
          --header "authorization: bearer $SNAPSH_TOKEN"

      """,
      "exit codes: 0 accepted",
    ] {
      #expect(result.output.contains(part))
    }
    #expect(!result.output.contains("t0ken"))
    #expect(result.code == 0)
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a restore that lacks permission is said to be refused")
  func lacksPermission() throws {
    #expect(try explain("restore", "15258").output.contains("it is ro"))
    #expect(try explain("restore", "15258").output.contains("it would be refused"))
  }

  @Test(
    "every change is shown and none is sent",
    arguments: [
      (["create", "3247", "new"], "POST", "{\"snapshot_name\":\"new\"}"),
      (["rename", "14901", "new"], "POST", "{\"snapshot_name\":\"new\"}"),
      (["rm", "14901", "--wait"], "DELETE", "124 waited too long"),
      (["restore", "14901", "--guard"], "POST", "guard-14901-"),
      (["for s in $(ls) { rm $s }"], "DELETE", "/images/snapshots/15258/delete"),
    ])
  func changes(_ words: [String], _ method: String, _ part: String) throws {
    let result = try sandbox.snapsh(["explain"] + words, environment: cloud.environment)
    #expect(result.output.contains("nothing of it was sent:\n\(method) "))
    #expect(result.output.contains(part))
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a read is shown with its request")
  func read() throws {
    let result = try explain("ls", "--query", "web 1")
    #expect(result.output.contains("GET \(cloud.endpoint)/images?query=web%201\n"))
    #expect(!result.output.contains("would send"))
  }

  @Test("what works on this machine alone asks the cloud nothing")
  func local() throws {
    #expect(try explain("print", "3").output.hasPrefix("it asks the cloud nothing"))
    #expect(cloud.requests.isEmpty)
  }

  @Test("the reads of what is explained are shown once, with --curl too")
  func curl() throws {
    #expect(try explain("restore", "14901", "--curl").errors == "")
  }

  @Test("for programs the requests are rows")
  func rows() throws {
    let result = try explain("rm", "14901", "-o", "jsonl")
    let rows = result.output.split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[0].contains("\"method\":\"GET\"") && rows[0].contains("\"sent\":true"))
    #expect(rows[1].contains("\"method\":\"DELETE\"") && rows[1].contains("\"sent\":false"))
  }

  @Test(
    "an unknown command in it is told before anything is asked", arguments: ["lss", "ls | whre x"])
  func unknown(_ code: String) throws {
    let result = try explain(code)
    #expect(result.code == 2)
    #expect(cloud.requests.isEmpty)
  }
}
