import Testing

/// What was mistyped: exit code 2, nothing on stdout, nothing sent, and a near word where there is one.
@Suite struct UsageErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let words: [String]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String..., says words: String...) {
      self.arguments = arguments
      self.words = words
    }
  }

  @Test(
    "a mistake is told before anything is sent",
    arguments: [
      Mistake("lss", says: "there is neither a command nor a file 'lss'", "did you mean 'ls'"),
      Mistake("-c", "lss", says: "unknown command 'lss'", "did you mean 'ls'"),
      Mistake("nowhere.snap", says: "can't read 'nowhere.snap': No such file or directory"),
      Mistake(
        "--profle", "x", "ls", says: "unknown option '--profle'", "did you mean '--profile'?"),
      Mistake("ls", "--qery", "x", says: "'ls' has no flag '--qery'", "did you mean '--query'?"),
      Mistake("--profile", "prdo", "ls", says: "there is no profile 'prdo'", "'prod'"),
      Mistake("--profile", says: "'--profile' needs NAME"),
      Mistake("-o", "xml", "ls", says: "--output must be one of table, wide, json", "'xml'"),
      Mistake("--jobs", "0", "ls", says: "--jobs must be a number from 1, not '0'"),
      Mistake("--timeout", "3", "ls", says: "--timeout must be a duration such as 30s, not '3'"),
      Mistake("--yes=1", "ls", says: "'--yes' takes no value"),
      Mistake("ls", "a", "b", says: "'ls'"),
      Mistake("rename", "14901", says: "'rename'"),
      Mistake("rm", "--yes", says: "'rm' needs a snapshot"),
      Mistake("ls", "--page", "x", says: "'x'"),
      Mistake("ls", "--page", "0", says: "pages are numbered from 1"),
      Mistake("check", says: "'check' needs a file"),
      Mistake("-c", says: "'-c' needs code"),
      Mistake("serve", "--listen", "8080", says: "'8080' is no address", "127.0.0.1:8080"),
      Mistake("rename", "14901", "", says: "a snapshot's name can't be empty"),
    ])
  func mistake(_ mistake: Mistake) throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    try sandbox.configure(
      "[profiles.prod]\nendpoint = \"\(cloud.endpoint)\"\ntoken_file = \"/x\"\n")
    let result = try sandbox.snapsh(mistake.arguments, environment: cloud.environment)
    #expect(result.code == 2, "\(result.errors)")
    #expect(result.output == "")
    for word in mistake.words { #expect(result.errors.contains(word), "\(result.errors)") }
    #expect(cloud.mutations.isEmpty)
  }

  @Test("all errors of a script are told at once, each with its place and a caret; nothing runs")
  func script() throws {
    let (sandbox, cloud) = (try Sandbox(), try ScriptedCloud())
    try sandbox.write(
      """
      rm 14901 --yes
      whre name == "x"
      print $nobody
      ls | sort-by created --dsc
      """, to: "broken.snap")
    for command in [["broken.snap"], ["check", "broken.snap"]] {
      let result = try sandbox.snapsh(command, environment: cloud.environment)
      #expect(result.code == 2)
      #expect(result.output == "")
      for place in ["broken.snap:1:10", "broken.snap:2:1", "broken.snap:3:7", "broken.snap:4:22"] {
        #expect(result.errors.contains("--> \(place)\n"), "\(result.errors)")
      }
      #expect(result.errors.contains(" 3 | print $nobody\n   |       ^^^^^^^\n"))
      #expect(cloud.requests.isEmpty)
    }
  }

  @Test("a script on stdin is checked as a whole before its first line runs")
  func standardInput() throws {
    let result = try Sandbox().snapsh("-", input: "print 1\nprint $nobody\n")
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("<stdin>:2:7"))
  }

  @Test(
    "a configuration file with a mistake is refused by name, place and near word",
    arguments: [
      ("[profiles.a]\nendpont = \"x\"", "unknown key 'endpont' in the profile 'a'"),
      ("default_profil = \"a\"", "did you mean 'default_profile'?"),
      ("[profiles.a\n", "config.toml:1:"),
      ("[profiles.a]\njobs = []", "'jobs' must be a text or a number"),
      ("default_profile = \"b\"\n[profiles.a]\n", "there is no profile 'b'"),
    ])
  func configuration(_ text: String, _ words: String) throws {
    let sandbox = try Sandbox()
    try sandbox.configure(text)
    let result = try sandbox.snapsh("ls")
    #expect(result.code == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
