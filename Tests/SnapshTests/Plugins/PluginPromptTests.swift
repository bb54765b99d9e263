import Foundation
import TerminalKit
import Testing

/// Plugins at the prompt, in an editor, and many at a time.
struct PluginPromptTests {
  @Test("Tab knows a plugin's commands and flags, and asks it for values")
  func tab() throws {
    let box = try PluginBox()
    try box.sandbox.prepare(slices: ["web-01"], snapshots: [(slice: "web-01", name: "a")])
    try box.addTags()
    let shell = try ShellTerminal(box.sandbox)
    func expect(_ text: String, becomes line: String) throws {
      shell.type(text + "\t")
      try shell.terminal.wait(
        until: { $0.typed == "local> \(line)" }, "'\(text)' to become '\(line)'")
      shell.type(Key.controlC)
      try shell.waitForPrompt()
    }
    try expect("tags.li", becomes: "tags.list")
    try expect("ls | tags.wi", becomes: "ls | tags.with")
    try expect("tags.set 1 --t", becomes: "tags.set 1 --tag")
    try expect("tags.set 1 --tag go", becomes: "tags.set 1 --tag gold")
    try shell.run("ls | tags.set --tag keep")
    try shell.run("plugin disable tags")
    shell.type("tags.list\r")
    try shell.terminal.wait(until: { $0.text.contains("is disabled") }, "the refusal")
  }

  @Test("One question for all that a plugin wants changed in a statement")
  func question() throws {
    let box = try PluginBox()
    try box.sandbox.prepare(
      slices: ["web-01"], snapshots: [(slice: "web-01", name: "a"), (slice: "web-01", name: "b")])
    try box.add(
      "sweep", permissions: ["api:read", "mutate:rm"],
      provides: PluginBox.go(#","effect":"mutating""#),
      python: """
        from snapsh_plugin import Plugin
        plugin = Plugin()
        @plugin.command("go")
        def go(call):
            for row in call.get():
                call.mutate("rm", [row["id"]])
        plugin.run()
        """)
    let alone = try box.sandbox.snapsh("-c", "sweep.go")
    #expect(alone.code == 6, "\(alone.errors)")
    #expect(alone.errors.contains("delete 2 snapshots needs a yes"), "\(alone.errors)")
    let shell = try ShellTerminal(box.sandbox)
    shell.type("sweep.go\r")
    try shell.terminal.wait(
      until: { $0.text.contains("delete 2 snapshots on profile 'local'?") }, "the question")
    shell.type("y\r")
    try shell.waitForPrompt()
    #expect(try box.sandbox.snapsh("-c", "ls | count").output == "0\n")
  }

  @Test("A plugin whose change is declined, or not permitted, has failed whatever it says")
  func refused() throws {
    let box = try PluginBox()
    try box.sandbox.prepare(slices: ["web-01"], snapshots: [(slice: "web-01", name: "a")])
    let python = """
      from snapsh_plugin import Error, Plugin
      plugin = Plugin()
      @plugin.command("go")
      def go(call):
          try:
              call.mutate("rm", ["a"])
          except Error:
              pass
          return "all done"
      plugin.run()
      """
    try box.add(
      "bold", provides: PluginBox.go(#","effect":"mutating""#), python: python)
    let bold = try box.sandbox.snapsh("--yes", "-c", "bold.go")
    #expect(bold.code == 1)
    #expect(bold.errors.contains("has no permission 'mutate:rm'"), "\(bold.errors)")
    #expect(!bold.output.contains("all done"))
    try box.add("sly", permissions: ["mutate:rm"], provides: PluginBox.go(), python: python)
    let sly = try box.sandbox.snapsh("--yes", "-c", "sly.go")
    #expect(sly.errors.contains("isn't declared as mutating"), "\(sly.errors)")
    #expect(try box.sandbox.snapsh("-c", "ls | count").output == "1\n")
  }

  @Test("Calls at a time have a process each: in parallel loops, and in stages of one pipeline")
  func parallel() throws {
    let box = try PluginBox()
    try box.add(
      "p",
      provides: #"""
        {"commands":[{"name":"twice","about":"x","params":[{"name":"n","type":"int"}]},
         {"name":"same","about":"x","input":"required"}]}
        """#,
      python: """
        from snapsh_plugin import Plugin, Rows
        plugin = Plugin()
        @plugin.command("twice")
        def twice(call):
            return call.args["n"] * 2
        @plugin.command("same")
        def same(call):
            return Rows(call.rows())
        plugin.run()
        """)
    let result = try box.sandbox.snapsh(
      "-c",
      """
      for --jobs 8 n in 1..20 { print $(p.twice $n) }
      range(1, 3000) | each { {n: $it} } | p.same | p.same | p.same | sum n
      range(1, 3000) | each { {n: $it} } | p.same | first 2 | p.same | sum n
      """)
    #expect(result.code == 0, "\(result.errors)")
    let numbers = result.output.split(separator: "\n").compactMap { Int($0) }
    #expect(numbers == (1...20).map { $0 * 2 } + [4_501_500, 3])
  }

  @Test("The language server knows a plugin's commands")
  func editor() throws {
    let box = try PluginBox()
    try box.addTags()
    func framed(_ text: String) -> String { "Content-Length: \(text.utf8.count)\r\n\r\n\(text)" }
    let messages = [
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
      #"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.snap","languageId":"snapsh","version":1,"text":"ls | tags.set\n"}}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a.snap"},"position":{"line":0,"character":8}}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#, #"{"jsonrpc":"2.0","method":"exit"}"#,
    ]
    let result = try box.sandbox.snapsh(["lsp"], input: messages.map(framed).joined())
    #expect(
      result.output.contains("tags.set [SNAPSHOT...] --tag TEXT"),
      "\(result.output)\(result.errors)")
  }
}
