import Testing

/// The built-in pure functions.
struct FunctionSpec {
  static let results: [SpecCase] = [
    .shows("now", "print (type(now())) (now() > 2026-01-01)", "datetime true"),
    .shows(
      "ago", "print (ago(1d) < now()) (ago(0s) <= now()) (type(ago(1h)))", "true true datetime"),
    .shows("len of a text counts characters", "print (len('añ👍🏽')) (len(''))", "3 0"),
    .shows("len of a list and of a record", "print (len([1, 2])) (len({a: 1}))", "2 1"),
    .shows(
      "min and max of several",
      "print (min(3, 1, 2)) (max(1, 2.5)) (max('a', 'b')) (min(1h, 30min))", "1 2.5 b 30min"),
    .shows("min and max of a list", "print (min([3, 1])) (max([1GB, 2GB]))", "1 2GB"),
    .shows("min of nothing is null", "print (min([]) == null)", "true"),
    .shows(
      "round goes away from zero at a half",
      "print (round(2.5)) (round(-2.5)) (round(2.4)) (round(2.567, 2))", "3 -3 2 2.57"),
    .shows("abs", "print (abs(-3)) (abs(-2.5)) (abs(-5s)) (abs(-1GB))", "3 2.5 5s 1GB"),
    .shows("lower and upper", "print (lower('ÄB')) (upper('äb'))", "äb ÄB"),
    .shows("trim", "print \"<$(trim(\" \\t a b \\n\"))>\"", "<a b>"),
    .shows(
      "split and join", "print (split('a,b,,c', ',')) (join([1, 'a'], '-')) (join([], ','))",
      "[a b  c] 1-a "),
    .shows(
      "replace takes every part", "print (replace('a.b.c', '.', '')) (replace('aaa', 'a', 'b'))",
      "abc bbb"),
    .shows(
      "starts-with and ends-with", "print (starts-with('abc', 'ab')) (ends-with('abc', 'ab'))",
      "true false"),
    .shows(
      "contains, of texts and of lists",
      "print (contains('abc', 'b')) (contains([1, 2], 2)) (contains([1], '1'))", "true true false"),
    .shows(
      "default replaces null alone", "print (default(null, 5)) (default(0, 5)) (default('', 5))",
      "5 0 "),
    .shows(
      "type",
      "print (type(null)) (type(true)) (type(1)) (type(1.0)) (type('')) (type(1B)) (type(1s)) (type(2026-01-01)) (type([])) (type({}))",
      "null bool int float string size duration datetime list record"),
    .shows("keys, in their order", "print (keys({b: 1, a: 2}))", "[b a]"),
    .shows(
      "date reads what the language writes and what the API sends",
      "print (date('2026-01-01')) (date('2026-01-01 10:20:30')) (date('2026-01-01T10:20+02:00'))",
      "2026-01-01T00:00:00Z 2026-01-01T10:20:30Z 2026-01-01T08:20:00Z"),
    .shows(
      "env gives null or the other for what isn't set",
      "print (env('HOME')) (env('NONE') == null) (env('NONE', 'x'))", "/home/ann true x"),
    .shows("range", "print (range(1, 3)) (range(2, 2)) (range(3, 1))", "[1 2 3] [2] []"),
    .shows("a function begins a statement", "len('abc')", "3"),
    .shows(
      "a default is of its parameter's type", "fn f(x: float = 1) { type($x) }; print $(f)",
      "float"),
    .shows("a function stands in a substitution", "print $(len('abc')) \"$(len('ab'))\"", "3 2"),
  ]

  @Test(arguments: results)
  func `a function gives what it says`(_ spec: SpecCase) async { await spec.check() }

  static let refusals: [SpecCase] = [
    .isRejected(
      "an unknown function is found before the run", "print (lenn('a'))",
      "1:8-12: unknown function 'lenn' (did you mean 'len' or 'env'?)"),
    .isRejected(
      "so is a wrong number of arguments", "print (len('a', 'b'))",
      "1:7-22: 'len' does not take 2 arguments (len(text, list or record))"),
    .isRejected(
      "a function's name is not free", "fn len(x) { print $x }",
      "1:4-7: 'len' is a built-in function (choose another name)"),
    .isRejected(
      "in a word a function is none", "print len('abc')",
      "1:10-11: unexpected '(' inside a word (leave a blank before it, or quote the word)"),
    .fails(
      "len wants parts", "for x in [5] { print (len($x)) }",
      "usage 1:22: 'len' needs a text, a list or a record, not an int"),
    .fails(
      "ago wants a duration", "for x in [5] { print (ago($x)) }",
      "usage 1:22: 'ago' needs a duration, not an int", help: "ago(30d)"),
    .fails(
      "date wants a date", "for x in ['nope'] { print (date($x)) }",
      "usage 1:27: 'nope' is no date", help: "such as 2026-08-01 or 2026-08-01T10:20Z"),
    .fails(
      "abs overflows in its one case", "for x in [-9223372036854775807] { print (abs($x - 1)) }",
      "usage 1:41: the result is too large for 64 bits"),
    .fails(
      "split wants a separator", "for x in [''] { print (split('ab', $x)) }",
      "usage 1:23: the separator is empty"),
  ]

  @Test(arguments: refusals)
  func `a function refuses what it can't take`(_ spec: SpecCase) async { await spec.check() }
}
