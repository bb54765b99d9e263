import Testing

/// Each built-in function, where another answer would be as likely.
struct FunctionAnswerSpec {
  static let answers: [SpecCase] = [
    .shows(
      "starts-with looks at the beginning alone",
      "print (starts-with('abc', 'ab')) (starts-with('abc', 'bc')) (starts-with('a', 'ab'))",
      "true false false"),
    .shows(
      "ends-with looks at the end alone",
      "print (ends-with('abc', 'bc')) (ends-with('abc', 'ab')) (ends-with('a', 'ba'))",
      "true false false"),
    .shows(
      "contains doesn't find what isn't there",
      "print (contains('abc', 'ac')) (contains([1, 2], 3)) (contains(['ab'], 'a'))",
      "false false false"),
    .shows(
      "ago goes as far back as its duration",
      "let t = ago(1d); print (now() - $t >= 1d) (now() - $t < 1d + 1min)", "true true"),
    .shows("now is not far off", "print (now() < 2200-01-01)", "true"),
    .shows(
      "split takes a separator of several characters, and keeps empty parts",
      """
      print (join(split('a--b-c', '--'), '|'))
      print (len(split('', ','))) (len(split(',', ',')))
      """, "a|b-c", "1 2"),
    .shows(
      "join gives numbers, sizes and dates as texts do",
      "print (join([1, 2.5, 1GB, 2026-08-01, true], ' '))", "1 2.5 1GB 2026-08-01T00:00:00Z true"),
    .shows(
      "replace leaves what it doesn't find",
      "print (replace('abc', 'x', 'y')) (replace('aXbX', 'X', '--'))", "abc a--b--"),
    .shows(
      "trim takes the blanks of a text that has no others",
      #"print (len(trim(" \t\n "))) (trim('a  b'))"#, "0 a  b"),
    .shows(
      "lower and upper leave what has no case", "print (lower('A-1')) (upper('a-1ß'))", "a-1 A-1SS"),
    .shows(
      "round takes places, and leaves an int",
      """
      print (round(1.25, 1)) (round(-2.567, 2))
      print (round(7)) (round(-0.5)) (type(round(2.4)))
      """, "1.3 -2.57", "7 -1 int"),
    .shows("range goes over zero", "print (join(range(-1, 1), ' '))", "-1 0 1"),
    .shows(
      "min and max of dates and of mixed numbers",
      """
      print (max(2026-01-01, 2026-02-01)) (max(1h, 90s))
      print (min(2, 1.5)) (max(1, 0.5)) (min('b', 'a', 'c'))
      """, "2026-02-01T00:00:00Z 1h", "1.5 1 a"),
    .shows("keys and len of nothing", "print (len(keys({}))) (len({})) (len([]))", "0 0 0"),
    .shows(
      "default gives the other unchanged, null too",
      "print (default(null, null) == null) (default(false, true))", "true false"),
    .shows("env gives a text", "print (type(env('HOME'))) (env('NONE', 5))", "string 5"),
    .shows(
      "date keeps the zone's meaning", "print (date('2026-08-01T00:30+02:00') == 2026-07-31T22:30)",
      "true"),
    .shows(
      "abs leaves what has no sign to lose", "print (abs(3)) (abs(2.5)) (abs(0)) (abs(5GB))",
      "3 2.5 0 5GB"),
  ]

  @Test(arguments: answers)
  func `a function tells one thing from another`(_ spec: SpecCase) async { await spec.check() }

  static let refusals: [SpecCase] = [
    .fails(
      "kinds without an order have no least", "for x in ['a'] { print (max(1, $x)) }",
      "usage 1:24: 'max' can't order an int and a string"),
    .isRejected(
      "replace wants an old part", "print (replace('a', '', 'b'))", "1:7-30: the old part is empty"),
    .isRejected(
      "round has 15 places at most", "print (round(2.5, 16))",
      "1:7-23: 'round' takes 0 to 15 places"),
    .isRejected(
      "keys wants a record", "print (keys([1]))",
      "1:13-16: 'keys' takes a record, not a list<any> (keys(record))"),
    .fails(
      "so it does while running", "for x in [[1]] { print (keys($x)) }",
      "usage 1:24: 'keys' needs a record, not a list"),
    .isRejected(
      "a text function wants a text",
      """
      print (upper(5))
      print (trim([1]))
      print (starts-with('a', 1))
      """, "1:7-17: expected a string, found an int",
      "2:13-16: 'trim' takes a string, not a list<any> (trim(text))",
      "3:7-28: expected a string, found an int"),
    .isRejected(
      "join wants a list", "print (join('ab', ','))", "1:7-24: expected a list, found a string"),
    .isRejected(
      "range wants ints", "print (range(1, 2.5))",
      "1:17-20: 'range' takes an int, not a float (range(first, last))"),
    .isRejected(
      "abs wants a number", "print (abs('a'))", "1:7-17: expected a number, found a string"),
    .isRejected(
      "a blank ends a function's name", "len ('abc')",
      "1:1-4: 'len' is a function of expressions (it is called without a blank: len(…))"),
  ]

  @Test(arguments: refusals)
  func `a function refuses other arguments`(_ spec: SpecCase) async { await spec.check() }
}
