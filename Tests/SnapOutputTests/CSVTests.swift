import SnapLanguage
import SnapOutput
import Testing

@Suite struct CSVTests {
  @Test func `fields are quoted where they must be`() throws {
    let rows: [Value] = [
      record(["id": .int(1), "name": .string("a,b"), "note": .string("say \"hi\"\nbye")]),
      record(["id": .float(2.5), "name": .null, "note": .string("")]),
      record(["id": .bool(true), "name": .string("007"), "note": .string("42")]),
      record(["id": .size(5), "name": .list([.int(1), .int(2)]), "note": .string(" é ")]),
    ]
    #expect(
      try text(.list(rows), .csv) == """
        id,name,note
        1,"a,b","say ""hi""
        bye"
        2.5,,""
        true,007,"42"
        5,"[1,2]", é 

        """)
  }

  @Test func `first rows that differ have the union of their names as header`() throws {
    let rows = [record(["a": .int(1)]), record(["b": .int(2), "a": .int(3)]), .string("x")]
    #expect(try text(.list(rows), .csv) == "a,b,value\n1,,\n3,2,\n,,x\n")
  }

  @Test func `a later row with a new name is an error that names it`() throws {
    var batches = [[record(["a": .int(1)])], [record(["a": .int(1), "b": .int(2)])]]
    let rows = RowStream { batches.isEmpty ? nil : batches.removeFirst() }
    #expect(throws: EncodeError.newColumn("b")) { try text(.rows(rows), .csv) }
  }

  @Test func `the only field of a row is never an empty line`() throws {
    let rows = [record(["a": .null]), record(["a": .string("")])]
    #expect(try text(.list(rows), .csv) == "a\n\"\"\n\"\"\n")
  }

  @Test(arguments: [
    ("", "[]"), ("a,b\n", "[]"), ("a\r\n1\r\n", #"[{"a": int(1)}]"#), ("a\n1", #"[{"a": int(1)}]"#),
    ("a,b\n1,\n", #"[{"a": int(1), "b": null}]"#), ("a\n\n1\n\n", #"[{"a": int(1)}]"#),
    ("a,b,c\n1.5,true,-3e2\n", #"[{"a": float(1.5), "b": bool(true), "c": float(-300.0)}]"#),
    ("a,b\n\"x\"\"y\",\"1\"\n", #"[{"a": "x\"y", "b": "1"}]"#),
    ("a\n 1\n", #"[{"a": " 1"}]"#), ("a\n5\"\n", #"[{"a": "5\""}]"#),
    ("a,b\n\"1\n2\",3\n", #"[{"a": "1\n2", "b": int(3)}]"#),
    ("a\n01\n", #"[{"a": "01"}]"#),
  ])
  func `a text is read as rows`(source: String, rows: String) throws {
    #expect(try Formats.decode(source, as: .csv).typed == rows)
  }

  @Test func `a field that begins with a combining character is read whole`() throws {
    let rows = Value.list([record(["a": .string("\u{301}x,"), "b": .string("\u{2028}y\u{85}")])])
    let text = try Formats.encode(rows, as: .csv)
    #expect(try Formats.decode(text, as: .csv).typed == rows.typed)
  }
}
