import Foundation
import TerminalKit
import Testing

/// What a person is asked before `prune` deletes.
@Suite struct PruneQuestionTests {
  private static func row(_ id: Int, _ day: String, slice: Int, perms: String = "rw") -> String {
    """
    {"id":\(id),"name":"auto-\(id)","vm_id":\(slice),"vmname":"web-\(slice)","perms":"\(perms)",\
    "vm_perms":"rw","created":"\(day) 10:00:00.5","duration":"10s","snapshot_size":3,\
    "in_progress":null}
    """
  }

  @Test("it shows for each slice how many go and stay, and each deletion with its reasons")
  func question() throws {
    let cloud = try ScriptedCloud(rows: [
      Self.row(1, "2025-02-01", slice: 11), Self.row(2, "2025-02-02", slice: 11),
      Self.row(3, "2025-02-01", slice: 12), Self.row(4, "2025-01-01", slice: 11, perms: "ro"),
    ])
    let shell = try ShellTerminal(
      try Sandbox(), environment: cloud.environment, prompt: cloud.prompt, columns: 120)
    shell.type("prune --keep-monthly 1 --keep-within 12h" + Key.enter)
    try shell.wait(for: "delete 1 snapshot on profile '\(cloud.name)'? [y/N")
    #expect(shell.screen.contains("web-11       1     2"))
    #expect(shell.screen.contains("web-12       0     1"))
    #expect(shell.screen.contains("auto-1"))
    #expect(!shell.screen.contains("auto-3"))
    #expect(shell.screen.contains("not the last monthly"))
    shell.type("n" + Key.enter)
    try shell.wait(for: "declined; nothing was sent")
    #expect(cloud.mutations.isEmpty)
    try shell.waitForPrompt()
    shell.type("prune --keep-monthly 1 --keep-within 12h" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine.hasSuffix("[y/N/p/?]") })
    shell.type("y" + Key.enter)
    try shell.wait(for: "rm 1 'auto-1' of web-11: accepted")
    try shell.waitForPrompt()
    #expect(cloud.mutations.map(\.line) == ["DELETE /api/v1/images/snapshots/1/delete"])
  }

  @Test("the whole list is read before anything is sent, and a page that fails changes nothing")
  func wholeList() throws {
    let cloud = try ScriptedCloud { request in
      if request.target.hasSuffix("page=2") { return .status(403, "{}") }
      return DocumentedRows.page(
        [Self.row(1, "2025-02-01", slice: 11), Self.row(2, "2025-02-02", slice: 11)], of: 2,
        results: 4)
    }
    let result = try Sandbox().snapsh(
      ["--yes", "prune", "--keep-last", "1"], environment: cloud.environment)
    #expect(result.code != 0)
    #expect(cloud.mutations.isEmpty)
  }

  @Test("days are those of the zone")
  func zone() throws {
    let sandbox = try Sandbox()
    let cloud = try ScriptedCloud(rows: [
      Self.row(1, "2025-02-01", slice: 11).replacing("10:00:00.5", with: "22:30:00"),
      Self.row(2, "2025-02-01", slice: 11).replacing("10:00:00.5", with: "23:30:00"),
      Self.row(3, "2025-02-01", slice: 11).replacing("10:00:00.5", with: "23:40:00"),
      Self.row(4, "2025-02-02", slice: 11),
    ])
    // A zone of the tests' own, so that the machine needs none.
    let zones = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RetentionTests/Zones").path
    func deleted(_ zone: String) throws -> [String] {
      let result = try sandbox.snapsh(
        ["-n", "-o", "csv", "--zone", zone, "prune", "--keep-daily", "2"],
        environment: cloud.environment.merging(["TZDIR": zones]) { $1 })
      #expect(result.code == 0, "\(result.errors)")
      return result.output.split(separator: "\n").filter { $0.contains(",delete,") }
        .compactMap { $0.split(separator: ",").first.map(String.init) }
    }
    // At UTC, 3 is the newest of the 1st; in Berlin 2 and 3 belong to the 2nd, and 1 to the 1st.
    #expect(try deleted("UTC") == ["2", "1"])
    #expect(try deleted("Berlin") == ["3", "2"])
  }
}
