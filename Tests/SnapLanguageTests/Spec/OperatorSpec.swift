import Testing

/// The table of operators: their ranks, and the kinds that they take.
struct OperatorSpec {
  static let ranks: [SpecCase] = [
    .shows(
      "'and' looks right only when its left is true, 'or' only when it is false",
      "for x in [null] { print ($x != null and $x > 1) ($x == null or $x > 1) }", "false true"),
    .shows("a path binds before a sign", "let r = {a: 2}; print (-$r.a) (-$r.a * 2)", "-2 -4"),
    .shows(
      "'+' and '-' are of one rank, and so are '*' and '//'", "print (1 - 2 + 3) (2 * 8 // 3)",
      "2 5"),
    .shows(
      "sums bind before 'in' and '~'", "print (1 + 1 in [2]) ('a' + 'b' ~ '^ab$')", "true true"),
    .shows(
      "'not' binds looser than each comparison",
      """
      print (not 1 in [2]) (not 1 not in [2]) (not 1 < 0)
      print (not 'a' ~ 'b') (not 'a' !~ 'b') (not 1 >= 2)
      """, "true false true", "true false true"),
    .shows("'not' may follow itself", "print (not not true) (not not false)", "true false"),
    .isRejectedAt(
      "the comparisons are of one rank and don't chain",
      """
      print (1 == 1 == true)
      print (1 < 2 != false)
      print ('a' in ['a'] == true)
      print ('a' ~ 'a' ~ 'b')
      print (1 not in [1] in [true])
      """, "1:15-17", "2:14-16", "3:21-23", "4:18-19", "5:21-23"),
    .shows("brackets part them", "print ((1 < 2) == true) (('a' in ['a']) != false)", "true true"),
  ]

  @Test(arguments: ranks)
  func `an operator has its rank`(_ spec: SpecCase) async { await spec.check() }

  static let kinds: [SpecCase] = [
    .shows(
      "values of different kinds are not equal",
      """
      print (1GB == 1000000000) ('1' == 1) (true == 1) (1s == 1000000)
      print ([] == {}) ('' == null) ('a' != ['a'])
      """, "false false false false", "false false true"),
    .shows(
      "a datetime is no text",
      """
      let d = '2026-08-01'
      print (2026-08-01 == $d) (2026-08-01 == date($d))
      """, "false true"),
    .shows(
      "lists and records are equal item by item",
      "print ([1] == [1, 2]) ([1, 2] == [2, 1]) ({a: 1} == {a: 2}) ({a: [1]} == {a: [1.0]})",
      "false false false true"),
    .shows(
      "what has an order has it",
      "print (1 < 2.5) ('b' < 'a') (1s < 1min) (1GB < 1MB) (2026-01-01 < 2026-01-02)",
      "true false true false true"),
    .shows(
      "'<=' and '>=' take what is equal, '<' and '>' don't",
      "print (2 <= 2) (2 >= 2) (2 < 2) (2 > 2) (3 <= 2) (2 >= 3) (1GB >= 1000MB)",
      "true true false false false false true"),
    .isRejected(
      "two kinds have no order", "print (1GB > 1s)\nprint (2026-01-01 < 1d)\nprint (1h > 5)",
      "1:7-17: '>' can't order a size and a duration",
      "2:7-24: '<' can't order a datetime and a duration",
      "3:7-15: '>' can't order a duration and an int"),
    .shows(
      "'in' finds what is there and nothing else",
      """
      print ('x' in 'cab') ('ca' in 'cab') (3 in [1, 2])
      print ('b' in {a: 1}) ('a' in {a: 1}) ('a' not in {a: 1})
      """, "false true false", "false true false"),
    .isRejected(
      "'in' wants two texts, or a name and a record",
      """
      print (1 in 'a1')
      print (1 in {a: 1})
      print (null in 'a')
      print (1 in 5)
      """, "1:7-18: a string can't hold an int", "2:7-20: a record's names are texts, not an int",
      "3:7-20: a string can't hold null", "4:7-15: an int holds no items"),
    .fails(
      "so it does while running", "for x in [1] { print ($x in 'a1') }",
      "usage 1:22: a string can't hold an int"),
    .isRejected(
      "'and' and 'or' want bools on their right too", "print (true and 1)\nprint (false or 'a')",
      "1:17-18: 'and' needs a bool, not an int (compare it, such as: … == …)",
      "2:17-20: 'or' needs a bool, not a string (compare it, such as: … == …)"),
    .fails(
      "so does 'and' while running", "for x in [1] { print (true and $x) }",
      "usage 1:32: 'and' needs a bool, not an int", help: "compare it, such as: … == …"),
    .fails(
      "so does 'or' while running", "for x in ['a'] { print ($x or true) }",
      "usage 1:25: 'or' needs a bool, not a string", help: "compare it, such as: … == …"),
    .isRejected(
      "'~' wants texts", "print ('a' ~ 1)\nprint (1GB ~ 'a')",
      "1:7-16: '~' compares texts, not a string and an int",
      "2:7-18: '~' compares texts, not a size and a string"),
    .isRejected(
      "a number isn't divided by a size or a duration", "print (2 / 1GB)\nprint (2 // 1h)",
      "1:7-16: '/' does not fit an int and a size",
      "2:7-16: '//' does not fit an int and a duration"),
    .isRejected(
      "texts and lists have no difference", "print ('ab' - 'b')\nprint ([1] - [1])",
      "1:7-19: '-' does not fit a string and a string", "2:7-18: '-' does not fit a list and a list"
    ),
    .isRejected(
      "a datetime and a bool have no sign", "print (-2026-01-01)\nprint (-true)",
      "1:7-20: '-' needs a number, a size or a duration, not a datetime",
      "2:7-14: '-' needs a number, a size or a duration, not a bool"),
  ]

  @Test(arguments: kinds)
  func `an operator takes its kinds`(_ spec: SpecCase) async { await spec.check() }
}
