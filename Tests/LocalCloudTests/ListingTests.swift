import LocalCloud
import OrderedJSON
import Testing

@Suite struct ListingTests {
  @Test("an empty list has one page", arguments: StoreKind.all)
  func empty(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      let answer = try await cloud.get("/images")
      #expect(answer.body == ["data": [], "page": 1, "pages": 1, "results": 0])
    }
  }

  @Test("pages hold each row once, by id, and say how many there are", arguments: StoreKind.all)
  func pages(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind, pageSize: 2) { cloud in
      for name in ["e", "d", "c", "b", "a"] { try await cloud.snapshot(name) }
      var ids: [JSON?] = []
      for page in 1...3 {
        let answer = try await cloud.get("/images?page=\(page)")
        #expect(answer["page"] == .int(page))
        #expect(answer["pages"] == 3)
        #expect(answer["results"] == 5)
        ids += answer.rows.map { $0["id"] }
      }
      #expect(ids == [14001, 14002, 14003, 14004, 14005])
    }
  }

  @Test("a page behind the last is empty", arguments: [2, Int.max])
  func behindTheLast(_ page: Int) async throws {
    try await TestCloud.serve { cloud in
      try await cloud.snapshot("a")
      let answer = try await cloud.get("/images?page=\(page)")
      #expect(answer.status == 200)
      #expect(answer.rows == [])
      #expect(answer["results"] == 1)
    }
  }

  @Test(
    "a query finds what contains it in the snapshot's or the slice's name, without case",
    arguments: [
      ("nightly", ["Nightly-1", "nightly-2"]),
      ("WEB-01", ["Nightly-1", "nightly-2", "100%_ÄÖ"]),
      ("äö", ["100%_ÄÖ"]),
      ("%", ["100%_ÄÖ"]),
      ("_", ["100%_ÄÖ"]),
      ("n%y", []),
      ("'", []),
      ("", ["Nightly-1", "nightly-2", "100%_ÄÖ"]),
    ])
  func query(_ query: String, _ expected: [String]) async throws {
    try await TestCloud.serve { cloud in
      for name in ["Nightly-1", "nightly-2", "100%_ÄÖ"] { try await cloud.snapshot(name) }
      let answer = try await cloud.curl(
        "--get", "--data-urlencode", "query=\(query)", "--url", cloud.url("/images"), "--header",
        "authorization:bearer \(TestCloud.token)")
      #expect(answer.rows.compactMap { $0["name"]?.stringValue } == expected)
      #expect(answer["results"] == .int(expected.count))
    }
  }

  @Test(
    "the snapshots of a removed slice stay listed, with the time of the removal",
    arguments: StoreKind.all)
  func removedSlice(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      try await cloud.snapshot("a")
      let slice = try await cloud.cloud.slice(matching: "web-01")
      try await cloud.cloud.removeSlice(slice.id)
      let row = try #require(try await cloud.get("/images").rows.first)
      #expect(row["vm_deleted"]?.stringValue != nil)
      #expect(try await cloud.get("/images/snapshots/3001").rows.count == 1)
      #expect(try await cloud.post("/images/snapshots/14001/restore/3001").status == 404)
      if let ceph = cloud.ceph {
        #expect(try ceph.names() == ["removed-3001", "removed-3001@14001"])
        #expect(try await cloud.delete("/images/snapshots/14001/delete").status == 202)
        #expect(try await cloud.settledRows() == [])
        #expect(try ceph.names() == [])
      } else {
        #expect(try names(in: cloud.folder.path + "/disks") == [])
      }
    }
  }
}

extension TestCloud {
  /// Takes a snapshot of `web-01`, without HTTP.
  func snapshot(_ name: String) async throws {
    let slice = try await cloud.slice(matching: "web-01")
    let failure = await cloud.perform(try await cloud.begin(.create(slice.id, name: name)))
    if let failure { throw failure }
  }
}
