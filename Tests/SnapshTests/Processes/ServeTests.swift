import Foundation
import Testing

/// `snapsh serve`, asked by the curl lines of the API's document.
@Suite struct ServeTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01", "db-01"])
  }

  private func serve(
    _ environment: [String: String] = ["SNAPSH_TOKEN": "x"]
  ) throws -> (program: RunningProgram, url: String) {
    let program = try RunningProgram(
      sandbox, ["serve", "--listen", "127.0.0.1:0"], environment: environment)
    return (program, try program.value(after: " at "))
  }

  /// The document's curl lines, its address and variables replaced, and the status at the end.
  private func curl(_ lines: String, at url: String, token: String = "x") throws -> [String] {
    let text = lines.replacing("https://cloud.syminet.com/api/v1", with: url)
    let result = try sandbox.run(
      text.replacing("curl ", with: "curl --silent --write-out '\\n%{http_code}' "),
      environment: ["API_TOKEN": token])
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("each call of the document does what the document says")
  func documentedCalls() throws {
    let (program, url) = try serve()
    let create = try curl(
      """
      curl --request POST \\
        --url https://cloud.syminet.com/api/v1/images/snapshots/3001/create \\
        --header "content-type: application/json" \\
        --header "authorization:bearer $API_TOKEN" \\
        --data '
      {
        "snapshot_name": "mysnapshot"
      }
      '
      """, at: url)
    #expect(create.last == "202")
    try settle(url)

    let all = try curl(
      """
      curl --request GET \\
        --url https://cloud.syminet.com/api/v1/images \\
        --header "authorization:bearer $API_TOKEN"
      """, at: url)
    #expect(all.last == "200")
    let list = try #require(try object(all.dropLast()))
    #expect(Set(list.keys) == ["data", "page", "pages", "results"])
    let row = try #require((list["data"] as? [[String: Any]])?.first)
    #expect(row["id"] as? Int == 14001)
    #expect(row["name"] as? String == "mysnapshot")
    #expect(row["vm_id"] as? Int == 3001)
    #expect(row["vmname"] as? String == "web-01")
    #expect(
      Set(row.keys).isSuperset(of: [
        "created", "datacenter_id", "duration", "in_progress", "legacy", "perms", "progress",
        "region", "snapshot_size", "vm_datacenter_id", "vm_deleted", "vm_perms", "vm_user_id",
      ]))

    let found = try curl(
      """
      curl --request GET \\
        --url "https://cloud.syminet.com/api/v1/images?query=MYSNAP&page=1" \\
        --header "authorization:bearer $API_TOKEN"
      """, at: url)
    #expect(try object(found.dropLast())?["results"] as? Int == 1)

    let ofSlice = try curl(
      """
      curl --request GET \\
        --url https://cloud.syminet.com/api/v1/images/snapshots/3001 \\
        --header "authorization:bearer $API_TOKEN"
      """, at: url)
    #expect(ofSlice.last == "200")
    let short = try #require((try object(ofSlice.dropLast())?["data"] as? [[String: Any]])?.first)
    #expect(
      Set(short.keys).isSuperset(of: ["backup_full_size", "created", "duration", "id", "name"]))

    let rename = try curl(
      """
      curl --request POST \\
        --url https://cloud.syminet.com/api/v1/images/snapshots/14001/rename \\
        --header "content-type: application/json" \\
        --header "authorization:bearer $API_TOKEN" \\
        --data '
      {
        "snapshot_name": "other"
      }
      '
      """, at: url)
    #expect(rename.last == "202")
    try settle(url)
    #expect(try names(url) == ["other"])

    let restore = try curl(
      """
      curl --request POST \\
        --url https://cloud.syminet.com/api/v1/images/snapshots/14001/restore/3001 \\
        --header "authorization:bearer $API_TOKEN"
      """, at: url)
    #expect(restore.last == "202")
    try settle(url)

    let deletion = try curl(
      """
      curl --request DELETE \\
        --url https://cloud.syminet.com/api/v1/images/snapshots/14001/delete \\
        --header "authorization:bearer $API_TOKEN"
      """, at: url)
    #expect(deletion.last == "202")
    try settle(url)
    #expect(try names(url) == [])

    program.signal(SIGTERM)
    #expect(program.waitForExit() == 0)
  }

  /// Waits, by the program itself, until nothing runs in the cloud at `url`.
  private func settle(_ url: String) throws {
    let result = try sandbox.snapsh("wait", environment: client(url))
    #expect(result.code == 0, "\(result.errors)")
  }

  private func names(_ url: String) throws -> [String] {
    let result = try sandbox.snapsh(
      "-c", "for s in $(ls) print $s.name", environment: client(url))
    return result.output.split(separator: "\n").map(String.init)
  }

  private func client(_ url: String, token: String = "x") -> [String: String] {
    ["SNAPSH_ENDPOINT": url, "SNAPSH_TOKEN": token]
  }

  private func object(_ lines: some Sequence<String>) throws -> [String: Any]? {
    let text = lines.joined(separator: "\n")
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  @Test("without SNAPSH_TOKEN a token is made, shown once, and needed")
  func madeToken() throws {
    let (program, url) = try serve([:])
    let token = try program.value(after: "SNAPSH_TOKEN=")
    #expect(token.count == 64)
    #expect(try sandbox.snapsh("ls", environment: client(url, token: token)).code == 0)
    let refused = try sandbox.snapsh("ls", environment: client(url, token: "x"))
    #expect(refused.code == 4)
    program.signal(SIGINT)
    #expect(program.waitForExit() == 0)
    #expect(program.errors.components(separatedBy: token).count == 2)
  }

  @Test("a token that is given is not shown")
  func givenToken() throws {
    let (program, _) = try serve(["SNAPSH_TOKEN": "s3cret"])
    program.signal(SIGTERM)
    #expect(program.waitForExit() == 0)
    #expect(!program.errors.contains("s3cret"))
  }

  @Test("a port that is taken is told, with 1")
  func takenPort() throws {
    let (program, url) = try serve()
    let port = try #require(URL(string: url)?.port)
    let second = try sandbox.snapsh("serve", "--listen", "127.0.0.1:\(port)")
    #expect(second.code == 1)
    #expect(second.output == "")
    #expect(second.errors.contains("in use"), "\(second.errors)")
    program.signal(SIGTERM)
    #expect(program.waitForExit() == 0)
  }
}
