import TerminalKit
import Testing

@Suite struct `Editing on a terminal` {
  @Test func `a typed line is read when Enter is pressed`() throws {
    let terminal = try startFixture()
    terminal.send("create é日本🎉 now\r")
    try terminal.wait(for: "line <create é日本🎉 now>")
    #expect(terminal.screen.contains("> create é日本🎉 now\n"))
    #expect(terminal.screen.unknown == [])
  }

  @Test func `Ctrl-D ends the input on an empty line only`() throws {
    let terminal = try startFixture()
    terminal.send("ab" + Key.home + Key.control("D"))
    try terminal.wait(line: "> b")
    terminal.send(Key.control("D") + Key.control("D"))
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.screen.contains("end of input\nbye"))
    #expect(terminal.screen.modes == [25])
    #expect(terminal.screen.unknown == [])
  }

  @Test func `Ctrl-C drops the line and the program lives on`() throws {
    let terminal = try startFixture()
    terminal.send("remove all" + Key.home + Key.control("C"))
    try terminal.wait(for: "> remove all^C\ninterrupted")
    terminal.send("list\r")
    try terminal.wait(for: "line <list>")
  }

  @Test func `keys of emacs move and delete`() throws {
    let terminal = try startFixture()
    terminal.send("one two three" + Key.control("W") + "3" + Key.control("A") + "0 ")
    try terminal.wait(line: "> 0 one two 3")
    terminal.send(Key.end + Key.backspace + Key.left + Key.left + Key.delete)
    try terminal.wait(line: "> 0 one tw")
    terminal.send("\u{1b}[1;5D" + Key.control("K"))
    try terminal.wait(line: "> 0 one")
    terminal.send(Key.control("U") + Key.control("Y") + "!\r")
    try terminal.wait(for: "line <0 one !>")
  }

  @Test(
    arguments: [
      ("one two\u{1}\u{b}", ">"), ("one two\u{1b}b\u{b}\u{1}\u{19} ", "> two one"),
      ("one two\u{1}\u{1b}d", ">  two"), ("one two\u{1b}\u{7f}", "> one"),
      ("abdc\u{2}\u{14}", "> abcd"),
      ("one\u{1}\u{1b}u", "> ONE"), ("ONE\u{1}\u{1b}l", "> one"),
      ("one two\u{1}\u{1b}[3;5~", ">  two"),
      ("one two\u{1b}[1;3Dx", "> one xtwo"), ("one two\u{1}\u{1b}fx", "> onex two"),
    ])
  func `keys of libedit's own do what the page of the keys says`(keys: String, line: String) throws
  {
    let terminal = try startFixture()
    terminal.send(keys)
    try terminal.wait(line: line)
  }

  @Test func `a character with marks and a wide one are each one step for the cursor`() throws {
    let terminal = try startFixture()
    terminal.send("e\u{301}日👩‍🚀x")
    try terminal.wait(until: { $0.currentLine.hasSuffix("x") })
    terminal.send(Key.left + Key.left + Key.left + Key.left)
    try terminal.wait(column: 2)
    terminal.send(Key.right)
    try terminal.wait(column: 3)
    terminal.send(Key.right)
    try terminal.wait(column: 5)
    terminal.send(Key.delete + Key.backspace + Key.enter)
    try terminal.wait(for: "line <e\u{301}x>")
  }

  @Test func `undo takes back the last word, then the one before`() throws {
    let terminal = try startFixture()
    terminal.send("one")
    try terminal.wait(line: "> one")
    terminal.send(Key.control("U"))
    try terminal.wait(line: ">")
    terminal.send(Key.control("_"))
    try terminal.wait(line: "> one")
    terminal.send(Key.control("_"))
    try terminal.wait(line: ">")
  }

  @Test func `an unknown key inserts nothing`() throws {
    let terminal = try startFixture()
    terminal.send("a\u{1b}[5~\u{1b}[15;2~\u{1b}OP\u{1a}\u{1c}b\r")
    try terminal.wait(for: "line <ab>")
  }

  @Test func `Ctrl-L clears the screen and keeps the text`() throws {
    let terminal = try startFixture()
    terminal.send("list" + Key.control("L"))
    try terminal.wait(until: { $0.text == "> list" && $0.row == 0 && $0.column == 6 })
  }

  @Test func `control characters are shown and not obeyed`() throws {
    let terminal = try startFixture()
    terminal.send("a" + Key.control("V") + "\u{1b}b")
    try terminal.wait(line: "> a^[b")
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 3).rendition == "7")
    #expect(terminal.screen.unknown == [])
  }

  @Test func `output without a newline is kept above the prompt`() throws {
    let terminal = try startFixture()
    terminal.send("partial\r")
    try terminal.wait(until: { $0.text.hasSuffix("no newline%\n>") })
  }

  @Test func `known words are coloured as they are typed`() throws {
    let terminal = try startFixture()
    terminal.send("lis")
    try terminal.wait(line: "> lis")
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 2).rendition == "")
    terminal.send("t x")
    try terminal.wait(line: "> list x")
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 5).rendition == "32")
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 7).rendition == "")
  }

  @Test func `a suggestion is dim, and becomes text with the right arrow`() throws {
    let terminal = try startFixture()
    terminal.send("rem")
    try terminal.wait(line: "> remove all")
    #expect(terminal.screen.column == 5)
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 5).rendition == "2")
    terminal.send(Key.right)
    try terminal.wait(column: 12)
    terminal.send(Key.enter)
    try terminal.wait(for: "line <remove all>")
  }

  @Test(arguments: [Key.right, Key.end, Key.control("F"), Key.control("E")])
  func `a suggestion becomes text with each key that goes to its end`(key: String) throws {
    let terminal = try startFixture()
    terminal.send("rem" + key + Key.enter)
    try terminal.wait(for: "line <remove all>")
  }

  @Test(arguments: ["\u{1b}[1;3C", "\u{1b}[1;5C", "\u{1b}f"])
  func `a suggestion becomes text word by word`(key: String) throws {
    let terminal = try startFixture()
    terminal.send("rem")
    try terminal.wait(line: "> remove all")
    terminal.send(key)
    try terminal.wait(column: 8)
    terminal.send(Key.enter)
    try terminal.wait(for: "line <remove>")
  }

  @Test(arguments: [Key.enter, Key.control("C")])
  func `a suggestion that nobody takes leaves with the line`(key: String) throws {
    let terminal = try startFixture()
    terminal.send("rem")
    try terminal.wait(line: "> remove all")
    terminal.send(key)
    try terminal.waitForPrompt()
    #expect(terminal.screen.contains(key == Key.enter ? "> rem\nline <rem>" : "> rem^C\n"))
    #expect(!terminal.screen.contains("remove"))
  }

  @Test func `a hint is dim, and is not taken by the right arrow`() throws {
    let terminal = try startFixture()
    terminal.send("listen ")
    try terminal.wait(line: "> listen WHAT [WHERE]")
    #expect(terminal.screen.cell(row: terminal.screen.row, column: 9).rendition == "2")
    terminal.send(Key.right + "x" + Key.enter)
    try terminal.wait(for: "line <listen x>")
  }
}
