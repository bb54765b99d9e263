import Testing

@testable import LineEditing

@Suite struct `Settings` {
  @Test(
    arguments: [
      ("^A", [1]), ("^?", [0x7f]), ("\\e[A", [0x1b, 0x5b, 0x41]), ("\\033x", [0x1b, 0x78]),
      ("^[x", [0x1b, 0x78]), ("\\U+1b", [0x1b]), ("a", [0x61]), ("\\\\", [0x5c]),
      ("\\1234", [0x53, 0x34]),
    ] as [(String, [UInt8])])
  func `write keys in the ways of editrc`(notation: String, bytes: [UInt8]) {
    #expect(KeyNotation.bytes(notation) == bytes)
  }

  @Test(arguments: ["", "日", "é", "\\", "\\000", "\\U+", "\\U+100"])
  func `can't bind what libedit would misread`(notation: String) {
    #expect(KeyNotation.bytes(notation) == nil)
    #expect(command("bind", notation, "ed-move-to-beg") == nil)
  }

  private func command(_ words: String...) -> EditrcCommand? {
    EditrcCommand(words: words) { $0 == "snapsh" }
  }

  @Test func `hold commands for this program and for others`() {
    #expect(command("snapsh:history", "size", "5")?.words == ["history", "size", "5"])
    #expect(command("snapsh:", "history", "size", "5")?.words == ["history", "size", "5"])
    #expect(command("other:bind", "^A", "x") == nil)
    #expect(command(":bind", "^A", "x") == nil)
    #expect(command() == nil)
    #expect(command("") == nil)
  }

  @Test func `bind sequences in the form that libedit gets them in`() {
    let up = command("bind", "-a", "\\e[A", "ed-prev-line")
    #expect(up?.words == ["bind", "-a", "\\233\\101", "ed-prev-line"])
    #expect(up?.sequence == Array("[A".utf8))
    let named = command("bind", "-k", "delete", "ed-delete-next-char")
    #expect(named?.words == ["bind", "\\233\\063\\176", "ed-delete-next-char"])
    #expect(command("bind", "\\ex", "ed-move-to-beg")?.sequence == nil)
  }

  @Test func `say when every binding has gone`() {
    #expect(command("bind", "-v")?.selectsKeyMap == true)
    #expect(command("bind", "-e")?.selectsKeyMap == true)
    #expect(command("bind", "^A", "ed-move-to-beg")?.selectsKeyMap == false)
    #expect(command("bind") == nil)
  }
}
