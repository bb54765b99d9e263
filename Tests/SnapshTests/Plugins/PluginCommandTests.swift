import Foundation
import Testing

struct PluginCommandTests {
  @Test("Nothing of a plugin runs before a person has agreed, nor after it has changed")
  func approval() throws {
    let box = try PluginBox()
    let sandbox = box.sandbox
    try sandbox.write("# Says hello.\nfn hello() { \"hello\" }\n", to: "hi.snap")
    #expect(try sandbox.snapsh("plugin", "add", "hi.snap").code == 6)
    #expect(try sandbox.snapsh("plugin", "list").output == "")
    try box.add("hi.snap")
    #expect(try sandbox.snapsh("-c", "hi.hello").output == "hello\n")
    let installed = "\(box.folder)/hi.snap"
    try "fn hello() { \"changed\" }\n".write(
      toFile: installed, atomically: false, encoding: .utf8)
    let changed = try sandbox.snapsh("-c", "hi.hello")
    #expect(changed.code == 2)
    #expect(changed.errors.contains("is not what was agreed to any more"), "\(changed.errors)")
    #expect(try sandbox.snapsh("plugin", "enable", "hi").code == 6)
    #expect(try sandbox.snapsh("--yes", "plugin", "enable", "hi").code == 0)
    #expect(try sandbox.snapsh("-c", "hi.hello").output == "changed\n")
    #expect(try sandbox.snapsh("plugin", "disable", "hi").code == 0)
    #expect(try sandbox.snapsh("-c", "hi.hello").errors.contains("is disabled"))
    #expect(try sandbox.snapsh("plugin", "enable", "hi").code == 0)
    #expect(try sandbox.snapsh("-c", "hi.hello").output == "changed\n")
    #expect(try sandbox.snapsh("plugin", "remove", "hi").code == 0)
    #expect(!FileManager.default.fileExists(atPath: installed))
    #expect(try sandbox.snapsh("-c", "hi.hello").errors.contains("unknown command 'hi.hello'"))
  }

  @Test("What was put into the plugin folder by hand waits for a yes")
  func dropped() throws {
    let box = try PluginBox()
    try box.sandbox.write(
      "#!/bin/sh\necho ran\n", to: ".local/share/snapsh/plugins/snapsh-x", mode: 0o755)
    let result = try box.sandbox.snapsh("-c", "x")
    #expect(result.code == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("nobody has agreed to the plugin 'x' yet"), "\(result.errors)")
  }

  @Test("A program of the PATH is a command with its own words, and nothing shadows a built-in")
  func programs() throws {
    let box = try PluginBox()
    let bin = "\(box.sandbox.folder)/bin"
    try box.sandbox.write(
      "#!/bin/sh\n# snapsh-about: Shows words\nprintf '<%s>' \"$@\"; echo\n",
      to: "bin/snapsh-words",
      mode: 0o755)
    try box.sandbox.write("#!/bin/sh\necho shadow\n", to: "bin/snapsh-print", mode: 0o755)
    try box.sandbox.write("#!/bin/sh\nexec cat\n", to: "bin/snapsh-same", mode: 0o755)
    let path = ["PATH": "\(bin):\(box.sandbox.environment["PATH"] ?? "")"]
    let words = try box.sandbox.snapsh(
      "-c", "let x = 3\nwords --a=$x -b 'c d' e${x} -- --f\nprint mine", environment: path)
    #expect(words.output == "<--a=3><-b><c d><e3><--f>\nmine\n", "\(words.errors)")
    let same = try box.sandbox.snapsh(
      "-c", "[{n: 1}, {n: 2}] | same | where n > 1 | get n", environment: path)
    #expect(same.output == "2\n", "\(same.errors)")
    let help = try box.sandbox.snapsh("help", "words", environment: path)
    #expect(help.output.hasPrefix("Shows words\n"))
    let direct = try box.sandbox.snapsh("words", "--flag", environment: path)
    #expect(direct.output == "<--flag>\n", "\(direct.errors)")
  }

  @Test("The token reaches no plugin")
  func secrecy() throws {
    let box = try PluginBox()
    try box.sandbox.write("#!/bin/sh\nenv\n", to: "bin/snapsh-env", mode: 0o755)
    let result = try box.sandbox.snapsh(
      "-c", "env",
      environment: [
        "PATH": "\(box.sandbox.folder)/bin:\(box.sandbox.environment["PATH"] ?? "")",
        "SNAPSH_TOKEN": "a-secret-token-123", "OTHER": "Bearer a-secret-token-123",
        "SNAPSH_ENDPOINT": "http://127.0.0.1:9",
      ])
    #expect(result.output.contains("SNAPSH_PLUGIN=1"), "\(result.errors)")
    #expect(!result.output.contains("a-secret-token-123"))
  }

  @Test("The check and help know the commands without starting the plugin")
  func manifest() throws {
    let box = try PluginBox()
    try box.add(
      "lazy",
      provides: PluginBox.go(
        #","params":[{"name":"count","type":"int"},{"flag":"tag","type":"string","required":true}]"#
      ),
      python: "import os\nopen(os.environ['HOME'] + '/started', 'w')")
    try box.sandbox.write("lazy.go many --tag x", to: "a.snap")
    let check = try box.sandbox.snapsh("check", "a.snap")
    #expect(check.errors.contains("a.snap:1:9"), "\(check.errors)")
    #expect(check.errors.contains("'many' is not an int"), "\(check.errors)")
    let lacking = try box.sandbox.snapsh("-c", "lazy.go 1")
    #expect(lacking.errors.contains("'lazy.go' needs --tag"), "\(lacking.errors)")
    #expect(try box.sandbox.snapsh("help", "lazy.go").output.contains("lazy.go COUNT"))
    #expect(!FileManager.default.fileExists(atPath: "\(box.sandbox.folder)/started"))
  }

  @Test(
    "A manifest with a mistake says where it is",
    arguments: [
      (#"{"name":"bad"}"#, "'version' is missing"),
      (#"{"name":"bad","version":1}"#, "'version' must be a text"),
      (#"{"name":"bad","version":"1","protocol":[2,1],"run":["./x"],"provides":{}}"#, "'protocol'"),
      (
        #"{"name":"bad","version":"1","protocol":[1,1],"run":["./x"],"permissions":["root"],"provides":{}}"#,
        "'root' is no permission"
      ),
      (
        #"{"name":"bad","version":"1","protocol":[1,1],"run":["./x"],"provides":{"commands":[{"name":"a","params":[{"name":"p","type":"strnig"}]}]}}"#,
        "'provides.commands[0].params[0].type' 'strnig' is no type"
      ),
      (
        #"{"name":"bad","version":"1","protocol":[1,1],"run":["./x"],"provides":{"hooks":[{"on":"during"}]}}"#,
        "'provides.hooks[0].on' must be before or after"
      ),
      (
        #"{"name":"good","version":"1","protocol":[1,1],"run":["./x"],"provides":{}}"#,
        "is of 'good'"
      ),
      ("{", "is not JSON: line 1"),
    ])
  func mistakes(_ text: String, _ expected: String) throws {
    let box = try PluginBox()
    try box.sandbox.write(text, to: "bad/plugin.json")
    let result = try box.sandbox.snapsh("--yes", "plugin", "add", "bad")
    #expect(result.code != 0)
    #expect(result.errors.contains(expected), "\(result.errors)")
    #expect(try box.sandbox.snapsh("plugin").output == "")
  }

  @Test(
    "A new plugin works, and its own test says so",
    arguments: [
      ["--kind", "script"], ["--kind", "program"], ["--kind", "program", "--lang", "python"],
      ["--kind", "protocol", "--lang", "python"],
    ])
  func skeleton(_ words: [String]) throws {
    let sandbox = try Sandbox()
    let made = try sandbox.snapsh(["plugin", "new", "mine"] + words)
    #expect(made.code == 0, "\(made.errors)")
    let result = try sandbox.run("sh mine/test.sh")
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.hasSuffix("mine works\n"))
    #expect(try sandbox.snapsh(["plugin", "new", "mine"] + words).code == 1)
  }

  @Test("'plugin test' finds what a plugin does wrong")
  func conformance() throws {
    let box = try PluginBox()
    try box.add(
      "odd", provides: PluginBox.go(), python: PluginBox.rude("say('noise')"))
    let result = try box.sandbox.snapsh("plugin", "test", "odd")
    #expect(result.code == 1)
    #expect(result.output.contains("failed"))
    try box.addTags()
    let good = try box.sandbox.snapsh("plugin", "test", "tags")
    #expect(good.code == 0, "\(good.output)\(good.errors)")
  }
}
