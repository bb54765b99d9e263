import Foundation
import TerminalKit
import Testing

/// What the history knows of each line, and what it leaves out.
@Suite struct HistoryCommandTests {
  private let sandbox: Sandbox
  private var file: String { "\(sandbox.folder)/.local/state/snapsh/history" }

  init() throws { sandbox = try Sandbox() }

  private var text: String { get throws { try String(contentsOfFile: file, encoding: .utf8) } }

  private func rows(_ arguments: String...) throws -> [[String]] {
    let result = try sandbox.snapsh(["history"] + arguments + ["-o", "csv"])
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("each line has its time, duration, code and profile")
  func outcome() throws {
    let before = Date.now.addingTimeInterval(-2)
    let shell = try ShellTerminal(sandbox)
    try shell.run("print 1")
    try shell.run("oops")
    try shell.run("show 99")
    try shell.run("sleep 30ms")
    #expect(try shell.leave() == 0)
    let rows = try rows()
    #expect(rows.map { $0[2] } == ["0", "2", "1", "0"])
    #expect(rows.allSatisfy { $0[3] == "local" })
    #expect(rows.map { $0[4] } == ["print 1", "oops", "show 99", "sleep 30ms"])
    let formatter = ISO8601DateFormatter()
    #expect(rows.allSatisfy { formatter.date(from: $0[0]).map { $0 >= before } ?? false })
    #expect(try self.rows("--failed").map { $0[4] } == ["oops", "show 99"])
    #expect(try text.contains(/ms=(3\d|[4-9]\d|\d{3,}) code=0/))
  }

  @Test("a line that its session died of is there, without an outcome")
  func crash() throws {
    let shell = try ShellTerminal(sandbox)
    shell.type("print started; sleep 60s" + Key.enter)
    try shell.terminal.wait(until: { $0.lines.contains("started") })
    kill(shell.terminal.process, SIGKILL)
    #expect(try shell.terminal.waitForExit() == 128 + SIGKILL)
    #expect(try rows().map { Array($0[1...]) } == [["", "", "local", "print started; sleep 60s"]])
  }

  @Test("a running session sees what another has entered, at its next prompt")
  func shared() throws {
    let (first, second) = (try ShellTerminal(sandbox), try ShellTerminal(sandbox))
    try first.run("print 111")
    try second.run("print 222")
    try first.run("print 333")
    try second.run("")
    second.type(Key.up)
    try second.terminal.wait(until: { $0.currentLine == "local> print 333" })
    second.type(Key.up)
    try second.terminal.wait(until: { $0.currentLine == "local> print 222" })
    #expect(try rows().map { $0[4] } == ["print 111", "print 222", "print 333"])
  }

  @Test(
    "lines with secrets are not kept, which is said once",
    arguments: [
      "print \"SNAPSH_TOKEN=abcdefgh\"", "print 'authorization: bearer abcdefgh'",
      "!echo --password abcdefgh", "print \"token: abcdefgh\"", "print 'x abcdefgh y'",
      "print \"ghp_aBcDabcdefghijkl0123\"", "print 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmMifQ'",
    ])
  func secrets(_ line: String) throws {
    let cloud = try ScriptedCloud(rows: [])
    let shell = try ShellTerminal(
      sandbox, environment: cloud.environment.merging(["SNAPSH_TOKEN": "abcdefgh"]) { $1 },
      prompt: cloud.prompt)
    #expect(try shell.run(line).contains("not kept in the history"))
    #expect(try !shell.run(line).contains("not kept in the history"))
    try shell.run("let token = \"a\" + \"b\"")
    try shell.run("ls | where name == \"token\"")
    #expect(try !text.contains("abcdefgh") && !text.contains("eyJ"))
    #expect(try text.contains("where name"))
  }

  @Test("--since, --profile, --query and --last choose lines, and a search shows each once")
  func choices() throws {
    let now = Int(Date.now.timeIntervalSince1970)
    try sandbox.write(
      """
      \(now - 3 * 86400)\tls old
      \(now - 7200) id=1.1 profile=prod\trm 1
      id=1.1 ms=1500 code=3
      \(now - 3600) profile=local ms=10 code=0\tls web
      \(now - 60) profile=prod ms=10 code=0\tls WEB
      \(now - 50) profile=local ms=10 code=0\tls web

      """, to: ".local/state/snapsh/history")
    #expect(try rows("--since", "2d").map { $0[4] } == ["rm 1", "ls web", "ls WEB", "ls web"])
    #expect(try rows("--failed", "--since", "2d").map { $0[4] } == ["rm 1"])
    #expect(try rows("--profile", "prod").map { $0[4] } == ["rm 1", "ls WEB"])
    #expect(try rows("--query", "web").map { $0[4] } == ["ls WEB", "ls web"])
    #expect(try rows("--last", "2").map { $0[4] } == ["ls WEB", "ls web"])
    #expect(try rows("--last", "0") == [])
    #expect(try sandbox.snapsh("history", "--last", "-1").code == 2)
  }

  @Test("--to-script makes a script of what succeeded, which passes the check and does it again")
  func script() throws {
    let shell = try ShellTerminal(sandbox)
    for line in [
      "let n = 20", "fn twice(x: int): int { return $x * 2 }", "oops", "show 99",
      "print $(twice $n)", "let unused = 1", "history --failed", "print \"grüße 日本\"",
    ] { try shell.run(line) }
    shell.type("for i in 1..2 {" + Key.enter + "print $i" + Key.enter)
    _ = try shell.run("}")
    _ = try shell.run("history --to-script | save \(sandbox.folder)/again.snap")
    #expect(try shell.leave() == 0)
    let script = try String(contentsOfFile: "\(sandbox.folder)/again.snap", encoding: .utf8)
    #expect(
      script == """
        #!/usr/bin/env snapsh
        # lines of the history, by: history --to-script

        # on profile: local

        let n = 20
        fn twice(x: int): int { return $x * 2 }

        # failed with 2: oops
        # failed with 1: show 99

        print $(twice $n)

        # left out, for '$unused' is never used: let unused = 1

        print "grüße 日本"
        for i in 1..2 {
        print $i
        }

        """)
    #expect(try sandbox.snapsh("check", "again.snap").code == 0)
    #expect(try sandbox.snapsh("again.snap").output == "40\ngrüße 日本\n1\n2\n")
  }

  @Test("an empty history is no error")
  func empty() throws {
    #expect(try rows() == [])
    #expect(try sandbox.snapsh("history", "--to-script").code == 0)
  }
}
