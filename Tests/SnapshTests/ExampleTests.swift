import Foundation
import Testing

/// The scripts under docs/examples, run as a reader would run them.
struct ExampleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/examples")

  @Test("The tour does the whole job, leaves nothing, and can be taken again")
  func tour() throws {
    let sandbox = try Sandbox()
    let tour = Self.folder.appending(path: "tour.snap").path
    for _ in 1...2 {
      let result = try sandbox.snapsh(["--yes", tour])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.hasSuffix("left: 0\n"))
      #expect(result.errors.contains("restore"))
    }
    #expect(try sandbox.snapsh(["local", "list"]).output == "")
  }

  @Test("Without a yes and without a person, the tour destroys nothing")
  func tourWithoutYes() throws {
    let sandbox = try Sandbox()
    let result = try sandbox.snapsh([Self.folder.appending(path: "tour.snap").path])
    #expect(result.code == 6)
    #expect(try sandbox.snapsh(["ls", "-o", "ids"]).output.split(separator: "\n").count == 4)
  }

  @Test("A dry run makes and removes nothing")
  func dryRun() throws {
    let sandbox = try Sandbox()
    #expect(try sandbox.snapsh(["local", "add", "tour-db-01", "--size", "1MiB"]).code == 0)
    _ = try sandbox.snapsh(["--dry-run", Self.folder.appending(path: "tour.snap").path])
    let slices = try sandbox.snapsh(["-c", "local list | get vmname"])
    #expect(slices.output.contains("tour-db-01"))
    #expect(!slices.output.contains("tour-web-01"))
  }

  private static func path(_ script: String) -> String { folder.appending(path: script).path }

  /// Writes the same byte to a whole disk of the local cloud.
  private func fill(_ slice: String, _ letter: String, in sandbox: Sandbox) throws {
    let result = try sandbox.run(
      "head -c 1048576 /dev/zero | tr '\\0' \(letter) > \"$(snapsh local disk \(slice))\"")
    #expect(result.code == 0, "\(result.output)")
  }

  private func byte(of slice: String, in sandbox: Sandbox) throws -> String {
    try sandbox.run("head -c 1 \"$(snapsh local disk \(slice))\"").output
  }

  @Test("Every night: each slice gets a snapshot, and only old nightly ones go")
  func nightly() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01", "web-02", "db-01"])
    let filled = try sandbox.snapsh(
      "-q", "-c",
      """
      for ago in [24h, 48h, 72h, 96h] {
        let made = $(create web-01 "nightly-before" --wait)
        local backdate $made.0.id (now() - $ago)
      }
      let made = $(create web-01 "by-hand" --wait)
      local backdate $made.0.id (now() - 240h)
      """)
    #expect(filled.code == 0, "\(filled.errors)")
    let arguments = ["web", "--daily", "2", "--weekly", "0", "--monthly", "0"]
    let night = try sandbox.snapsh(["--yes", Self.path("nightly.snap")] + arguments)
    #expect(night.code == 0, "\(night.errors)")
    #expect(night.output.hasSuffix("covered: 2 of 2\n"), "\(night.output)")
    let left = try sandbox.snapsh(
      "-c", "ls | sort-by vmname created | each { print $it.vmname $it.name }")
    let names = left.output.split(separator: "\n").map { $0.prefix(14) }
    #expect(names == ["web-01 by-hand", "web-01 nightly", "web-01 nightly", "web-02 nightly"])
  }

  @Test("A slice whose snapshot of the night can't be made keeps all, and the code says so")
  func nightlyWithFailure() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(
      slices: ["web-01", "web-02"], snapshots: [("web-02", "nightly-a"), ("web-02", "nightly-b")])
    let damaged = try sandbox.run(
      """
      snapsh -q -c 'for s in $(ls) local backdate $s.id (now() - 72h)'
      rm "$(snapsh local disk web-02)"
      """)
    #expect(damaged.code == 0, "\(damaged.output)")
    let night = try sandbox.snapsh("--yes", Self.path("nightly.snap"), "--daily", "1")
    #expect(night.code == 1)
    #expect(night.output.contains("MISSING: web-02"), "\(night.output)")
    #expect(night.output.contains("covered: 1 of 2"))
    let kept = try sandbox.snapsh(
      "-c", "ls --query nightly | where vmname == web-02 and name ~ '-[ab]$' | count")
    #expect(kept.output == "2\n")
  }

  @Test("The drill restores each slice into the spare one, and its report has what the check found")
  func drill() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01", "db-01", "new-01", "spare"])
    for (slice, letter) in [("web-01", "w"), ("db-01", "d"), ("spare", "s")] {
      try fill(slice, letter, in: sandbox)
    }
    let made = try sandbox.snapsh(
      "-q", "-c", "for s in [\"web-01\", \"db-01\"] create $s weekly --wait")
    #expect(made.code == 0, "\(made.errors)")
    // What the spare slice holds must be what the slice held; that of db-01 is taken for bad.
    let check = "head -c 1 \"$(snapsh local disk spare)\" | grep -q w"
    let drill = try sandbox.snapsh(
      "--yes", Self.path("weekend-restore-drill.snap"), "spare", "--check", check)
    #expect(drill.code == 1)
    #expect(
      drill.output.hasSuffix("1 of 3 slices can be restored\n"), "\(drill.output)\(drill.errors)")
    let report = try sandbox.snapsh(
      "-c", "open restore-drill.csv | sort-by slice | each { print $it.slice $it.result }")
    let lines = report.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix("db-01 FAILED: ") == true)
    #expect(lines.dropFirst() == ["new-01 no snapshot", "web-01 good"])
    #expect(try byte(of: "spare", in: sandbox) == "w" || byte(of: "spare", in: sandbox) == "d")
    #expect(try byte(of: "web-01", in: sandbox) == "w")
  }

  @Test("Names are migrated once; one that is taken is told and left")
  func migrateNames() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(
      slices: ["web-01", "db-01"],
      snapshots: [
        ("web-01", "auto_1"), ("web-01", "auto_2"), ("web-01", "nightly-2"), ("db-01", "auto_2"),
        ("db-01", "not_auto_3"),
      ])
    let script = Self.path("migrate-names.snap")
    let look = try sandbox.snapsh("--dry-run", script, "auto_", "nightly-")
    #expect(look.code == 1)
    #expect(try sandbox.snapsh("-c", "ls | where name ~ '^auto_' | count").output == "3\n")
    for renamed in [2, 0] {
      let result = try sandbox.snapsh("--yes", script, "auto_", "nightly-")
      #expect(result.code == 1)
      #expect(
        result.output == """
          renamed: \(renamed)
          NOT RENAMED, the name is taken: web-01: nightly-2

          """, "\(result.errors)")
    }
    let names = try sandbox.snapsh(
      "-c", "ls | sort-by vmname id | each { print $it.vmname $it.name }")
    #expect(
      names.output == """
        db-01 nightly-2
        db-01 not_auto_3
        web-01 nightly-1
        web-01 auto_2
        web-01 nightly-2

        """)
  }

  @Test("An incident: the evidence is kept, and the slices go back to what they were before")
  func incident() throws {
    let sandbox = try Sandbox()
    try sandbox.prepare(slices: ["web-01", "web-02", "db-01"])
    for slice in ["web-01", "web-02", "db-01"] { try fill(slice, "g", in: sandbox) }
    let made = try sandbox.snapsh(
      "-q", "-c",
      "for s in [\"web-01\", \"db-01\"] { let m = $(create $s good --wait); local backdate $m.0.id (now() - 24h) }"
    )
    #expect(made.code == 0, "\(made.errors)")
    for slice in ["web-01", "web-02", "db-01"] { try fill(slice, "x", in: sandbox) }
    let moment = "2026-01-01"
    let script = Self.path("incident.snap")
    let early = try sandbox.snapsh("--yes", script, "web", moment, "--restore")
    #expect(early.code == 1)
    #expect(early.output.contains("NOTHING TO GO BACK TO: web-01"))
    #expect(try byte(of: "web-01", in: sandbox) == "x")

    let hourAgo = try sandbox.run("date -u -d '1 hour ago' +%Y-%m-%dT%H:%M").output
    let before = hourAgo.trimmingCharacters(in: .whitespacesAndNewlines)
    let result = try sandbox.snapsh("--yes", script, "web", before, "--restore")
    #expect(result.code == 1)
    #expect(
      result.output.contains("NOTHING TO GO BACK TO: web-02"), "\(result.output)\(result.errors)")
    #expect(try byte(of: "web-01", in: sandbox) == "g")
    #expect(try byte(of: "web-02", in: sandbox) == "x")
    #expect(try byte(of: "db-01", in: sandbox) == "x")
    let evidence = try sandbox.snapsh(
      "-c", "ls --query incident- | where created > ago(1h) | count")
    #expect(evidence.output == "4\n")
  }
}
