import SnapLanguage
import SnapOutput
import Testing

@Suite struct YAMLTests {
  @Test func `rows are a list of blocks in their order`() throws {
    let rows = [
      record([
        "z": .int(1), "a": .string("text"), "none": .null, "tags": .list([.int(1), .string("x")]),
      ]),
      record(["nested": record(["size": .size(5), "empty": .list([]), "bare": record([:])])]),
    ]
    #expect(
      try text(.list(rows), .yaml) == """
        - z: 1
          a: text
          none: null
          tags:
          - 1
          - x
        - nested:
            size: 5
            empty: []
            bare: {}

        """)
  }

  @Test(arguments: [
    (Value.string("plain"), "plain"), (.string("yes"), "'yes'"), (.string("1.5"), "'1.5'"),
    (.string("2025-02-04 10:19:36.925397"), "'2025-02-04 10:19:36.925397'"), (.string(""), "''"),
    (.string("11test1-3247"), "11test1-3247"), (.float(1e300), "1.0e+300"), (.float(2), "2.0"),
    (.float(-.infinity), "-.inf"), (.datetime(noon), "2025-02-10T12:00:00Z"), (.null, "null"),
    (.duration(1_500_000), "1.5"), (.string("a: b #c"), "'a: b #c'"), (.string("日本"), "日本"),
    (.string("\u{1b}"), "\"\\e\""),
  ])
  func `a scalar is quoted only where it could be taken for another`(
    value: Value, yaml: String
  ) throws {
    #expect(try text(value, .yaml) == yaml + "\n")
  }

  @Test(arguments: [
    ("", "null"), ("~", "null"), ("no", #""no""#), ("12", "int(12)"),
    ("0x1F", "int(31)"),
    ("0o17", "int(15)"), ("1e3", "float(1000.0)"), (".5", "float(0.5)"),
    ("'12'", #""12""#),
    ("\"12\"", #""12""#), ("!!str 12", #""12""#),
    (".inf", "float(inf)"),
    ("2025-02-10T12:00:00Z", "datetime(\(noon))"), ("[1, [], {}]", "[int(1), [], {}]"),
    ("a: 1\nb:\n- x\n", #"{"a": int(1), "b": ["x"]}"#),
    ("--- 1\n--- 2\n", "[int(1), int(2)]"),
    (
      "a: &x {p: 1, q: 2}\nb:\n  q: 3\n  <<: *x\n",
      #"{"a": {"p": int(1), "q": int(2)}, "b": {"p": int(1), "q": int(3)}}"#
    ),
  ])
  func `a text is read by the core schema`(source: String, value: String) throws {
    #expect(try Formats.decode(source, as: .yaml).typed == value)
  }

  @Test func `aliases that grow without bound are refused`() {
    var source = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      source += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = #expect(throws: DecodeError.self) { try Formats.decode(source, as: .yaml) }
    #expect(error?.message.contains("more than 1000000 values") == true)
  }

  @Test(arguments: ["[", "{a: ", "- "]) func `deep nesting is refused`(open: String) {
    #expect(throws: DecodeError.self) {
      try Formats.decode(String(repeating: open, count: 100_000), as: .yaml)
    }
  }
}
