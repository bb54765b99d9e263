import SnapLanguage
import Testing

@testable import SnapShell

struct InvocationTests {
  private static let commands = [
    Signature(
      "ls", group: .read, about: "", parameters: [Parameter("slice", .slice, required: false)],
      flags: [Flag("query", .string), Flag("timeout", .duration)], effect: .read),
    Signature("rm", aliases: ["delete"], group: .change, about: "", effect: .mutating),
  ]

  private func read(_ line: String) throws -> Invocation {
    try Invocation(line.split(separator: " ").map(String.init), commands: Self.commands)
  }

  @Test(
    "A command line asks for one thing",
    arguments: [
      ("", Invocation.Action.shell),
      ("x.snap a --b", .script(path: "x.snap", arguments: ["a", "--b"])),
      ("--yes x.snap -j 4", .script(path: "x.snap", arguments: ["-j", "4"])),
      ("-c 1 -y", .code("1", arguments: ["-y"])),
      ("- a", .standardInput(arguments: ["a"])),
      ("check a.snap b.snap", .check(files: ["a.snap", "b.snap"])),
      ("fmt a.snap --check -", .format(files: ["a.snap", "-"], isCheck: true)),
      ("fmt", .format(files: [], isCheck: false)),
      ("serve", .serve(listen: "127.0.0.1:8080")),
      ("serve --listen 127.0.0.1:0", .serve(listen: "127.0.0.1:0")),
      ("lsp", .languageServer), ("-q lsp", .languageServer),
      ("ls web --query x", .command(["ls", "web", "--query", "x"])),
      ("delete 1", .command(["delete", "1"])),
      ("./ls", .script(path: "./ls", arguments: [])),
      ("--help", .help), ("--version", .version), ("ls --help", .command(["help", "ls"])),
    ])
  func commandLineAsksForOneThing(_ line: String, _ action: Invocation.Action) throws {
    #expect(try read(line).action == action)
  }

  @Test(
    "Options stand before or after a subcommand",
    arguments: ["-o json ls", "ls -o json", "ls -ojson", "--output=json ls", "ls --output json"])
  func optionsStandOnBothSides(_ line: String) throws {
    let invocation = try read(line)
    #expect(invocation.action == .command(["ls"]))
    #expect(invocation.flags == [.output: "json"])
  }

  @Test("A command keeps its own flag where an option has the same name")
  func ownFlagWins() throws {
    let invocation = try read("--timeout 5s ls --timeout 9s")
    #expect(invocation.flags == [.timeout: "5s"])
    #expect(invocation.action == .command(["ls", "--timeout", "9s"]))
  }

  @Test(
    "A wrong command line is refused",
    arguments: [
      "--ouput json", "-c", "--output", "--yes=1 ls", "check", "serve x", "fmt --check=1",
      "fmt --chekc", "--token abc",
    ])
  func wrongCommandLineIsRefused(_ line: String) {
    #expect(throws: SettingError.self) { try read(line) }
  }

  @Test(
    "The words of a command line become a statement that means the same",
    arguments: [
      (["ls", "3247"], "ls 3247"), (["create", "a", "two words"], "create a 'two words'"),
      (["create", "a", "it's $x"], "create a \"it's \\$x\""), (["rm", ""], "rm ''"),
      (["ls", "--query=a b"], "ls --query='a b'"),
    ])
  func wordsBecomeStatement(_ words: [String], _ text: String) {
    #expect(CommandText(words).text == text)
  }
}
