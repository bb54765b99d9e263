import Foundation
import TerminalKit
import Testing

/// Hooks of plugins that speak the protocol.
struct HookTests {
  /// A box with two snapshots, and a plugin whose hook runs `code` with `change`.
  private func box(_ code: String, hooks: String) throws -> PluginBox {
    let box = try PluginBox()
    try box.sandbox.prepare(
      slices: ["web-01"], snapshots: [(slice: "web-01", name: "a"), (slice: "web-01", name: "b")])
    try box.add(
      "guard", provides: "{\"hooks\":[\(hooks)]}",
      python: """
        import json, os, time
        from snapsh_plugin import Plugin
        plugin = Plugin()
        @plugin.before
        def before(change):
            \(code)
        @plugin.after
        def after(change):
            with open(os.environ["HOME"] + "/after.jsonl", "a") as file:
                file.write(json.dumps(change) + "\\n")
        plugin.run()
        """)
    return box
  }

  private func names(_ box: PluginBox) throws -> String {
    try box.sandbox.snapsh("-c", "ls | get name | to json").output.filter { !$0.isWhitespace }
  }

  @Test("deny: nothing is sent, not in a loop either, and other verbs are not asked about")
  func deny() throws {
    let box = try box(
      #"return {"decision": "deny", "reason": "not tonight"}"#,
      hooks: #"{"on":"before","verbs":["rm"]}"#)
    for line in ["rm a", "for s in $(ls) rm $s", "for --jobs 4 s in $(ls) { rm $s }"] {
      let result = try box.sandbox.snapsh("--yes", "-c", line)
      #expect(result.code == 6, "\(result.errors)")
      #expect(
        result.errors.contains("the plugin 'guard' does not allow it: not tonight"),
        "\(result.errors)")
    }
    #expect(try box.sandbox.snapsh("--yes", "-c", "restore a").code == 0)
    #expect(try names(box) == #"["a","b"]"#)
  }

  @Test("skip: by index; what is left is done")
  func skip() throws {
    let box = try box(
      #"return {"skip": [0], "reason": "the first"}"#, hooks: #"{"on":"before","verbs":["rm"]}"#)
    let result = try box.sandbox.snapsh("--yes", "-c", "ls | sort-by id | rm --wait")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try names(box) == #"["a"]"#)
    let none = try box.sandbox.snapsh("--yes", "-c", "rm a")
    #expect(none.code == 0, "\(none.errors)")
    #expect(try names(box) == #"["a"]"#)
  }

  @Test(
    "A hook that can't be asked denies, unless its manifest allows it then",
    arguments: [
      ("time.sleep(5)", "did not answer 'hook/before' within 200 ms"),
      ("os._exit(1)", "ended in the middle (exit code 1)"),
      (#"return {"decision": "perhaps"}"#, "must be allow, deny or ask"),
      (#"return {"skip": [7]}"#, "what it skips must be rows of 'items'"),
      ("return 3", "its answer must be a record"),
      ("raise ValueError('no')", "ended in the middle"),
    ])
  func broken(_ code: String, _ expected: String) throws {
    let box = try box(code, hooks: #"{"on":"before","verbs":["rm"],"timeout_ms":200}"#)
    let denied = try box.sandbox.snapsh("--yes", "-c", "rm a")
    #expect(denied.code == 6)
    #expect(denied.errors.contains(expected), "\(denied.errors)")
    #expect(try names(box) == #"["a","b"]"#)
    let lax = try self.box(
      code, hooks: #"{"on":"before","verbs":["rm"],"timeout_ms":200,"on_error":"allow"}"#)
    let allowed = try lax.sandbox.snapsh("--yes", "-c", "rm a")
    #expect(allowed.code == 0, "\(allowed.errors)")
    #expect(allowed.errors.contains("allows it then"), "\(allowed.errors)")
  }

  @Test("after: is told once for a statement what became of it, failures too")
  func after() throws {
    let box = try box("return None", hooks: #"{"on":"after"}"#)
    #expect(try box.sandbox.snapsh("--yes", "-c", "for s in $(ls) rm $s").code == 0)
    _ = try box.sandbox.snapsh("--yes", "-n", "-c", "create web-01 x")
    let text = try String(contentsOfFile: "\(box.sandbox.folder)/after.jsonl", encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 1, "\(text)")
    #expect(text.contains(#""verb": "rm""#))
    #expect(text.contains(#""name": "a""#) && text.contains(#""name": "b""#))
    #expect(text.contains(#""outcome": "accepted""#))
  }

  @Test("ask: a person decides once for a statement; without one nothing is sent")
  func ask() throws {
    let box = try box(
      #"return {"decision": "ask", "reason": "it is Friday"}"#,
      hooks: #"{"on":"before","verbs":["create"]}"#)
    let alone = try box.sandbox.snapsh("-c", "create web-01 c")
    #expect(alone.code == 6, "\(alone.errors)")
    #expect(alone.errors.contains("it is Friday"))
    #expect(try box.sandbox.snapsh("--yes", "-c", "create web-01 c --wait").code == 0)
    let shell = try ShellTerminal(box.sandbox)
    shell.type("for n in ['d', 'e'] { create web-01 $n --wait }\r")
    try shell.terminal.wait(
      until: {
        $0.text.contains("and 1 more: it is Friday: go on? [y/N]")
          || $0.text.contains("it is Friday: go on? [y/N]")
      },
      "the hook's question")
    shell.type("n\r")
    try shell.waitForPrompt()
    shell.type("create web-01 f --wait\r")
    try shell.terminal.wait(
      until: { $0.text.contains("create 'f' of web-01: it is Friday: go on?") }, "the question")
    shell.type("y\r")
    try shell.terminal.wait(until: { $0.text.contains("'f' of web-01: done") }, "the end")
    try shell.waitForPrompt()
    #expect(try names(box) == #"["a","b","c","f"]"#)
  }
}
