import Testing

/// Conditions, loops in loops, and where a command's name stands.
struct ControlSpec {
  static let conditions: [SpecCase] = [
    .isRejected(
      "'while' and 'where' want a bool", "while 1 { print x }\n[1] | where 1",
      "1:7-8: 'while' needs a bool, not an int (compare it, such as: … == …)",
      "2:13-14: 'where' needs a bool, not an int (compare it, such as: … == …)"),
    .fails(
      "'while' wants one while running", "for x in ['a'] { while $x { print x } }",
      "usage 1:24: 'while' needs a bool, not a string", help: "compare it, such as: … == …"),
    .fails(
      "'where' wants one while running", "[1] | where $it",
      "usage 1:13: 'where' needs a bool, not an int", help: "compare it, such as: … == …"),
    .fails(
      "a column that is null is no condition", "[{a: null}] | where a",
      "usage 1:21: 'where' needs a bool, not null", help: "compare it, such as: … == …"),
    .isRejected(
      "an empty text and an empty list are none", "if '' { print 1 } else if [] { print 2 }",
      "1:4-6: 'if' needs a bool, not a string (compare it, such as: … == …)",
      "1:27-29: 'if' needs a bool, not a list<any> (compare it, such as: … == …)"),
  ]

  @Test(arguments: conditions)
  func `a condition is a bool`(_ spec: SpecCase) async { await spec.check() }

  static let loops: [SpecCase] = [
    .shows(
      "'break' leaves the innermost loop",
      "for i in 1..2 { for j in 1..3 { if $j == 2 { break }; print $i $j } }", "1 1", "2 1"),
    .shows(
      "'continue' goes on with the innermost loop",
      "for i in 1..2 { for j in 1..3 { if $j == 2 { continue }; print $i $j } }", "1 1", "1 3",
      "2 1", "2 3"),
    .shows(
      "'continue' looks at the condition of 'while' again",
      "var i = 0; while $i < 4 { $i += 1; if $i == 2 { continue }; print $i }", "1", "3", "4"),
    .fails(
      "a text is no list", "for x in ['abc'] { for y in $x print $y }",
      "usage 1:29: 'for' goes over a list, not a string"),
    .shows(
      "without '--jobs' the items come one after another, and may change what lies outside",
      "var t = 0; for --keep-going i in 1..3 { $t = $t * 10 + $i }; print $t", "123"),
    .fails(
      "'--jobs' wants at least 1 while running",
      "for n in [0] { for --jobs $n i in 1..2 print $i }",
      "usage 1:27: '--jobs' needs an int of at least 1"),
    .isRejectedAt(
      "one job is a parallel loop too", "var t = 0; for --jobs 1 i in 1..3 { $t += $i }; print $t",
      "1:37-39"),
    .shows(
      "a loop within a parallel one shows in its own order",
      "for --jobs 3 i in 1..3 { for j in 1..2 print \"${i}${j}\" }", "11", "12", "21", "22", "31",
      "32"),
  ]

  @Test(arguments: loops)
  func `a loop goes over its list`(_ spec: SpecCase) async { await spec.check() }

  static let commands: [SpecCase] = [
    .isRejectedAt("no variable holds a command", "let c = 'ls'; $c web", "1:18-19"),
    .isRejectedAt("there is no 'eval'", "eval 'ls'", "1:1-5"),
    .isRejectedAt("a variable's name is no command", "let x = 5; print $x; x", "1:22-23"),
    .shows(
      "a variable doesn't change what a function is",
      "let len = 5; print (len('abc') + $len)\nlen('ab')", "8", "2"),
    .isRejected(
      "'use' stands at the top of a file", "if true { use 'a' as b }\nfn f() { use 'a' }",
      "1:15-18: 'use' stands at the top level of a file",
      "2:14-17: 'use' stands at the top level of a file"),
    .isRejected(
      "the name behind 'as' is a variable's", "use 'a' as a-b",
      "1:12-15: a variable's name has no '-' (write '_')"),
    .isRejectedAt(
      "between two statements stands ';' or the end of a line",
      "let _x = 5 print\nif true { print a } print b", "1:12-13", "2:21-22"),
    .isRejectedAt("a loop begins no pipeline", "for i in 1..2 { print $i } | count", "1:28-29"),
    .isRejected(
      "an operator ends no line outside brackets", "1 +\n2",
      "1:4-2:1: expected a value, found the end of the line"),
  ]

  @Test(arguments: commands)
  func `a command stands in the text`(_ spec: SpecCase) async { await spec.check() }
}
