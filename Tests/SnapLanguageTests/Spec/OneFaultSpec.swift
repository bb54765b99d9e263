import Testing

/// One fault is one error: what follows from it alone is not told.
struct OneFaultSpec {
  static let cases: [SpecCase] = [
    .isRejectedAt(
      "a declaration whose type is wrong still declares", "let x: nit = 5; print $x", "1:8-11"),
    .isRejectedAt("so does one whose type is unfinished", "let x: list = [1]; print $x", "1:12-13"),
    .isRejectedAt("so does one whose value is wrong", "let x = (1 + )\nprint $x", "1:14-15"),
    .isRejectedAt("so does one whose value is missing", "let x = 1 +\nprint $x", "1:12-2:1"),
    .isRejectedAt(
      "the variable of a 'for' is known in a body in 'do'", "for i in 1..3\ndo\nprint $i\ndone",
      "2:1-3", "4:1-5"),
    .isRejectedAt("a block on the next line is no record", "if true\n{ print 1 }", "1:8-2:1"),
    .isRejectedAt("so after 'else'", "if true { print 1 } else\n{ print 2 }", "1:25-2:1"),
    .isRejectedAt("a name that is filled in wrongly is used", "let n = 1; print \"$n\"", "1:19-21"),
    .isRejectedAt("what can't be changed is used", "let n = 1; $n = 2", "1:12-14"),
    .isRejectedAt("what is declared twice is used", "let x = 1; let x = 2; print $x", "1:16-17"),
    .isRejectedAt("what is used too early is used", "print $x; let x = 1", "1:7-9"),
    .isRejectedAt("two parameters with one name", "fn f(a, a) { $a }", "1:9-10"),
    .isRejectedAt(
      "the value of an unknown flag", "fn f(--jobs: int) { print $jobs }\nf --jbos 2", "2:3-9"),
    .isRejectedAt(
      "a function that could not be read is not unknown", "use 'a' as a\na.f", "a:1:7-8",
      libraries: ["a": "fn f( { print 1 }"]),
  ]

  @Test(arguments: cases)
  func `one fault is one error`(_ spec: SpecCase) async { await spec.check() }
}
