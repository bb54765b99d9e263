import SnapLanguage
import SnapOutput
import Testing

@Suite struct DataFormatTests {
  @Test func `JSON has every field as the API sent it, one row a line`() throws {
    #expect(
      try text(.list(Array(threeSnapshots[1...])), .json) == """
        [
        {"created":"2025-02-10 11:48:00","duration":"43s","id":15258,"in_progress":null,\
        "name":"nightly","perms":"ro","progress":null,"region":"SFO1","snapshot_size":1,\
        "vm_id":3247,"vmname":"db.example.com"},
        {"created":"2025-02-10 11:59:20","duration":"43s","id":15300,"in_progress":"create",\
        "name":"new","perms":"rw","progress":40,"region":"SFO1","snapshot_size":0,\
        "vm_id":3247,"vmname":"web.example.com"}
        ]

        """)
  }

  @Test(arguments: [
    (Value.null, "null"), (.int(3), "3"), (.float(3), "3.0"), (.string("a\u{1b}"), #""a\u001b""#),
    (.size(21_000_000_000), "21000000000"), (.duration(43_000_000), "43"),
    (.duration(1_500_000), "1.5"), (.datetime(noon), #""2025-02-10T12:00:00Z""#), (.list([]), "[]"),
    (record(["a": .int(1)]), "{\n  \"a\": 1\n}"), (.list([.int(1), .null]), "[\n1,\nnull\n]"),
  ])
  func `a value is JSON by its type`(value: Value, json: String) throws {
    #expect(try text(value, .json) == json + "\n")
  }

  @Test func `JSON before a terminal hides no direction override`() throws {
    let value = Value.list([.string("a\u{202e}b")])
    #expect(try text(value, .json, isTerminal: true) == "[\n\"a\\u202eb\"\n]\n")
    #expect(try text(value, .json) == "[\n\"a\u{202e}b\"\n]\n")
  }

  @Test(arguments: [OutputFormat.json, .jsonl, .csv, .yaml, .ids, .table])
  func `a block cannot be written`(format: OutputFormat) {
    #expect(throws: EncodeError.self) { try text(.block(Block { $0 }), format) }
  }

  @Test func `a value nested without end is an error and no crash`() {
    let deep = (0..<2000).reduce(Value.null) { value, _ in .list([value]) }
    #expect(throws: EncodeError.tooDeep(limit: 512)) { try text(deep, .json) }
    #expect(throws: EncodeError.tooDeep(limit: 512)) { try text(deep, .yaml) }
  }

  @Test(arguments: [OutputFormat.json, .jsonl, .csv, .yaml, .ids])
  func `rows leave batch by batch`(format: OutputFormat) throws {
    var batch = 0
    var pieces: [Int] = []
    let rows = RowStream {
      batch += 1
      return batch == 2 ? [] : batch <= 4 ? [record(["id": .int(batch)])] : nil
    }
    var all = ""
    try ValueWriter(style: OutputStyle(format: format, now: 0)).write(.rows(rows)) {
      pieces.append(batch)
      all += $0
    }
    #expect(Set([1, 3, 4]).isSubset(of: pieces))
    let whole = Value.list([1, 3, 4].map { record(["id": .int($0)]) })
    #expect(try all == text(whole, format))
  }

  @Test func `JSON lines have one compact value each`() throws {
    #expect(
      try text(.list([record(["a": .list([.int(1)]), "b": .null]), .string("x")]), .jsonl)
        == "{\"a\":[1],\"b\":null}\n\"x\"\n")
  }

  @Test func `ids are one a line`() throws {
    #expect(try text(.list(threeSnapshots), .ids) == "14901\n15258\n15300\n")
    #expect(try text(.list([.int(1), .string("a")]), .ids) == "1\na\n")
    #expect(try text(.list([]), .ids).isEmpty)
  }

  @Test(arguments: [record(["name": .string("a")]), record(["id": .null]), .list([.list([])])])
  func `a row without an id is an error that says what to do`(row: Value) throws {
    let error = #expect(throws: EncodeError.self) { try text(row, .ids) }
    #expect(error?.help == "keep the field 'id', or choose another output format with '-o'")
  }

  @Test(arguments: [
    (DataFormat.json, "{\n \"ü\": tru }", "unexpected ' '", 2, 10),
    (.json, "[1,", "an early end", 1, 4), (.jsonl, "1\n\n{\"a\" 2}\n", "unexpected '2'", 3, 6),
    (.csv, "a,b\n1,2\n3\n", "1 field where the header has 2", 3, 1),
    (.csv, "a,b\n1,\"x\n", "a quote that is not closed", 2, 3),
    (.csv, "a\n\"x\"y\n", "text after a closing quote", 2, 4),
    (.csv, "a,a\n", "a second column 'a'", 1, 1), (.yaml, "a: [1, 2\nb: 3", "", 2, 2),
    (.yaml, "? [a]\n: 1\n", "a key that is a list or a mapping", 1, 3),
    (.yaml, "a: 1\na: 2\n", "a second column 'a'", 1, 1),
  ])
  func `a text that is not in its format is refused with the place`(
    format: DataFormat, source: String, words: String, line: Int, column: Int
  ) {
    let error = #expect(throws: DecodeError.self) { try Formats.decode(source, as: format) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test(arguments: DataFormat.allCases) func `bytes that are no UTF-8 are refused`(
    format: DataFormat
  ) {
    #expect(throws: DecodeError.self) { try Formats.decode([0x22, 0xFF, 0xFE, 0x22], as: format) }
  }

  @Test(arguments: DataFormat.allCases) func `a byte order mark is passed over`(
    format: DataFormat
  ) throws {
    let text = try Formats.encode(.list([record(["a": .int(1)])]), as: format)
    #expect(try Formats.decode("\u{FEFF}" + text, as: format).typed == "[{\"a\": int(1)}]")
  }
}
