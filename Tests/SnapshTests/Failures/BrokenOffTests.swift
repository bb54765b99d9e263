import TerminalKit
import Testing

/// Runs that are stopped before their end: what may follow, and how they are brought to it.
@Suite struct BrokenOffTests {
  private typealias Row = ChangingCloud.Row
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func run(_ cloud: ChangingCloud, _ arguments: String...) throws -> Sandbox.Result {
    try sandbox.snapsh(arguments, environment: cloud.cloud.environment)
  }

  private static let rows = (11...14).map { Row(id: $0, name: "s\($0)") }

  /// A run of four deletions, of which the second is answered with 401.
  private func stopped() throws -> ChangingCloud {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number == 2 ? .status(401, "") : nil }
    let result = try run(cloud, "--yes", "-c", "rm 11 12 13 14")
    #expect(result.code == 4)
    #expect(result.errors.contains("1 accepted, 1 failed, 2 not started"))
    #expect(cloud.mutations.count == 2)
    return cloud
  }

  @Test("a dry run of 'resume' shows what is left and sends nothing")
  func dryResume() throws {
    let cloud = try stopped()
    let result = try run(cloud, "-n", "-o", "jsonl", "resume")
    #expect(result.code == 0)
    #expect(result.output.split(separator: "\n").count == 3)
    #expect(cloud.mutations.count == 2)
    // What was refused for the token is among it.
    #expect(try run(cloud, "--yes", "resume").errors.contains("3 accepted"))
    #expect(cloud.mutations.count == 5)
  }

  @Test("what has changed since is not sent by 'resume', which then doesn't end well")
  func driftedResume() throws {
    let cloud = try stopped()
    cloud.change { $0[1].name = "precious" }
    let result = try run(cloud, "--yes", "resume")
    #expect(result.code == 3)
    #expect(cloud.mutations.last == "DELETE /api/v1/images/snapshots/14/delete")
    #expect(cloud.mutations.count == 4)
    #expect(try run(cloud, "-q", "-o", "jsonl", "runs", "--failed").output.contains("\"failed\":1"))
  }

  @Test("a run that has come to its end is not run again")
  func finished() throws {
    let cloud = try ChangingCloud(Self.rows)
    try sandbox.write("for s in $(ls) rm $s\n", to: "all.snap")
    #expect(try run(cloud, "--yes", "all.snap").code == 0)
    cloud.change { $0.append(Row(id: 31, name: "new")) }
    let result = try run(cloud, "--yes", "resume", "1")
    #expect(result.code == 2)
    #expect(result.errors.contains("run 1 has come to its end: done"))
    #expect(cloud.mutations.count == 4)
  }

  @Test("the limit on deletions is the run's, also when it is resumed")
  func limit() throws {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number == 2 ? .status(401, "") : nil }
    let code = "rm 11; for s in [12, 13] rm $s; rm 14"
    #expect(try run(cloud, "--yes", "--max-deletes", "3", "-c", code).code == 4)
    let result = try run(cloud, "--yes", "--max-deletes", "1", "resume")
    #expect(result.code == 6)
    #expect(result.errors.contains("more than the limit of 1"))
    #expect(cloud.mutations.count == 2)
  }

  @Test(
    "after what stops a run nothing more is sent, whatever the script catches",
    arguments: [(502, 5), (401, 4)])
  func stop(_ status: Int, _ code: Int) throws {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number == 1 ? .status(status, "") : nil
    }
    let result = try run(
      cloud, "--yes", "-c", "try { restore 11 } catch e { print caught }\nrm 12\nprint removed")
    #expect(result.output == "caught\n")
    #expect(result.code == code)
    #expect(result.errors.contains("nothing more was sent"))
    #expect(cloud.mutations.count == 1)
  }

  @Test("five failures in a row end a script that catches each of them")
  func failuresInARow() throws {
    let cloud = try ChangingCloud(Self.rows) { _, _ in .status(403, "") }
    let code = """
      for i in 1..6 { try { rename 11 "n${i}" } catch e { print $i } }
      print end
      """
    let result = try run(cloud, "-c", code)
    #expect(result.output == "1\n2\n3\n4\n5\n")
    #expect(result.code == 3)
    #expect(cloud.mutations.count == 5)
  }

  @Test("a share of failures that stops a run stays reached")
  func share() throws {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number <= 2 ? .status(403, "") : nil }
    let result = try run(
      cloud, "--yes", "--jobs", "1", "--stop-after", "50%", "-c", "ls | rm; rm 14")
    #expect(result.code == 3)
    #expect(cloud.mutations.count == 2)
  }

  @Test("a parallel loop is one run")
  func oneRun() throws {
    let cloud = try ChangingCloud((1...20).map { Row(id: 100 + $0, name: "s", slice: $0) })
    #expect(try run(cloud, "--yes", "-c", "for --jobs 8 s in $(ls) { rm $s }").code == 0)
    #expect(try run(cloud, "-q", "-c", "runs | count").output == "1\n")
    #expect(try run(cloud, "--yes", "resume").errors.contains("there is no unfinished run"))
    #expect(cloud.mutations.count == 20)
  }

  @Test("results are given to programs also when some have failed")
  func results() throws {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number == 2 ? .status(403, "") : nil }
    let result = try run(cloud, "--yes", "-q", "-o", "jsonl", "rm", "11", "12", "13")
    #expect(result.code == 3)
    let rows = result.output.split(separator: "\n")
    #expect(rows.map { $0.contains("\"outcome\":\"accepted\"") } == [true, false, true])
    #expect(rows[1].contains("\"outcome\":\"failed\""))
  }

  @Test("a slice that is named by its id is known to be read-only")
  func readOnlySlice() throws {
    let cloud = try ChangingCloud([
      Row(id: 11, name: "a"), Row(id: 21, name: "b", slice: 2, slicePerms: "ro"),
    ])
    let result = try run(cloud, "--yes", "restore", "11", "2")
    #expect(result.errors.contains("the slice 'web-2' is read-only"))
    #expect(cloud.mutations.isEmpty)
  }

  @Test("what may go because another one stays doesn't go when that one has gone in between")
  func keeper() throws {
    let cloud = try ChangingCloud(
      Self.rows, after: { number, rows in if number == 1 { rows.removeAll { $0.id == 14 } } })
    let result = try run(cloud, "--yes", "prune", "--keep-last", "1")
    #expect(result.errors.contains("the snapshot 14, which was to stay, is gone"))
    #expect(cloud.mutations.count == 1)
  }

  @Test("the bodies of a parallel loop begin like one command: one, then ten")
  func ramp() throws {
    let rows = (1...40).map { Row(id: 100 + $0, name: "s", slice: $0) }
    let cloud = try ChangingCloud(rows) { _, _ in .status(403, "") }
    let result = try run(cloud, "--yes", "-c", "for --jobs 30 s in $(ls) restore $s")
    #expect(result.code == 3)
    #expect(cloud.mutations.count <= 11)
  }

  @Test("a restore in doubt is undone by its guard")
  func undo() throws {
    let cloud = try ChangingCloud(Self.rows) { number, _ in number == 2 ? .closed : nil }
    #expect(try run(cloud, "--yes", "restore", "11", "--guard").code == 5)
    let result = try run(cloud, "--yes", "undo")
    #expect(result.code == 0, "\(result.errors)")
    #expect(cloud.mutations.count == 3)
    #expect(cloud.mutations.last == "POST /api/v1/images/snapshots/101/restore/1")
  }

  // MARK: At the question

  private func shell(_ cloud: ChangingCloud) throws -> ShellTerminal {
    try ShellTerminal(sandbox, environment: cloud.cloud.environment, prompt: cloud.cloud.prompt)
  }

  @Test("what gets another name while a loop's question stands is asked about anew")
  func renamed() throws {
    let cloud = try ChangingCloud(Self.rows)
    let shell = try shell(cloud)
    shell.type("for s in [11, 12] rm $s" + Key.enter)
    try shell.wait(for: "delete 2 snapshots")
    cloud.change { $0[0].name = "precious" }
    shell.type("y" + Key.enter)
    try shell.wait(for: "delete 1 snapshot on profile")
    #expect(shell.screen.contains("precious"))
    shell.type("n" + Key.enter)
    try shell.waitForPrompt()
    #expect(cloud.mutations.isEmpty)
  }

  @Test("what the statement itself renames before is no change of somebody else")
  func renamedItself() throws {
    let cloud = try ChangingCloud(Self.rows)
    let shell = try shell(cloud)
    shell.type("for s in [11, 12] { rename $s \"x-${s}\"; restore $s }" + Key.enter)
    try shell.wait(for: "restore 2 snapshots on")
    shell.type("y" + Key.enter)
    try shell.wait(for: "restore 12 'x-12' → web-1: accepted")
    try shell.waitForPrompt()
    #expect(cloud.mutations.count == 4)
  }

  @Test("a restore whose snapshot changes while the question stands is not sent")
  func changed() throws {
    let cloud = try ChangingCloud(Self.rows)
    let shell = try shell(cloud)
    shell.type("restore 11" + Key.enter)
    try shell.wait(for: "restore 1 snapshot on")
    cloud.change { $0[0].name = "other" }
    shell.type("y" + Key.enter)
    try shell.wait(for: "is called 'other' now; nothing was sent")
    try shell.waitForPrompt()
    #expect(cloud.mutations.isEmpty)
  }

  @Test("a plan keeps how long is waited at most")
  func planTimeout() throws {
    let cloud = try ScriptedCloud(
      rows: [DocumentedRows.row(1, "a", running: "\"restore\"", progress: "10")])
    try sandbox.write("restore 1 --wait --wait-timeout 300ms\n", to: "p.snap")
    let environment = cloud.environment
    #expect(
      try sandbox.snapsh("plan", "p.snap", "-O", "p.json", environment: environment).code == 0)
    let result = try sandbox.snapsh("--yes", "apply", "p.json", environment: environment)
    #expect(result.code == 124)
    #expect(cloud.mutations.count == 1)
  }

  @Test("a plan is not applied when one of its slices is gone")
  func sliceGone() throws {
    let cloud = try ChangingCloud(Self.rows + [Row(id: 21, name: "b", slice: 2)])
    try sandbox.write("rename 11 t\ncreate 2 x\n", to: "p.snap")
    #expect(try run(cloud, "plan", "p.snap", "-O", "p.json").code == 0)
    cloud.change { $0.removeAll { $0.slice == 2 } }
    let result = try run(cloud, "--yes", "apply", "p.json")
    #expect(result.code == 7)
    #expect(result.errors.contains("the slice 2 is gone"))
    #expect(cloud.mutations.isEmpty)
  }
}
