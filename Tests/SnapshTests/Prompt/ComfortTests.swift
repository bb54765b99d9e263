import Foundation
import TerminalKit
import Testing

/// What a person sets up for the prompt: rc.snap, aliases, a prompt, options, profiles.
@Suite struct ComfortTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.configure(
      """
      [profiles.lab]
      endpoint = "local"
      max_deletes = 3
      """)
  }

  private func startFile(_ text: String) throws {
    try text.write(
      toFile: "\(sandbox.folder)/.config/snapsh/rc.snap", atomically: true, encoding: .utf8)
  }

  @Test("the greeting of the first start leads to the tour, and comes once")
  func greeting() throws {
    let first = try ShellTerminal(sandbox, columns: 80)
    let lines = first.screen.text.components(separatedBy: "local>")[0].split(separator: "\n")
    #expect(lines.count <= 4)
    #expect(lines.contains { $0.contains("help tour") })
    #expect(try first.run("help tour").contains("restore before-upgrade"))
    #expect(try first.leave() == 0)
    let second = try ShellTerminal(sandbox)
    #expect(!second.screen.text.contains("help tour"))
  }

  @Test("help keeps its words whole on a narrow terminal", arguments: ["restore", "ls", "tour"])
  func narrowHelp(_ name: String) throws {
    let text = try sandbox.snapsh("help", name).output
    let shell = try ShellTerminal(sandbox, ["--pager", "cat"], rows: 60, columns: 64)
    let shown = try shell.run("help \(name)")
    let words = { (text: String) in Set(text.split { $0.isWhitespace }) }
    #expect(words(text).subtracting(words(shown)) == [])
  }

  @Test("what rc.snap declares is there at the first prompt")
  func startFileRuns() throws {
    try startFile(
      """
      alias newest 'slices | sort-by vm_id --desc'
      let team = "web"
      fn greet(who: string) { print "hello ${who} of ${team}" }
      """)
    let shell = try ShellTerminal(sandbox)
    #expect(try shell.run("greet ann").contains("\nhello ann of web\n"))
    try shell.run("local add web-01 --size 1MiB")
    #expect(try shell.run("newest | get vmname").contains("\nweb-01\n"))
    #expect(try shell.leave() == 0)
  }

  @Test("an error in rc.snap is told with its place, and the shell starts")
  func startFileFails() throws {
    try startFile("let a = 1\noops\n")
    let shell = try ShellTerminal(sandbox)
    #expect(shell.screen.text.contains("rc.snap:2:1"))
    #expect(try shell.run("print 5").contains("\n5\n"))
    let without = try ShellTerminal(sandbox, ["--no-rc"])
    #expect(!without.screen.text.contains("oops"))
  }

  @Test("rc.snap changes nothing in the cloud, not even by a function")
  func startFileChangesNothing() throws {
    try startFile("fn again() { create web-01 again }\nprint begun\nagain\n")
    let shell = try ShellTerminal(sandbox)
    #expect(shell.screen.text.contains("what runs at every start can't change anything"))
    #expect(!shell.screen.text.contains("begun"))
    #expect(try shell.run("print 5").contains("\n5\n"))
  }

  @Test("an alias is called, completed, explained and asked about like a command")
  func alias() throws {
    let shell = try ShellTerminal(sandbox)
    try shell.run("local add web-01 --size 1MiB")
    try shell.run("create web-01 first --wait")
    try shell.run("alias seek 'ls --query'")
    try shell.run("alias doom 'ls | rm'")
    #expect(try shell.run("seek fir | get name").contains("\nfirst\n"))
    #expect(try shell.run("seek").contains("needs a value"))
    #expect(try shell.run("help seek").contains("seek QUERY"))
    shell.type("doom" + Key.enter)
    try shell.wait(for: "delete 1 snapshot on profile 'local'?")
    #expect(try shell.run("n").contains("declined"))
    shell.type("see\tfirs")
    try shell.terminal.wait(until: { $0.currentLine.hasPrefix("local> seek firs") })
    #expect(try shell.run("t | get id").contains("\n14001\n"))
    #expect(try shell.run("alias seek 'ls'").contains("\nlocal>"))
    #expect(try shell.run("alias ls 'slices'").contains("'ls' is a command already"))
    #expect(try shell.run("alias again 'seek web'").contains("unknown command 'seek'"))
    #expect(try shell.run("fn seek() { print 1 }").contains("'seek' is an alias"))
    try shell.run("alias --remove seek")
    #expect(try shell.run("seek").contains("unknown command 'seek'"))
  }

  @Test("a function 'prompt' makes the prompt; when it fails, the usual one stands")
  func ownPrompt() throws {
    let shell = try ShellTerminal(sandbox)
    shell.type("fn prompt(p) { \"${p.profile} ${p.code} $ \" }" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "local 0 $" })
    shell.type("oops" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "local 2 $" })
    let before = shell.screen.transcript.count
    shell.type("fn prompt(p) { sleep 1h; 'never' }" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "local>" })
    try shell.run("print 1")
    let told = shell.screen.transcript.dropFirst(before)
    #expect(told.components(separatedBy: "longer than 200 ms").count == 2)
  }

  @Test("a production profile stays marked with a prompt of one's own")
  func productionStaysMarked() throws {
    let cloud = try ScriptedCloud()
    try sandbox.configure(
      """
      [profiles.prod]
      endpoint = "\(cloud.endpoint)"
      token = "abc"
      production = true
      """)
    try startFile("fn prompt(p) { '$ ' }")
    let shell = try ShellTerminal(sandbox, ["--profile", "prod"], prompt: "prod! $ ")
    #expect(try shell.leave() == 0)
  }

  @Test("'set' changes an option for the session and says what decided it")
  func set() throws {
    let shell = try ShellTerminal(sandbox, environment: ["SNAPSH_JOBS": "2"])
    #expect(try shell.run("set | where option == jobs | get from").contains("\nSNAPSH_JOBS\n"))
    try shell.run("set output jsonl")
    #expect(try shell.run("[{a: 1}]").contains("\n{\"a\":1}\n"))
    #expect(
      try shell.run("set | where option == output | select value from").contains(
        "\n{\"value\":\"jsonl\",\"from\":\"set\"}\n"))
    #expect(try shell.run("set jobs none").contains("'jobs' must be a number from 1"))
    #expect(try shell.run("set yes true").contains("'yes' is none of"))
    try shell.run("set output --reset")
    #expect(try shell.run("[{a: 1}]").contains("\nA\n1\n"))
    try shell.run("local add web-01 --size 1MiB")
    try shell.run("set dry-run true")
    #expect(try shell.run("create web-01 never").contains("dry run: nothing is sent"))
    try shell.run("set dry-run false")
    #expect(try shell.run("ls").contains("no rows"))
  }

  @Test(
    "an option that is given to a command is pointed to 'set', or to the start of the shell",
    arguments: [
      ("ls -o json", "set output FORMAT"), ("rm 1 --dry-run", "set dry-run true"),
      ("rm 1 --yes", "snapsh --yes …"),
    ])
  func optionOfSession(_ line: String, _ help: String) throws {
    let shell = try ShellTerminal(sandbox)
    #expect(try shell.run(line).contains(help))
  }

  @Test("'profile use' goes on in a session of its own")
  func profileUse() throws {
    try startFile("alias every 'ls'")
    let shell = try ShellTerminal(sandbox)
    try shell.run("let n = 20")
    #expect(try shell.run("profile use lap").contains("did you mean 'lab'?"))
    shell.type("profile use lab" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "lab>" })
    shell.type("print $n" + Key.enter)
    try shell.wait(for: "unknown variable '$n'")
    shell.type("every | count; profile | where current | get name" + Key.enter)
    try shell.terminal.wait(until: { $0.text.contains("\n0\nlab\nlab>") })
    shell.type("set | where option == max-deletes | get value; exit 4" + Key.enter)
    #expect(try shell.terminal.waitForExit() == 4)
    #expect(shell.screen.transcript.hasSuffix("exit 4\n3"))
  }

  @Test("'profile use' knows what the configuration has got since the session began")
  func newProfile() throws {
    let shell = try ShellTerminal(sandbox)
    let path = "\(sandbox.folder)/.config/snapsh/config.toml"
    let file = try String(contentsOfFile: path, encoding: .utf8)
    try (file + "\n[profiles.added]\nendpoint = \"local\"\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    shell.type("profile use added" + Key.enter)
    try shell.terminal.wait(until: { $0.currentLine == "added>" })
  }

  @Test("a token of the environment is not taken to another cloud by 'profile use'")
  func tokenStays() throws {
    let cloud = try ScriptedCloud()
    let shell = try ShellTerminal(sandbox, environment: cloud.environment, prompt: cloud.prompt)
    #expect(try shell.run("profile use lab").contains("SNAPSH_ENDPOINT is set"))
  }

  @Test("'source' runs a file as if it were typed, with its own places in errors")
  func source() throws {
    let file = "\(sandbox.folder)/more.snap"
    try "let a = 1\nfn twice(x: int): int { $x * 2 }\n".write(
      toFile: file, atomically: true, encoding: .utf8)
    let shell = try ShellTerminal(sandbox)
    try shell.run("source ~/more.snap")
    #expect(try shell.run("print $(twice 21) $a").contains("\n42 1\n"))
    try "print (1 / 0)\n".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try shell.run("source \(file); print never").contains("more.snap:1:"))
    try "source \(file)\n".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try shell.run("source \(file)").contains("sources itself"))
  }
}
