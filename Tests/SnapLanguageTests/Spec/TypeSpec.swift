import Testing

/// The types of the grammar: what each takes as a value, and what it makes of a word.
struct TypeSpec {
  private static let values = [
    "5", "1.5", "5GB", "30s", "2026-08-01", "true", "'a'", "[1]", "{a: 1}", "null",
  ]

  static let types: [(type: String, taken: [String])] = [
    ("any", values),
    ("bool", ["true"]),
    ("int", ["5"]),
    ("float", ["5", "1.5"]),
    ("string", ["'a'"]),
    ("size", ["5GB"]),
    ("duration", ["30s"]),
    ("datetime", ["2026-08-01"]),
    ("snapshot", ["5", "'a'", "{a: 1}"]),
    ("slice", ["5", "'a'", "{a: 1}"]),
    ("list<int>", ["[1]"]),
    ("list<string>", []),
    ("list<any>", ["[1]"]),
    ("record", ["{a: 1}"]),
    ("enum(a|b)", ["'a'"]),
    ("enum(b|c)", []),
  ]

  @Test(arguments: types)
  func `a type takes its own kinds, and the check refuses all others`(
    type: String, taken: [String]
  ) {
    for value in Self.values {
      let found = errors("let x: \(type) = \(value); print $x")
      #expect(found.isEmpty == taken.contains(value), "\(value): \(found)")
    }
  }

  @Test(arguments: types)
  func `a type with a question mark takes null beside its own kinds`(
    type: String, taken: [String]
  ) {
    for value in Self.values {
      let found = errors("let x: \(type)? = \(value); print $x")
      #expect(found.isEmpty == (value == "null" || taken.contains(value)), "\(value): \(found)")
    }
  }

  @Test(arguments: types)
  func `a parameter, a flag and a result are held to their type as a variable is`(
    type: String, taken: [String]
  ) {
    for value in Self.values {
      let texts = [
        "fn f(x: \(type)) { print $x }\nf (\(value))",
        "fn f(--x: \(type)) { print $x }\nf --x (\(value))",
        "fn f(): \(type) { return \(value) }\nprint $(f)",
      ]
      // A scalar is taken as a list of one where a command takes a list, and as text where it takes text.
      for text in type.hasPrefix("list") || type == "string" ? texts.suffix(1) : texts[...] {
        let found = errors(text)
        #expect(found.isEmpty == taken.contains(value), "\(text): \(found)")
      }
    }
  }

  static let words: [SpecCase] = [
    .shows("a word is a string", "fn f(x: string) { print $x (type($x)) }\nf 007", "007 string"),
    .shows("where any value may stand, too", "fn f(x: any) { type($x) }\nf 5GB", "string"),
    .shows("a word becomes a bool", "fn f(x: bool) { print $x (type($x)) }\nf true", "true bool"),
    .shows("a word becomes an int", "fn f(x: int) { print $x (type($x)) }\nf 007", "7 int"),
    .shows("a word becomes a float", "fn f(x: float) { print $x (type($x)) }\nf 5", "5.0 float"),
    .shows("a word becomes a size", "fn f(x: size) { print $x (type($x)) }\nf 5GB", "5GB size"),
    .shows(
      "a word becomes a duration", "fn f(x: duration) { print $x (type($x)) }\nf 30s",
      "30s duration"),
    .shows(
      "a word becomes a datetime", "fn f(x: datetime) { print $x (type($x)) }\nf 2026-08-01",
      "2026-08-01T00:00:00Z datetime"),
    .shows(
      "a snapshot and a slice are ids or names",
      "fn f(x: snapshot, y: slice) { print $x (type($x)) $y (type($y)) }\nf 5 web-01",
      "5 int web-01 string"),
    .shows("an enum takes its words", "fn f(x: enum(ro|rw)) { print $x }\nf ro", "ro"),
    .isRejected(
      "a word of another kind is none of these",
      """
      fn b(x: bool) { print $x }
      fn i(x: int) { print $x }
      fn s(x: size) { print $x }
      fn d(x: datetime) { print $x }
      fn r(x: record) { print $x }
      b 5; i 1.5; s 30s; d 5; r a
      """,
      "6:3-4: '5' is not a bool", "6:8-11: '1.5' is not an int",
      "6:15-18: '30s' is not a size (such as 20GB or 512MiB, or a number of bytes)",
      "6:22-23: '5' is not a datetime (such as 2026-08-01)",
      "6:27-28: 'a' is not a record"),
    .isRejected(
      "a word is no int beyond 64 bits", "fn f(n: int) { print $n }\nf 9223372036854775808",
      "2:3-22: '9223372036854775808' is not an int"),
    .shows(
      "an int becomes a float where one is wanted",
      "let x: float = 2; fn f(y: float): float { $y }\nprint $x $(f (3))", "2.0 3.0"),
    .shows(
      "types nest", "let x: list<list<int?>>? = [[1, null], []]; print (len($x)) (len($x.0))", "2 2"
    ),
    .isRejected(
      "an item is held to its type however deep", "let x: list<list<int>> = [[1], ['a']]; print $x",
      "1:33-36: expected an int, found a string"),
    .isRejectedAt("a list has the type of its items", "let x: list = [1]; print $x", "1:12-13"),
    .isRejectedAt("an enum has a word", "let x: enum() = 'a'; print $x", "1:13-14"),
    .isRejectedAt("types have one spelling", "let x: Int = 1; print $x", "1:8-11"),
  ]

  @Test(arguments: words)
  func `a type is written so`(_ spec: SpecCase) async { await spec.check() }
}
