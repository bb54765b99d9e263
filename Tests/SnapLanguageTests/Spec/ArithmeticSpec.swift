import Testing

/// What `+ - * / // %` take and give; ArithmeticPropertyTests has the numbers.
struct ArithmeticSpec {
  static let results: [SpecCase] = [
    .shows("'/' gives a float", "print (type(6 / 3)) (6 / 3) (7 / 2)", "float 2.0 3.5"),
    .shows(
      "'//' divides and rounds down", "print (7 // 2) (-7 // 2) (7 // -2) (-7 // -2)", "3 -4 -4 3"),
    .shows("'%' is what '//' leaves", "print (7 % 2) (-7 % 2) (7 % -2) (-7 % -2)", "1 1 -1 -1"),
    .shows(
      "'//' and '%' take floats", "print (7.5 // 2) (-7.5 // 2) (7.5 % 2) (-7.5 % 2)",
      "3.0 -4.0 1.5 0.5"),
    .shows("sizes have '+' and '-'", "print (1GB + 500MB) (1GB - 500MB)", "1.5GB 500MB"),
    .shows("durations have '+' and '-'", "print (1h + 30min) (1h - 30min)", "90min 30min"),
    .shows(
      "sizes have '* / //' with numbers",
      "print (2GB * 3) (3 * 2GB) (3GB / 2) (3GB // 2) (2GB * 0.5)", "6GB 6GB 1.5GB 1.5GB 1GB"),
    .shows(
      "durations have '* / //' with numbers",
      "print (2h * 3) (3 * 2h) (3h / 2) (3h // 2) (2h * 0.5)", "6h 6h 90min 90min 1h"),
    .shows(
      "'/' by their own kind gives a number", "print (20GB / 5GB) (1h / 30min) (type(1h / 1h))",
      "4.0 2.0 float"),
    .shows("a datetime minus a datetime is a duration", "print (2026-01-02 - 2026-01-01)", "1d"),
    .shows(
      "a datetime plus or minus a duration is a datetime",
      "print (2026-01-01 + 1d) (1d + 2026-01-01) (2026-01-01 - 1d)",
      "2026-01-02T00:00:00Z 2026-01-02T00:00:00Z 2025-12-31T00:00:00Z"),
    .shows("'+' joins texts and lists", "print ('a' + 'b') ([1] + ['a'])", "ab [1 a]"),
    .shows(
      "unary '-' takes numbers, sizes and durations", "print (-3) (-2.5) (-2GB) (-2h) (- -3)",
      "-3 -2.5 -2GB -2h 3"),
    .shows(
      "'* / // %' bind tighter than '+ -', and the left comes first",
      "print (1 + 2 * 3) (10 - 3 - 2) (16 / 4 / 2) (2 * 7 % 4) (7 // 2 * 2)", "7 5 2.0 2 6"),
    .shows("unary '-' binds tightest", "print (-2 * 3) (2 - -2)", "-6 4"),
    .shows(
      "comparisons bind looser than sums, 'not' looser still, then 'and', then 'or'",
      "print (not 1 + 1 == 3 and true or false) (true or true and false)", "true true"),
  ]

  @Test(arguments: results)
  func `arithmetic gives what it says`(_ spec: SpecCase) async { await spec.check() }

  static let refusals: [SpecCase] = [
    .isRejected(
      "overflow of '+' is an error", "print (9223372036854775807 + 1)",
      "1:7-32: the result is too large for 64 bits"),
    .isRejected(
      "overflow of '-' is an error", "print (-9223372036854775807 - 2)",
      "1:7-33: the result is too large for 64 bits"),
    .isRejected(
      "overflow of '*' is an error", "print (4294967296 * 4294967296)",
      "1:7-32: the result is too large for 64 bits"),
    .isRejected(
      "sizes overflow too", "print (9000000TB + 9000000TB)",
      "1:7-30: the result is too large for 64 bits"),
    .isRejected(
      "durations overflow too", "print (9223372036854ms * 1000000)",
      "1:7-34: the result is too large for 64 bits"),
    .isRejected(
      "floats have an end", "print (1e308 * 10)", "1:7-19: the result is too large for a float"),
    .fails(
      "overflow while running is an error", "for x in [9223372036854775807] { print ($x * 2) }",
      "usage 1:40: the result is too large for 64 bits"),
    .fails(
      "unary '-' overflows too", "for x in [-9223372036854775807] { print (-($x - 1)) }",
      "usage 1:41: the result is too large for 64 bits"),
    .fails(
      "'//' overflows in its one case",
      "for x in [-9223372036854775807] { print (($x - 1) // -1) }",
      "usage 1:41: the result is too large for 64 bits"),
    .fails(
      "'+=' overflows too", "for x in [9223372036854775807] { var y = $x; $y += 1; print $y }",
      "usage 1:46: the result is too large for 64 bits"),
    .isRejected(
      "nothing is divided by zero", "print (1 / 0) (1 // 0) (1 % 0) (1 / 0.0) (1s / 0)",
      "1:7-14: division by zero", "1:15-23: division by zero", "1:24-31: division by zero",
      "1:32-41: division by zero", "1:42-50: division by zero"),
    .isRejected(
      "a size and a duration don't fit", "print (20GB + 1h)",
      "1:7-18: '+' does not fit a size and a duration"),
    .isRejected(
      "a size and a number have no sum", "print (20GB + 1)",
      "1:7-17: '+' does not fit a size and an int"),
    .isRejected(
      "sizes have no product", "print (1GB * 1GB)", "1:7-18: '*' does not fit a size and a size"),
    .isRejected(
      "sizes have no remainder", "print (20GB % 3GB)", "1:7-19: '%' does not fit a size and a size"),
    .isRejected(
      "sizes have no '//' of their own kind", "print (20GB // 5GB)",
      "1:7-20: '//' does not fit a size and a size"),
    .isRejected(
      "a datetime has no product", "print (2026-01-01 * 2)",
      "1:7-23: '*' does not fit a datetime and an int"),
    .isRejected(
      "datetimes have no sum", "print (2026-01-01 + 2026-01-02)",
      "1:7-32: '+' does not fit a datetime and a datetime"),
    .isRejected(
      "a duration minus a datetime is nothing", "print (1d - 2026-01-01)",
      "1:7-24: '-' does not fit a duration and a datetime"),
    .isRejected(
      "a text and a number don't fit", "print ('a' + 1)",
      "1:7-16: '+' does not fit a string and an int (join texts by filling in: \"${a}${b}\")"),
    .isRejected(
      "a text has no multiple", "print ('a' * 3)", "1:7-16: '*' does not fit a string and an int"),
    .isRejected(
      "a text has no sign", "print (-'a')",
      "1:7-13: '-' needs a number, a size or a duration, not a string"),
    .isRejected(
      "a list and an item don't fit", "print ([1] + 1)",
      "1:7-16: '+' does not fit a list and an int"),
    .isRejected(
      "a bool is no number", "print (true + 1)", "1:7-17: '+' does not fit a bool and an int"),
    .isRejected(
      "a variable's kind is known to the check", "let s = 1GB\nprint ($s + 1h)",
      "2:7-16: '+' does not fit a size and a duration"),
    .fails(
      "kinds that only the run knows fail there", "for s in [1GB] { print ($s + 1h) }",
      "usage 1:24: '+' does not fit a size and a duration"),
  ]

  @Test(arguments: refusals)
  func `what doesn't fit is an error`(_ spec: SpecCase) async { await spec.check() }
}
