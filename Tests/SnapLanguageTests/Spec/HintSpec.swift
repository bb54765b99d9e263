import Testing

/// Messages that name what was meant, at the place where it is.
struct HintSpec {
  static let cases: [SpecCase] = [
    .isRejected(
      "a flag is named as it was written", "print --x",
      "1:7-10: 'print' has no flag '--x' (print [VALUE...])"),
    .isRejected(
      "one argument is one argument", "fn f(a) { print $a }\nf 1 2",
      "2:5-6: 'f' takes at most 1 argument (f A)"),
    .isRejected(
      "a size can be too large as an int can", "print (99999999999TB)",
      "1:8-21: '99999999999TB' is no number, size, duration or date (the number is too large for 64 bits)"
    ),
    .isRejectedAt("the range of a filled-in name has its braces", "print \"${c}\"", "1:8-12"),
    .fails(
      "the hint's default is of the other's kind", "for x in [null] { print ($x > 20GB) }",
      "usage 1:25: '>' can't order null and a size",
      help: "null has no order: give it a value with default(…, 0B)"),
    .fails(
      "so it is for columns", "ls | where not (snapshot_size > 2GB) | count",
      "usage 1:16: '>' can't order null and a size",
      help: "null has no order: give it a value with default(…, 0B)"),
    .fails(
      "a list of nothing is no list", "for x in [null] { for y in $x print $y }",
      "usage 1:28: 'for' goes over a list, not null", help: "give it a value: default($x, [])"),
    .fails("a command that fails late has its place", "broken", "network 1:1: page 2 did not come"),
    .fails(
      "a substitution that fails late has its place", "let x = $(broken)\nprint \"${x}\"",
      "network 1:11: page 2 did not come"),
    .fails(
      "a call that gets too many has its place", "fn f(a) { print $a }\nlet l = [1, 2]\nf ...$l",
      "usage 3:1: 'f' takes at most 1 argument", help: "f A"),
  ]

  @Test(arguments: cases)
  func `a message says what was meant`(_ spec: SpecCase) async { await spec.check() }
}
