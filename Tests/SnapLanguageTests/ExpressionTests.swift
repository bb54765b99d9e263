import SnapLanguage
import Testing

struct ExpressionTests {
  /// An expression and what it shows.
  static let values: [(String, String)] = [
    // Literals.
    ("007", "7"), ("1.50", "1.5"), ("1e3", "1000.0"), ("2.5e-1", "0.25"),
    ("20GB", "20GB"), ("1.5MiB", "1536KiB"), ("1000MB", "1GB"), ("500B", "500B"),
    ("90min", "90min"), ("1500ms", "1.5s"), ("7d", "1w"), ("0s", "0s"),
    ("2026-08-01", "2026-08-01T00:00:00Z"),
    ("2026-08-01T10:20", "2026-08-01T10:20:00Z"),
    ("2026-08-01T10:20:30.5+02:00", "2026-08-01T08:20:30.500000Z"),
    ("'raw ${x} \\n'", "raw ${x} \\n"), (#""a\tb\u{e9}\$""#, "a\tbé$"), ("\"\"", ""),
    ("true", "true"), ("[1, 'a', [2]]", "[1 a [2]]"), ("[1,\n 2,\n]", "[1 2]"),
    ("{a: 1, 'b c': 2}", "{a:1 b c:2}"), ("{}", "{}"), ("[...[1, 2], 3]", "[1 2 3]"),
    // Arithmetic.
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("7 / 2", "3.5"), ("6 / 2", "3.0"),
    ("-7 // 2", "-4"), ("-7 % 2", "1"), ("7 % -2", "-1"), ("7 // 2.0", "3.0"), ("-7.5 % 2", "0.5"),
    ("- - 3", "3"), ("2 - -3", "5"), ("10 - 3 - 2", "5"), ("'a' + 'b'", "ab"),
    ("[1] + [2]", "[1 2]"),
    ("1GB + 500MB", "1.5GB"), ("3 * 2GB", "6GB"), ("5GB // 2", "2.5GB"), ("4GB / 2GB", "2.0"),
    ("1h + 30min", "90min"), ("2 * 30s", "1min"), ("1d // 2", "12h"), ("1h * 1.5", "90min"),
    ("2026-08-02 - 2026-08-01", "1d"), ("2026-08-01 + 1d", "2026-08-02T00:00:00Z"),
    ("1d + 2026-08-01", "2026-08-02T00:00:00Z"), ("2026-08-01 - 1h", "2026-07-31T23:00:00Z"),
    ("9223372036854775807 - 1", "9223372036854775806"),
    // Comparisons and logic.
    ("1 < 2", "true"), ("1 == 1.0", "true"), ("1 == '1'", "false"), ("2 >= 2.5", "false"),
    ("'a' < 'b'", "true"), ("null == null", "true"), ("1 != null", "true"), ("not true", "false"),
    ("true or false and false", "true"), ("not false and false", "false"),
    ("false and 1 // 1 == 1", "false"), ("2 in [1, 2]", "true"), ("3 not in [1, 2]", "true"),
    ("'b' in 'abc'", "true"), ("'a' in {a: 1}", "true"), ("[1, {a: 2}] == [1.0, {a: 2}]", "true"),
    ("9007199254740993 == 9007199254740992.0", "false"),
    ("(1 +\n 2)", "3"), ("(1\n + 2)", "3"), ("1 + \\\n 2", "3"),
    // Functions.
    ("len('añb')", "3"), ("len([1, 2])", "2"), ("min(3, 1, 2)", "1"), ("max([1, 5, 2])", "5"),
    ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(1.2345, 2)", "1.23"), ("abs(-3)", "3"),
    ("abs(-3s)", "3s"), ("lower('AB')", "ab"), ("upper('ab')", "AB"), ("trim('  a b ')", "a b"),
    ("split('a,b,,c', ',')", "[a b  c]"), ("join([1, 2], '-')", "1-2"),
    ("replace('a.b.c', '.', '')", "abc"), ("starts-with('abc', 'ab')", "true"),
    ("ends-with('abc', 'bc')", "true"), ("contains([1, 2], 2)", "true"),
    ("default(null, 5)", "5"), ("default(0, 5)", "0"), ("type(3d)", "duration"),
    ("type(null)", "null"), ("keys({a: 1, b: 2})", "[a b]"),
    ("date('2026-08-01') == 2026-08-01", "true"),
    ("env('HOME')", "/home/ann"), ("env('NONE', 'x')", "x"), ("range(1, 3)", "[1 2 3]"),
    ("range(3, 1)", "[]"), ("ago(1d) < now()", "true"), ("$(1 + 1)", "2"), ("$((1 + 1) * 2)", "4"),
    ("$([1, 2] | count)", "2"), ("$(ls | first 2).1.name", "nightly"),
    ("$(ls).0[\"name\"]", "base"),
    ("$(ls)[-1].id", "15"),
  ]

  @Test(arguments: values)
  func `an expression has its value`(_ code: String, _ value: String) async {
    let ran = await run("print (\(code))")
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    #expect(ran.shown == [value])
  }

  /// An expression and its error, found before anything runs; the expression begins in column 8.
  static let rejected: [(String, String)] = [
    (
      "1 + 'a'",
      "8-15: '+' does not fit an int and a string (join texts by filling in: \"${a}${b}\")"
    ),
    ("1GB * 1GB", "8-17: '*' does not fit a size and a size"),
    ("1GB + 1s", "8-16: '+' does not fit a size and a duration"),
    ("1GB % 2", "8-15: '%' does not fit a size and an int"),
    ("2026-08-01 + 2026-08-02", "8-31: '+' does not fit a datetime and a datetime"),
    ("9223372036854775807 + 1", "8-31: the result is too large for 64 bits"),
    (
      "9223372036854775808",
      "8-27: '9223372036854775808' is no number, size, duration or date (the number is too large for 64 bits)"
    ),
    ("1 // 0", "8-14: division by zero"), ("1.0 % 0", "8-15: division by zero"),
    ("1 < 'a'", "8-15: '<' can't order an int and a string"),
    ("2 > null", "8-16: '>' can't order null (compare by '==' or '!=')"),
    ("not 3", "12-13: 'not' needs a bool, not an int (compare it, such as: … == …)"),
    ("1 and true", "8-9: 'and' needs a bool, not an int (compare it, such as: … == …)"),
    ("1 < 2 < 3", "14-15: comparisons don't chain (join two of them by 'and')"),
    ("1 = 2", "10-11: '=' in an expression (equality is written '==')"),
    ("true && false", "13-14: unexpected '&&' (the words are 'and' and 'or')"),
    (
      "web",
      "8-11: 'web' is a bare word in an expression (write 'web' in quotes for text, $web for a variable, $(web) for a command)"
    ),
    ("5km", "8-11: '5km' is no number, size, duration or date"),
    ("2026-02-30", "8-18: '2026-02-30' is no date (such as 2026-08-01 or 2026-08-01T10:20:00Z)"),
    ("lenn('a')", "8-12: unknown function 'lenn'"),
    ("len()", "8-13: 'len' does not take 0 arguments (len(text, list or record))"),
    ("$x.a", "8-10: unknown variable '$x' (a variable is made by: let x = …)"),
    ("'a' ~ '('", "14-17: '(' is no regular expression"),
    ("1 ~ 'a'", "8-15: '~' compares texts, not an int and a string"),
    ("5.a", "9-10: expected the end of the statement, found '.'"),
    (
      #""$x""#,
      "9-11: '$x' in a string is not filled in (write '${x}', or '\\$' for the character itself)"
    ),
    (
      #""\q""#,
      "9-11: unknown escape '\\q' (there are \\n \\t \\r \\e \\0 \\\" \\\\ \\$ and \\u{…}; a raw string stands in '…')"
    ),
    ("'abc", "8-9: the string that begins here is not closed"),
  ]

  @Test(arguments: rejected)
  func `what can't fit is an error before anything runs`(_ code: String, _ error: String) {
    let found = errors("let _ =\(code)")
    #expect(found.first?.hasPrefix("1:" + error) == true, "\(found)")
  }

  static let failing: [(String, String)] = [
    ("for i in [0] { print (1 // $i) }", "usage 1:22: division by zero"),
    (
      "for i in [9223372036854775807] { print ($i + 1) }",
      "usage 1:40: the result is too large for 64 bits"
    ),
    ("for i in [null] { print ($i > 2) }", "usage 1:25: '>' can't order null and an int"),
    ("for i in [{a: 1}] { print ($i.b) }", "usage 1:30: there is no field 'b'"),
    ("for i in [{a: 1}] { print \"x${i}\" }", "usage 1:29: a record can't be part of a text"),
    ("for i in [[1]] { print ($i.3) }", "usage 1:27: there is no item 3 in a list of 1"),
    ("for i in ['('] { print ('a' ~ $i) }", "usage 1:24: '(' is no regular expression"),
    ("for i in [1] { if $i { print 1 } }", "usage 1:19: 'if' needs a bool, not an int"),
    ("for i in [[1]] { rename 1 $i }", "usage 1:27: a list was given for a string"),
  ]

  @Test(arguments: failing)
  func `what turns up while running fails at its place`(_ code: String, _ failure: String) async {
    let ran = await run(code)
    #expect(ran.errors == [])
    #expect(ran.failure?.line == failure)
  }

  /// A text, a pattern, whether it matches.
  static let patterns: [(String, String, Bool)] = [
    ("web-01", "eb", true), ("web-01", "EB", false), ("web-01", "(?i)EB", true),
    ("web-01", "^web-\\d+$", true), ("xweb-01", "^web", false), ("a.b", "a\\.b", true),
    ("axb", "a\\.b", false), ("", "", true), ("abc", "", true), ("é", "é", true),
    ("ab", "a|x", true),
  ]

  @Test(arguments: patterns)
  func `a tilde matches a regular expression with regard to case`(
    _ text: String, _ pattern: String, _ matches: Bool
  ) async {
    let ran = await run(
      """
      print ('\(text)' ~ '\(pattern)')
      for p in ['\(pattern)'] { print ('\(text)' !~ $p) }
      """)
    #expect(ran.shown == ["\(matches)", "\(!matches)"])
  }

  @Test func `null matches no pattern`() async {
    #expect(await run("for x in [null] { print ($x ~ 'a') }").shown == ["false"])
  }
}
