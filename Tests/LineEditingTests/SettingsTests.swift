import Glibc
import TerminalKit
import Testing

@Suite struct `The settings file` {
  private func start(_ settings: String, in folder: TemporaryFolder) throws -> Terminal {
    let path = folder.file("editrc")
    let file = fopen(path, "w")
    fputs(settings, file)
    fclose(file)
    return try startFixture(["--editrc", path])
  }

  @Test func `binds keys, sequences and the editor's own commands`() throws {
    let folder = try TemporaryFolder()
    let terminal = try start(
      """
      # a comment
      bind "^T" snapsh-undo
      nonsense line
      snapsh:bind -s "^G" "typed by a macro"
      other:bind "^G" ed-move-to-beg
      bind "\\e[15~" ed-move-to-beg
      """, in: folder)
    terminal.send(Key.control("G"))
    try terminal.wait(line: "> typed by a macro")
    terminal.send("\u{1b}[15~x")
    try terminal.wait(line: "> xtyped by a macro")
    terminal.send(Key.control("T"))
    try terminal.wait(line: "> typed by a macro")
  }

  @Test func `bind -v selects vi, in which arrows stay in the insert mode`() throws {
    let folder = try TemporaryFolder()
    let terminal = try start("bind -v\n", in: folder)
    terminal.send("one two" + Key.left + "x")
    try terminal.wait(line: "> one twxo")
    terminal.send("\u{1b}")
    try terminal.wait(column: 8)
    terminal.send("0dw")
    try terminal.wait(line: "> twxo")
    terminal.send("u")
    try terminal.wait(line: "> one twxo")
    terminal.send("A!\t\r")
    try terminal.wait(for: "line <one twxo!>")
  }

  @Test func `in vi's command mode j and k walk the history`() throws {
    let folder = try TemporaryFolder()
    let terminal = try start("bind -v\n", in: folder)
    try terminal.enter("one")
    try terminal.enter("two")
    terminal.send("x\u{1b}")
    try terminal.wait(column: 2)
    terminal.send("kk")
    try terminal.wait(line: "> one")
    terminal.send("j")
    try terminal.wait(line: "> two")
    terminal.send(Key.control("C"))
    try terminal.wait(for: "> two^C")
  }

  @Test func `vi's $ on an empty line does no harm`() throws {
    let folder = try TemporaryFolder()
    let terminal = try start("bind -v\n", in: folder)
    terminal.send("x\u{1b}")
    try terminal.wait(column: 2)
    terminal.send("x$iabc")
    try terminal.wait(line: "> abc")
    terminal.send(Key.enter)
    try terminal.wait(for: "line <abc>")
  }

  @Test func `edit off leaves the editing to the terminal`() throws {
    let folder = try TemporaryFolder()
    let terminal = try start("edit off\n", in: folder)
    terminal.send("listt\u{7f}\r")
    try terminal.wait(for: "line <list>")
    terminal.send(Key.control("D"))
    #expect(try terminal.waitForExit() == 0)
  }
}
