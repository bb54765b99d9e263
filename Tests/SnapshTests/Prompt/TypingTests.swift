import Foundation
import TerminalKit
import Testing

/// What is shown while a line is typed.
@Suite struct TypingTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// The SGR parameters of the characters of the line with the cursor, behind the prompt.
  private func renditions(_ screen: Screen) -> [String] {
    (7..<screen.columns).map { screen.cell(row: screen.row, column: $0).rendition }
  }

  private func underlined(_ screen: Screen) -> String {
    (7..<screen.columns).map { screen.cell(row: screen.row, column: $0) }
      .filter { $0.rendition == "4;31" }.map(\.text).joined()
  }

  /// Types `text`, waits for it, and gives what is underlined.
  private func typing(_ text: String, in shell: ShellTerminal, line: Int = #line) throws -> String {
    shell.type(text)
    let lines = text.split(separator: "\n")
    let last = lines.count > 1 ? "... \(lines.last ?? "")" : "local> \(text)"
    try shell.terminal.wait(
      until: { $0.column == last.count && $0.currentLine.hasPrefix(last.trimmed) }, "'\(text)'",
      line: line)
    let found = underlined(shell.screen)
    shell.type(Key.controlC)
    try shell.waitForPrompt()
    return found
  }

  @Test(
    "the first error is underlined as soon as the word is done",
    arguments: [
      ("lss -", "lss"), ("print $nothing + ", "$nothing"), ("ls --quary x", "--quary"),
      ("ls | were x ", "were"), ("print (1 + \"a\") ", "(1 + \"a\")"),
      ("for x in 1..2 { oops }", "oops"), ("sleep soon ", "soon"), ("rename; ls", "rename"),
      ("lss; oops ", "lss"), ("create a b c d ", "c"),
    ])
  func errors(_ text: String, _ wrong: String) throws {
    #expect(try typing(text, in: try ShellTerminal(sandbox)) == wrong)
  }

  @Test(
    "what is merely unfinished is not",
    arguments: [
      "l", "lss", "restore ", "restore", "create web-01 ", "ls | ", "ls | wher", "print (1 + ",
      "print \"abc", "for x in 1..2 { print ", "let x = ", "ls --quer", "ls --query ", "print $no",
      "fn f(a: int) {", "if true { print 1 } el", "ls | where vm_id > ", "sleep so",
      "for s in $(ls) { print 1; ", "print \"${", "if true {", "print [1, 2,",
      "for s in $(ls) {\nprint 1; ",
      "use \"lib.snap",
    ])
  func unfinished(_ text: String) throws {
    #expect(try typing(text, in: try ShellTerminal(sandbox)) == "")
  }

  @Test("what earlier lines declared is known, and what failed is not")
  func session() throws {
    let shell = try ShellTerminal(sandbox)
    try shell.run("let n = 20")
    try shell.run("fn twice(x: int): int { return $x * 2 }")
    try shell.run("let m = (1 / 0)")
    #expect(try typing("twice $n | print ", in: shell) == "")
    #expect(try typing("print $m ", in: shell) == "$m")
    #expect(try typing("twice \"a\" ", in: shell) == "\"a\"")
    #expect(try shell.run("print $(twice $n)").contains("\n40\n"))
  }

  @Test("a word is underlined when the cursor leaves it, and no more when it comes back")
  func cursorLeaves() throws {
    let shell = try ShellTerminal(sandbox)
    shell.type("print 1; lss")
    try shell.terminal.wait(until: { $0.currentLine == "local> print 1; lss" })
    #expect(underlined(shell.screen) == "")
    shell.type("\u{1}")
    try shell.terminal.wait(until: { $0.column == 7 })
    #expect(underlined(shell.screen) == "lss")
    shell.type("\u{5}")
    try shell.terminal.wait(until: { $0.column == 19 && underlined($0) == "" })
  }

  @Test("NO_COLOR leaves out the line under an error, suggestions and hints")
  func noColor() throws {
    let shell = try ShellTerminal(sandbox, environment: ["NO_COLOR": "1"])
    try shell.run("print 12345")
    shell.type("lss ")
    try shell.terminal.wait(until: { $0.column == 11 })
    #expect(renditions(shell.screen).allSatisfy { $0 == "" })
    shell.type("\u{15}print ")
    try shell.terminal.wait(until: { $0.column == 13 })
    #expect(shell.screen.currentLine == "local> print")
    shell.type("\u{15}restore ")
    try shell.terminal.wait(until: { $0.column == 15 })
    #expect(shell.screen.currentLine == "local> restore")
  }

  @Test(
    "the arguments that are still to come are shown dim",
    arguments: [
      ("restore ", "restore SNAPSHOT [SLICE]"), ("restore", "restore SNAPSHOT [SLICE]"),
      ("explain restore ", "explain restore SNAPSHOT [SLICE]"),
      ("restore nightly", "restore nightly [SLICE]"),
      ("restore nightly ", "restore nightly [SLICE]"),
      ("restore nightly 12 ", "restore nightly 12"), ("create web-01 ", "create web-01 NAME"),
      ("sleep ", "sleep DURATION"), ("rm 12 ", "rm 12 [SNAPSHOT...]"), ("rm ", "rm SNAPSHOT..."),
      ("ls | restore ", "ls | restore [SNAPSHOT] [SLICE]"),
      ("create a b --wait-timeout ", "create a b --wait-timeout DURATION"),
      ("ls | first ", "ls | first [COUNT]"), ("restore \"night", "restore \"night"),
    ])
  func hints(_ text: String, _ shown: String) throws {
    let shell = try ShellTerminal(sandbox)
    shell.type(text)
    try shell.terminal.wait(
      until: { $0.currentLine == "local> \(shown)" && $0.column == 7 + text.count }, shown)
    let after = 7 + text.count
    for column in after..<max(after, 7 + shown.count) {
      let cell = shell.screen.cell(row: shell.screen.row, column: column)
      #expect(cell.rendition == "2")
    }
    #expect(shell.screen.unknown == [])
  }

  @Test("a suggestion is of the same profile, and no line that was not understood")
  func suggestions() throws {
    let state = ".local/state/snapsh/history"
    try sandbox.write(
      """
      1 profile=local code=0\tprint 100
      2 profile=prod code=0\tprint 200
      3 profile=local code=2\tprint 300 oops
      4 profile=local code=0\tlet x = 1
      5 profile=prod code=0\tlet x = 2

      """, to: state)
    let shell = try ShellTerminal(sandbox)
    shell.type("print ")
    try shell.terminal.wait(until: { $0.currentLine == "local> print 100" && $0.column == 13 })
    shell.type("\u{15}let")
    try shell.terminal.wait(until: { $0.currentLine == "local> let x = 1" && $0.column == 10 })
    shell.type("\u{1b}[C" + Key.enter)
    try shell.waitForPrompt()
    #expect(try shell.run("print $x").contains("\n1\n"))
  }

  @Test("lines of the own profile come before those of others, by ↑ and by Ctrl-R")
  func ownProfileFirst() throws {
    try sandbox.write(
      """
      1 profile=local code=0\tprint 100
      2 profile=local code=0\tprint 200
      3 profile=prod code=0\tprint 300

      """, to: ".local/state/snapsh/history")
    let shell = try ShellTerminal(sandbox)
    for wanted in [200, 100, 300] {
      shell.type(Key.up)
      try shell.terminal.wait(until: { $0.currentLine == "local> print \(wanted)" })
    }
    shell.type("\u{15}" + Key.controlR + "print")
    try shell.terminal.wait(until: { $0.contains("local> print 200") })
  }

  @Test("a pasted newline runs nothing until Enter")
  func paste() throws {
    let shell = try ShellTerminal(sandbox)
    shell.type("\u{1b}[200~print 11\nprint 22\n\u{1b}[201~")
    try shell.terminal.wait(until: { $0.text.hasSuffix("local> print 11\n... print 22") })
    #expect(!shell.screen.lines.contains("11"))
    #expect(try shell.run("").contains("\n11\n22\n"))
  }

  @Test("EDITOR gets the line, and what it leaves runs at Enter")
  func editor() throws {
    let editor = try sandbox.write("sed -i 's/1/print 42/' \"$1\"\n", to: "editor")
    let shell = try ShellTerminal(sandbox, environment: ["EDITOR": "sh \(editor.path)"])
    shell.type("1\u{18}\u{5}")
    try shell.terminal.wait(until: { $0.currentLine == "local> print 42" && $0.column == 15 })
    #expect(!shell.screen.lines.contains("42"))
    #expect(try shell.run("").contains("\n42\n"))
    #expect(shell.screen.unknown == [])
  }

  @Test("the longest line that is checked at each key does no harm, however it nests")
  func deep() throws {
    let shell = try ShellTerminal(sandbox)
    for text in [
      "print (" + (1...1000).map { _ in "1" }.joined(separator: "+") + ") ",
      "print " + String(repeating: "(", count: 190) + "1" + String(repeating: ")", count: 190)
        + " ",
      String(repeating: "oops; ", count: 600), String(repeating: "if true { ", count: 190),
    ] {
      shell.type("\u{1b}[200~\(text)\u{1b}[201~")
      try shell.terminal.wait(until: {
        $0.contains(String(text.suffix(30)).trimmed) || $0.column < 90
      })
      shell.type(Key.controlC)
      try shell.waitForPrompt()
    }
    #expect(try shell.run("print (40 + 2)").contains("\n42\n"))
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
