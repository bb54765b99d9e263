import SnapLanguage
import SnapOutput
import Testing

@Suite struct FittedTableTests {
  @Test func `other columns are cut before the name`() throws {
    #expect(
      try text(.list(threeSnapshots), .table, width: 75) == """
           ID  NAME            SLICE       REGION  PERMS   SIZE  AGE     STATE
        14901  before-upgrade  web.examp…  SFO1    rw     21 GB  6 d     -
        15258  nightly         db.exampl…  SFO1    ro      1 GB  12 min  -
        15300  new             web.examp…  SFO1    rw       0 B  40 s    create 40%

        """)
  }

  @Test func `columns are left out when cutting is not enough, and the writer says which`() throws {
    var lines = ""
    let style = OutputStyle(format: .table, width: 40, now: noon)
    let written = try ValueWriter(style: style).write(.value(.list(threeSnapshots))) { lines += $0 }
    #expect(written.hiddenColumns == ["vmname", "region", "perms", "snapshot_size"])
    #expect(
      written.note(help: "-o wide")
        == "no room for: vmname, region, perms, snapshot_size (-o wide shows all)")
    #expect(
      lines == """
           ID  NAME           AGE     STATE
        14901  before-upgra…  6 d     -
        15258  nightly        12 min  -
        15300  new            40 s    create 40%

        """)
  }

  @Test(arguments: Array(4...200)) func `no line is wider than the terminal`(
    width: Int
  ) throws {
    let odd = record([
      "id": .int(.min), "name": .string("日本語" + String(repeating: "名前 x", count: 40)),
      "note": .string("👩‍👧\u{1b}]0;title\u{7}"), "list": .list([.string("a"), .null]),
      "a_long_field_name": .float(0.1 + 0.2), "size": .size(1_234_567_890),
    ])
    for value in [
      .list(threeSnapshots), .list([odd]), odd, threeSnapshots[0],
      .list([.string(String(repeating: "語", count: 300))]),
    ] as [Value] {
      for line in try text(value, .table, width: width).split(separator: "\n") {
        #expect(TerminalText.width(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test func `numbers are never cut beside other columns`() throws {
    let row = record(["name": .string("abcdefghijklmnopqrstuvwxyz"), "n": .int(1_234_567_890)])
    #expect(
      try text(.list([row]), .table, width: 30) == """
        NAME                         N
        abcdefghijklmnopq…  1234567890

        """)
  }
}
