import CloudAPI
import LocalCloud
import OrderedJSON
import Testing

@Suite struct RefusalTests {
  @Test(
    "a request without the token is refused, wherever it goes",
    arguments: [
      [], ["--header", "authorization:bearer wrong"], ["--header", "authorization:bearer"],
      ["--header", "authorization:basic \(TestCloud.token)"],
      ["--header", "authorization:bearer \(TestCloud.token)x"],
      ["--header", "authorization:\(TestCloud.token)"],
    ])
  func unauthorized(_ headers: [String]) async throws {
    try await TestCloud.serve { cloud in
      for path in ["/images", "/images/snapshots/3001", "/elsewhere"] {
        let answer = try await cloud.curl(arguments: ["--url", cloud.url(path)] + headers)
        #expect(answer.status == 401)
        #expect(answer.error == "the header \"authorization: bearer TOKEN\" is missing or wrong")
      }
    }
  }

  @Test(
    "what isn't there answers 404, with its name",
    arguments: [
      ("GET", "/images/snapshots/9", "there is no slice \"9\""),
      ("GET", "/images/snapshots/web-01", "there is no slice \"web-01\""),
      ("POST", "/images/snapshots/9/restore/3001", "there is no snapshot \"9\""),
      ("POST", "/images/snapshots/14001/restore/9", "there is no slice \"9\""),
      ("DELETE", "/images/snapshots/3001/delete", "there is no snapshot \"3001\""),
      ("DELETE", "/images/snapshots/x/delete", "there is no snapshot \"x\""),
      ("GET", "/nothing", "there is nothing at \"/api/v1/nothing\""),
      ("DELETE", "/images", "there is nothing at \"/api/v1/images\""),
    ])
  func unknown(_ method: String, _ path: String, _ error: String) async throws {
    try await TestCloud.serve { cloud in
      try await cloud.snapshot("a")
      let answer = try await cloud.curl(
        "--request", method, "--url", cloud.url(path), "--header",
        "authorization:bearer \(TestCloud.token)")
      #expect(answer.status == 404)
      #expect(answer.error == error)
    }
  }

  @Test(
    "a body without a usable name is refused and nothing is made",
    arguments: [
      ("", "the body must be a JSON object"),
      ("{", "the body must be a JSON object"),
      ("[\"a\"]", "the body must be a JSON object"),
      ("{\"name\": \"a\"}", "\"snapshot_name\" is missing"),
      ("{\"snapshot_name\": 7}", "\"snapshot_name\" must be a text"),
      ("{\"snapshot_name\": null}", "\"snapshot_name\" must be a text"),
      ("{\"snapshot_name\": \"\"}", "\"snapshot_name\" must not be empty"),
      ("{\"snapshot_name\": \" \"}", "\"snapshot_name\" must not be empty"),
      (
        "{\"snapshot_name\": \"\(String(repeating: "ä", count: 256))\"}",
        "\"snapshot_name\" must have at most 255 characters, not 256"
      ),
    ])
  func badBody(_ body: String, _ error: String) async throws {
    try await TestCloud.serve { cloud in
      try await cloud.snapshot("a")
      for path in ["/images/snapshots/3001/create", "/images/snapshots/14001/rename"] {
        let answer = try await cloud.post(path, body: body)
        #expect(answer.status == 422)
        #expect(answer.error == error)
      }
      #expect(try await cloud.get("/images").rows.map { $0["name"] } == ["a"])
    }
  }

  @Test("a name of 255 characters is taken")
  func longestName() async throws {
    try await TestCloud.serve { cloud in
      let name = String(repeating: "ä", count: 255)
      let answer = try await cloud.post("/images/snapshots/3001/create", name: name)
      #expect(answer.status == 202)
      let rows = try await cloud.settledRows()
      #expect(rows.map { $0["name"] } == [JSON.string(name)])
    }
  }

  @Test("a body that is too long is refused")
  func longBody() async throws {
    try await TestCloud.serve { cloud in
      let answer = try await cloud.post(
        "/images/snapshots/3001/create", name: String(repeating: "a", count: 100_000))
      #expect(answer.status == 413)
    }
  }

  @Test("a page that is no number from 1 is refused", arguments: ["0", "-1", "x", "", "1.5"])
  func badPage(_ page: String) async throws {
    try await TestCloud.serve { cloud in
      let answer = try await cloud.get("/images?page=\(page)")
      #expect(answer.status == 400)
      #expect(answer.error == "\"page\" must be a whole number from 1, not \"\(page)\"")
    }
  }

  @Test("a read-only snapshot can't be renamed, deleted or restored")
  func readOnlySnapshot() async throws {
    try await TestCloud.serve { cloud in
      try await cloud.snapshot("a")
      try await cloud.cloud.setPermissions(.readOnly, of: SnapshotID(14001))
      let answers = [
        try await cloud.post("/images/snapshots/14001/rename", name: "b"),
        try await cloud.delete("/images/snapshots/14001/delete"),
        try await cloud.post("/images/snapshots/14001/restore/3001"),
      ]
      for answer in answers {
        #expect(answer.status == 403)
        #expect(answer.error == "snapshot 14001 \"a\" lacks read-write permission (rw)")
      }
      #expect(try await cloud.get("/images").rows.map { $0["perms"] } == ["ro"])
    }
  }

  @Test("a read-only slice can't be restored, nor be given a snapshot")
  func readOnlySlice() async throws {
    try await TestCloud.serve { cloud in
      try await cloud.snapshot("a")
      let slice = try await cloud.cloud.slice(matching: "web-01")
      try await cloud.cloud.setPermissions(.readOnly, of: slice.id)
      let answers = [
        try await cloud.post("/images/snapshots/3001/create", name: "b"),
        try await cloud.post("/images/snapshots/14001/restore/3001"),
      ]
      for answer in answers {
        #expect(answer.status == 403)
        #expect(answer.error == "slice 3001 \"web-01\" lacks read-write permission (rw)")
      }
      #expect(try await cloud.get("/images").rows.map { $0["vm_perms"] } == ["ro"])
    }
  }
}
