import CloudAPI
import LocalCloud
import OrderedJSON
import Testing

/// The six calls, as the curl lines of the documentation make them.
@Suite struct APITests {
  @Test(
    "a snapshot that was created is listed, with all fields that the documentation shows",
    arguments: StoreKind.all)
  func create(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      let answer = try await cloud.post("/images/snapshots/3001/create", name: "mysnapshot")
      #expect(answer.status == 202)
      #expect(answer["snapshot_id"] == 14001)

      let row = try #require(try await cloud.settledRows().first)
      #expect(
        row.members.map(\.name) == [
          "created", "datacenter_id", "duration", "id", "in_progress", "legacy", "name", "perms",
          "progress", "region", "snapshot_size", "vm_datacenter_id", "vm_deleted", "vm_id",
          "vm_perms", "vm_user_id", "vmname",
        ])
      #expect(row["id"] == 14001)
      #expect(row["name"] == "mysnapshot")
      #expect(row["vm_id"] == 3001)
      #expect(row["vmname"] == "web-01")
      #expect(row["region"] == "LOCAL")
      #expect(row["snapshot_size"] == 1)
      #expect(row["perms"] == "rw")
      #expect(row["vm_perms"] == "rw")
      #expect(row["legacy"] == .null)
      #expect(row["progress"] == .null)
      #expect(row["vm_deleted"] == .null)
      let created = try #require(row["created"]?.stringValue)
      #expect(created.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/) != nil)
      let duration = try #require(row["duration"]?.stringValue)
      #expect(duration.wholeMatch(of: /\d\d+s/) != nil)
    }
  }

  @Test("a page is what the client's contract reads as a page", arguments: StoreKind.all)
  func page(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      let answer = try await cloud.get("/images")
      let page = try #require(Page(answer.body))
      #expect(page.rows.map(\.id) == [SnapshotID(14001)])
      #expect(page.page == 1)
      #expect(page.pages == 1)
      #expect(page.results == 1)
    }
  }

  @Test(
    "a slice's list shows the documented fields, and the progress of operations",
    arguments: StoreKind.all)
  func listSlice(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      let created = try await cloud.settledRows().first?["created"]
      let answer = try await cloud.get("/images/snapshots/3001")
      #expect(answer.status == 200)
      #expect(answer.body.objectValue?.members.map(\.name) == ["data"])
      let row = try #require(answer.rows.first)
      #expect(
        row.members.map(\.name) == [
          "backup_full_size", "created", "duration", "id", "in_progress", "name", "progress",
        ])
      #expect(row["backup_full_size"] == 1)
      #expect(row["created"] == created)
      #expect(row["name"] == "a")
    }
  }

  @Test(
    "a restore brings back the bytes of the snapshot, and leaves the snapshot as it was",
    arguments: StoreKind.all)
  func restore(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      let (disk, snapshot) = (SliceID(3001), SnapshotImage(SnapshotID(14001), of: SliceID(3001)))
      let old = try cloud.read(.disk(disk))
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      _ = try await cloud.settledRows()
      try cloud.write(noise(64 << 10), to: disk, at: 64 << 10)
      #expect(try cloud.read(.disk(disk)) != old)

      let answer = try await cloud.post("/images/snapshots/14001/restore/3001")
      #expect(answer.status == 202)
      _ = try await cloud.settledRows()
      #expect(try cloud.read(.disk(disk)) == old)
      #expect(try cloud.read(.snapshot(snapshot)) == old)
    }
  }

  @Test(
    "a snapshot of one slice can be restored onto another, which takes its size",
    arguments: StoreKind.all)
  func restoreOntoAnother(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      let other = try await cloud.cloud.addSlice(name: "web-02", size: 64 << 10)
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      _ = try await cloud.settledRows()
      let answer = try await cloud.post("/images/snapshots/14001/restore/\(other.id)")
      #expect(answer.status == 202)
      _ = try await cloud.settledRows()
      let slices = try await cloud.cloud.slices()
      #expect(slices.map(\.size) == [256 << 10, 256 << 10])
      #expect(try cloud.read(.disk(slices[0].id)) == cloud.read(.disk(slices[1].id)))
    }
  }

  @Test("a rename changes the name and nothing else", arguments: StoreKind.all)
  func rename(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      var expected = try #require(try await cloud.settledRows().first)
      let answer = try await cloud.post("/images/snapshots/14001/rename", name: "ü \"b\" 🦆")
      #expect(answer.status == 202)
      expected["name"] = "ü \"b\" 🦆"
      #expect(try await cloud.settledRows() == [expected])
    }
  }

  @Test(
    "a deleted snapshot is gone from the lists and from the disk, and its id never comes back",
    arguments: StoreKind.all)
  func delete(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
      _ = try await cloud.settledRows()
      #expect(try await cloud.delete("/images/snapshots/14001/delete").status == 202)
      #expect(try await cloud.settledRows() == [])
      #expect(try cloud.storedSnapshots() == [])
      let answer = try await cloud.post("/images/snapshots/3001/create", name: "a")
      #expect(answer["snapshot_id"] == 14002)
    }
  }

  @Test("two snapshots may have the same name", arguments: StoreKind.all)
  func sameNames(_ kind: StoreKind) async throws {
    try await TestCloud.serve(on: kind) { cloud in
      for _ in 1...2 {
        _ = try await cloud.post("/images/snapshots/3001/create", name: "a")
        _ = try await cloud.settledRows()
      }
      #expect(try await cloud.settledRows().map { $0["name"] } == ["a", "a"])
    }
  }

  @Test(
    "the name of the authorization scheme has no case", arguments: ["bearer", "Bearer", "BEARER"])
  func scheme(_ scheme: String) async throws {
    try await TestCloud.serve { cloud in
      let answer = try await cloud.curl(
        "--url", cloud.url("/images"), "--header", "authorization: \(scheme) \(TestCloud.token)")
      #expect(answer.status == 200)
    }
  }
}
