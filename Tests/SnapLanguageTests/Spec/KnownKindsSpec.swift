import Testing

/// Kinds, arities and constant values that the text alone tells are found before the run.
struct KnownKindsSpec {
  static let cases: [SpecCase] = [
    .isRejected(
      "an item of a list against the items' type", "let x: list<int> = [1, 'a']; print $x",
      "1:24-27: expected an int, found a string"),
    .isRejectedAt(
      "an item of a list against a parameter's type", "fn f(x: list<int>) { print $x }\nf [1, 'a']",
      "2:7-10"),
    .isRejectedAt(
      "a required parameter after an optional one", "fn f(x: int = 3, y) { print $x $y }\nf 1 2",
      "1:18-19"),
    .isRejectedAt("what a built-in function takes", "print (len(5))", "1:7-15"),
    .isRejectedAt("a duration for 'ago'", "print (ago(5))", "1:12-13"),
    .isRejectedAt("a date for 'date'", "print (date('nope'))", "1:7-21"),
    .isRejectedAt("kinds that 'min' can order", "print (min(1, 'a'))", "1:7-20"),
    .isRejectedAt("a separator for 'split'", "print (split('ab', ''))", "1:7-24"),
    .isRejectedAt("what a sign stands before", "print (-[1])", "1:7-13"),
    .isRejectedAt("the number of jobs", "for --jobs (1.5) i in [1] print $i", "1:12-17"),
    .isRejectedAt("what a loop goes over", "for i in 5GB print $i", "1:10-13"),
    .isRejectedAt("the ends of a range", "for i in 1..2.5 print $i", "1:13-16"),
    .isRejectedAt(
      "the last value of a function against its result", "fn f(): int { 'a' }\nf", "1:15-18"),
    .shows("the least int can be written", "print (-9223372036854775808)", "-9223372036854775808"),
    .shows(
      "'%' by -1 always fits", "for x in [-9223372036854775807] { print (($x - 1) % -1) }", "0"),
    .shows(
      "a flag of type bool takes a value", "fn f(--v: bool) { print $v }\nf --v false", "false"),
  ]

  @Test(arguments: cases)
  func `what is known is used`(_ spec: SpecCase) async { await spec.check() }
}
