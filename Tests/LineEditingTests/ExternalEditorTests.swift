import Foundation
import TerminalKit
import Testing

@Suite struct `The external editor` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A fixture whose editor is this script, which gets the file as `$1`.
  private func start(_ script: String, editrc: String? = nil) throws -> Terminal {
    let editor = folder.file("editor")
    try "#!/bin/sh\n\(script)\n".write(toFile: editor, atomically: true, encoding: .utf8)
    var arguments = ["--editor", "sh \(editor)"]
    if let editrc {
      try editrc.write(toFile: folder.file("editrc"), atomically: true, encoding: .utf8)
      arguments += ["--editrc", folder.file("editrc")]
    }
    return try startFixture(arguments, environment: ["TMPDIR": folder.path])
  }

  private var drafts: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".snap") }
    }
  }

  @Test func `gets the line, and what it leaves waits for Enter`() throws {
    let terminal = try start("sed -i s/one/two/ \"$1\"; echo 'and more' >> \"$1\"")
    terminal.send("say one" + Key.control("X") + Key.control("E"))
    try terminal.wait(until: { $0.text.hasSuffix("> say two\n... and more") && $0.column == 12 })
    #expect(!terminal.screen.contains("line <"))
    #expect(try drafts == [])
    terminal.send(Key.control("_"))
    try terminal.wait(line: "> say one")
    terminal.send(Key.control("X") + Key.control("E") + Key.enter)
    try terminal.wait(for: "line <say two|and more>")
    #expect(terminal.screen.unknown == [])
  }

  @Test func `is started by v in vi's command mode`() throws {
    let terminal = try start("echo changed > \"$1\"", editrc: "bind -v\n")
    terminal.send("x\u{1b}")
    try terminal.wait(column: 2)
    terminal.send("v")
    try terminal.wait(line: "> changed")
    terminal.send(Key.enter)
    try terminal.wait(for: "line <changed>")
  }

  @Test func `has the terminal in its normal mode, and Ctrl-C to itself`() throws {
    let terminal = try start(
      "trap 'echo interrupted-inside > \"$1\"; exit 0' INT; stty -a | grep -o ' icanon'; read x")
    terminal.send("abc" + Key.control("X") + Key.control("E"))
    try terminal.wait(for: " icanon")
    terminal.send(Key.control("C"))
    try terminal.wait(line: "> interrupted-inside")
    terminal.send(Key.enter)
    try terminal.wait(for: "line <interrupted-inside>")
  }

  @Test func `that fails leaves the line as it was`() throws {
    let terminal = try start("echo other > \"$1\"; exit 3")
    terminal.send("abc" + Key.control("X") + Key.control("E"))
    try terminal.wait(for: "ended with 3; the line is as it was")
    terminal.send("d" + Key.enter)
    try terminal.wait(for: "line <abcd>")
    #expect(try drafts == [])
  }
}
