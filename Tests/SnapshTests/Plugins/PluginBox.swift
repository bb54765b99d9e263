import Foundation

/// Plugins in a sandbox.
struct PluginBox {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/examples/plugins").path

  var folder: String { "\(sandbox.folder)/.local/share/snapsh/plugins" }

  /// Adds one of the examples.
  func add(example name: String) throws {
    try add("\(Self.examples)/\(name)")
  }

  func add(_ path: String) throws {
    let result = try sandbox.snapsh("--yes", "-q", "plugin", "add", path)
    guard result.code == 0 else { throw Refused(errors: result.errors) }
  }

  /// Adds the example in Swift, which is built with the tests.
  func addTags() throws {
    let manifest = try String(
      contentsOfFile: "\(Self.examples)/tags/plugin.json", encoding: .utf8)
    try sandbox.write(manifest, to: "tags/plugin.json")
    let built = URL(filePath: Sandbox.program).deletingLastPathComponent().appending(path: "tags")
    try FileManager.default.copyItem(
      at: built, to: URL(filePath: "\(sandbox.folder)/tags/tags"))
    try add("tags")
  }

  /// Adds a plugin by the protocol whose whole program is `python`.
  func add(
    _ name: String, permissions: [String] = [], provides: String, python: String
  ) throws {
    let asked = permissions.map { "\"\($0)\"" }.joined(separator: ",")
    try sandbox.write(
      """
      {"name":"\(name)","version":"1","protocol":[1,1],"run":["./\(name)"],
       "permissions":[\(asked)],"provides":\(provides)}
      """, to: "\(name)/plugin.json")
    try sandbox.write("#!/usr/bin/env python3\n" + python, to: "\(name)/\(name)", mode: 0o755)
    try FileManager.default.copyItem(
      atPath: "\(Self.examples)/html/snapsh_plugin.py",
      toPath: "\(sandbox.folder)/\(name)/snapsh_plugin.py")
    try add(name)
  }

  /// Provides the command `go` and nothing else.
  static func go(_ more: String = "") -> String {
    #"{"commands":[{"name":"go","about":"goes"\#(more)}]}"#
  }

  /// Answers `initialize`, and then does `code` with the first request, `message`.
  static func rude(_ code: String) -> String {
    """
    import json, os, sys, time
    def say(text):
        os.write(1, (text if isinstance(text, bytes) else text.encode()) + b"\\n")
    message = json.loads(sys.stdin.readline())
    say(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": {"protocol": 1}}))
    message = json.loads(sys.stdin.readline())
    def answer(result):
        say(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}))
    \(code)
    """
  }

  struct Refused: Error { let errors: String }
}
