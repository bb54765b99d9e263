import SnapLanguage
import SnapOutput
import Testing

@Suite struct TableTests {
  @Test func `snapshots have a short list of columns`() throws {
    #expect(
      try text(.list(threeSnapshots), .table) == """
           ID  NAME            SLICE            REGION  PERMS   SIZE  AGE     STATE
        14901  before-upgrade  web.example.com  SFO1    rw     21 GB  6 d     -
        15258  nightly         db.example.com   SFO1    ro      1 GB  12 min  -
        15300  new             web.example.com  SFO1    rw       0 B  40 s    create 40%

        """)
  }

  @Test func `no column tells the state when nothing runs`() throws {
    #expect(
      try text(.list(Array(threeSnapshots.prefix(1))), .table) == """
           ID  NAME            SLICE            REGION  PERMS   SIZE  AGE
        14901  before-upgrade  web.example.com  SFO1    rw     21 GB  6 d

        """)
  }

  @Test func `rows of a slice's own list show what they have`() throws {
    let row = record([
      "backup_full_size": .int(50), "created": .string("2024-11-14 06:55:36.925397"),
      "duration": .string("43s"), "id": .int(14901), "name": .string("nightly"),
    ])
    #expect(
      try text(.list([row]), .table) == """
           ID  NAME      SIZE  AGE
        14901  nightly  50 GB  2 mon

        """)
  }

  @Test func `the wide table has every field in full`() throws {
    let rows = try text(.list([threeSnapshots[2]]), .wide, width: 20)
    #expect(
      rows == """
        CREATED               DURATION     ID  IN_PROGRESS  NAME  PERMS  PROGRESS  REGION  \
        SNAPSHOT_SIZE  VM_ID  VMNAME
        2025-02-10T11:59:20Z       43s  15300  create       new   rw           40  SFO1    \
                  0 B   3247  web.example.com

        """)
  }

  @Test func `fields that were chosen are all shown`() throws {
    let rows = [
      record(["id": .int(1), "name": .string("a"), "vm_id": .int(7)]),
      record(["id": .int(20), "name": .null, "tags": .list([.string("x"), .int(1)])]),
    ]
    #expect(
      try text(.list(rows), .table) == """
        ID  NAME  VM_ID  TAGS
         1  a         7  -
        20  -         -  ["x",1]

        """)
  }

  @Test func `the caller may choose the columns`() throws {
    #expect(
      try text(.list(threeSnapshots), .table, columns: ["name", "vm_id", "nothing"]) == """
        NAME            VM_ID
        before-upgrade   3247
        nightly          3247
        new              3247

        """)
  }

  @Test func `wide characters keep the columns straight`() throws {
    let rows = [
      record(["name": .string("日本語"), "n": .int(1)]),
      record(["name": .string("e\u{301}te\u{301}"), "n": .int(10)]),
      record(["name": .string("🇯🇵 👍🏽"), "n": .int(100)]),
    ]
    #expect(
      try text(.list(rows), .table) == """
        NAME      N
        日本語    1
        e\u{301}te\u{301}      10
        🇯🇵 👍🏽   100

        """)
  }

  @Test func `a name with a line feed or an escape stays one harmless line`() throws {
    let row = record(["name": .string("a\nb\u{1b}[31m\u{202e}"), "x": .string("tab\there")])
    #expect(
      try text(.list([row]), .table) == """
        NAME                       X
        a\\u{a}b\\u{1b}[31m\\u{202e}  tab\\u{9}here

        """)
  }

  @Test func `an empty list leaves no text`() throws {
    #expect(try text(.list([]), .table).isEmpty)
    #expect(try text(.nothing, .table).isEmpty)
    #expect(try text(.null, .table).isEmpty)
  }

  @Test func `values that are no records are lines`() throws {
    let rows: [Value] = [.string("a\nb"), .int(3), .size(1_500_000_000), .list([.null]), .null]
    #expect(
      try text(.list(rows), .table) == """
        a\\u{a}b
        3
        1.5 GB
        [null]
        -

        """)
  }

  @Test func `a value among records has a column of its own`() throws {
    #expect(
      try text(.list([record(["a": .int(1)]), .string("x")]), .table) == """
        A  VALUE
        1  -
        -  x

        """)
  }

  @Test func `colours tell the header, what is read-only and what runs`() throws {
    let rows = try text(.list(Array(threeSnapshots[1...])), .table, isColored: true)
    #expect(rows.contains("\u{1b}[1mNAME\u{1b}[0m"))
    #expect(rows.contains("\u{1b}[2mro\u{1b}[0m"))
    #expect(rows.contains("\u{1b}[35mcreate 40%\u{1b}[0m"))
    #expect(!rows.contains("\u{1b}[2mrw"))
  }

  @Test func `colours tell what is new and what is old`() throws {
    let rows = try text(
      .list([
        snapshot(1, "a", created: "2025-02-10 11:00:00"),
        snapshot(2, "b", created: "2025-01-20 12:00:00"),
        snapshot(3, "c", created: "2024-12-25 12:00:00"),
      ]), .table, isColored: true)
    #expect(rows.contains("\u{1b}[32m1 h\u{1b}[0m"))
    #expect(rows.contains("  21 d\n"))
    #expect(rows.contains("\u{1b}[2m47 d\u{1b}[0m"))
  }

  @Test func `a slice that is gone is said to be deleted`() throws {
    let row = record([
      "id": .int(1), "name": .string("a"), "vmname": .string("web"), "snapshot_size": .int(1),
      "created": .null, "vm_deleted": .string("2025-01-01 00:00:00"),
    ])
    #expect(try text(.list([row]), .table).contains("(deleted) web"))
    #expect(try text(.list([row]), .json).contains("\"vmname\":\"web\""))
  }

  @Test func `outcomes and verbs have the colours of what they mean`() throws {
    let rows = ["done", "failed", "unknown", "accepted"].map {
      record(["verb": .string("rm"), "outcome": .string($0)])
    }
    let shown = try text(.list(rows), .table, isColored: true)
    for coloured in ["\u{1b}[32mdone", "\u{1b}[31mfailed", "\u{1b}[31munknown", "\u{1b}[31mrm"] {
      #expect(shown.contains(coloured))
    }
    #expect(!shown.contains("maccepted"))
  }

  @Test func `a long list keeps the widths of its first rows`() throws {
    var rest: [[Value]] = [
      [record(["id": .int(1), "name": .string("short")])],
      [record(["id": .int(2), "name": .string("a much longer name")])],
    ].reversed()
    var pieces: [String] = []
    var writer = ValueWriter(style: OutputStyle(format: .table, width: 14, now: noon))
    writer.measuredRows = 1
    let written = try writer.write(.rows(RowStream { rest.popLast() })) { pieces.append($0) }
    #expect(pieces == ["ID  NAME\n 1  short\n", " 2  a mu…\n"])
    #expect(written.rows == 2)
  }
}
