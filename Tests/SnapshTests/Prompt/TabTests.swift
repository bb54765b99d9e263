import TerminalKit
import Testing

/// Completion by Tab, with what each word means beside it.
@Suite struct TabTests {
  private let sandbox: Sandbox
  private let shell: ShellTerminal

  init() throws {
    sandbox = try Sandbox()
    try sandbox.prepare(
      slices: ["web-01", "web-02", "db-01"],
      snapshots: [("web-01", "before-upgrade"), ("db-01", "nightly")])
    shell = try ShellTerminal(sandbox)
    // The list is there when a statement has read it.
    try shell.run("ls | count")
  }

  /// Types `text` and Tab, and waits for the line to become `line`.
  private func expect(_ text: String, becomes line: String, at source: Int = #line) throws {
    shell.type(text + "\t")
    try shell.terminal.wait(
      until: { $0.typed == "local> \(line)" }, "'\(text)' to become '\(line)'", line: source)
    shell.type(Key.controlC)
    try shell.waitForPrompt()
  }

  /// Types `text` and Tab, and waits for lines below that contain `rows`.
  private func expect(_ text: String, lists rows: [[String]], at source: Int = #line) throws {
    shell.type(text + "\t\t")
    try shell.terminal.wait(
      until: { screen in
        rows.allSatisfy { words in
          screen.lines[(screen.row + 1)...].contains { line in words.allSatisfy(line.contains) }
        }
      }, "the candidates of '\(text)'", line: source)
    shell.type(Key.controlC)
    try shell.waitForPrompt()
  }

  @Test("commands, with what they do")
  func commands() throws {
    try expect("ren", becomes: "rename")
    try expect(
      "re", lists: [["rename", "Rename a snapshot"], ["restore", "Replace a slice's data"]])
  }

  @Test("flags, with what they are for, and the options of a command alone")
  func flags() throws {
    try expect("ls --q", becomes: "ls --query")
    try expect(
      "create web-01 x --", lists: [["--wait", "wait until"], ["--wait-timeout", "how long"]])
  }

  @Test("variables of the session")
  func variables() throws {
    try shell.run("let snapshots = $(ls)")
    try expect("print $snaps", becomes: "print $snapshots")
  }

  @Test("names of snapshots, with their slice, age and size")
  func snapshotNames() throws {
    try expect("rm bef", becomes: "rm before-upgrade")
    try expect(
      "restore ", lists: [["before-upgrade", "web-01", "1 GB"], ["nightly", "db-01", "1 GB"]])
  }

  @Test("ids of snapshots, with their name")
  func snapshotIDs() throws {
    try expect("rm 1400", lists: [["14001", "before-upgrade"], ["14002", "nightly"]])
    try expect("rm 14002", becomes: "rm 14002")
  }

  @Test("names of slices, those without snapshots too")
  func slices() throws {
    try expect("create web-", lists: [["web-01", "3001"], ["web-02", "3002"]])
    try expect("ls d", becomes: "ls db-01")
  }

  @Test("columns behind where, and values of a column")
  func columns() throws {
    try expect("ls | where snapshot_s", becomes: "ls | where snapshot_size")
  }

  @Test("in the middle of a loop's list, as the language reads it")
  func nested() throws {
    try expect("for s in $(ls --que", becomes: "for s in $(ls --query")
  }

  @Test("a snapshot that was made a moment ago is offered")
  func fresh() throws {
    try shell.run("create web-02 quite-new --wait")
    try shell.run("ls | count")
    try expect("rm qui", becomes: "rm quite-new")
  }
}
