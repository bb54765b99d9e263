import SnapLanguage
import SnapOutput
import Testing

@Suite struct CardTests {
  @Test func `one record is a card with every field`() throws {
    let value = record([
      "id": .int(7), "name": .string("nightly"), "size": .size(21_000_000_000), "gone": .null,
      "nested": record(["a": .list([.int(1), .string("x")])]), "lines": .string("one\ntwo"),
    ])
    #expect(
      try text(value, .table) == """
        id      7
        name    nightly
        size    21 GB
        gone    -
        nested  {"a":[1,"x"]}
        lines   one
                two

        """)
  }

  @Test func `a card tells how long ago a time was, and by colours what is not as usual`() throws {
    let shown = try text(threeSnapshots[2], .table, isColored: true)
    #expect(shown.contains("2025-02-10T11:59:20Z (40 s ago)\n"))
    #expect(shown.contains("\u{1b}[35mcreate\u{1b}[0m"))
    #expect(try text(threeSnapshots[1], .table, isColored: true).contains("\u{1b}[2mro\u{1b}[0m"))
  }

  @Test func `a long value goes on below itself`() throws {
    let value = record(["id": .int(7), "name": .string("abcdefghijklmnopqrstuvwxyz")])
    #expect(
      try text(value, .table, width: 18) == """
        id    7
        name  abcdefghijkl
              mnopqrstuvwx
              yz

        """)
  }

  @Test func `a terminal too narrow for two columns has the value below the key`() throws {
    let value = record(["backup_full_size": .size(50_000_000_000), "id": .int(123)])
    #expect(
      try text(value, .table, width: 20) == """
        backup_full_size
          50 GB
        id
          123

        """)
  }

  @Test(arguments: [
    (Value.string("a\tb\u{1b}[1m\nc"), false, "a\tb\u{1b}[1m\nc\n"),
    (.string("a\tb\u{1b}[1m\nc\n"), true, "a\tb\\u{1b}[1m\nc\n"), (.string(""), false, "\n"),
    (.int(3), false, "3\n"), (.bool(true), false, "true\n"),
    (.duration(5_400_000_000), false, "90min\n"),
    (.datetime(noon), false, "2025-02-10T12:00:00Z\n"),
  ])
  func `a sole value is shown as itself`(value: Value, isTerminal: Bool, shown: String) throws {
    #expect(try text(value, .table, isTerminal: isTerminal) == shown)
  }
}
