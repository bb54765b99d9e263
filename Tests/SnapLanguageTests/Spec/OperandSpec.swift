import Testing

/// What stands where exactly one value is wanted: after `in`, `..`, `--jobs` and `...`.
struct OperandSpec {
  static let taken: [SpecCase] = [
    .shows(
      "'--jobs' takes a substitution", "for --jobs $([1, 2] | count) i in 1..2 print $i", "1", "2"),
    .shows("'--jobs' takes a path", "let r = {n: 2}; for --jobs $r.n i in 1..2 print $i", "1", "2"),
    .shows(
      "'--jobs' and '--keep-going' stand in either order",
      "for --jobs 2 --keep-going i in [1] print $i\nfor --keep-going --jobs 2 i in [2] print $i",
      "1", "2"),
    .shows(
      "the ends of a range are paths",
      "let r = {a: 2, l: [3]}; for i in $r.a..$r.l[0] print $i", "2", "3"),
    .shows(
      "the ends of a range are substitutions",
      "for i in $([1] | count)..$([1, 2] | count) print $i", "1", "2"),
    .shows(
      "the list of 'for' is an item of a list", "let l = [[1], [2]]; for i in $l[1] print $i", "2"),
    .shows(
      "a path follows a substitution",
      "for x in $([{l: [1, 2]}]).0.l print $x; print ...$([[3, 4]]).0 [...$([[5]]).0]", "1", "2",
      "3 4 [5]"),
    .shows(
      "what is spread is a path",
      "let r = {l: [1, 2]}; print ...$r.l ...$r['l'] ...${r.l}", "1 2 1 2 1 2"),
    .shows(
      "a list takes what is spread, from every operand",
      "let x = [1]; print [...$x, ...$([2]), ...([3]), ...[4]]", "[1 2 3 4]"),
    .shows("nothing that is spread is no argument", "print a ...[] b", "a b"),
  ]

  @Test(arguments: taken)
  func `an operand is written so`(_ spec: SpecCase) async { await spec.check() }

  static let refused: [SpecCase] = [
    .isRejected(
      "a text is no operand", "for i in 'abc' print $i",
      "1:10-11: expected a value, found ''' (a variable $x, a substitution $(…), a list […] or a number)"
    ),
    .isRejected(
      "a sign makes no operand", "for i in -2..2 print $i",
      "1:10-11: expected a value, found '-' (a variable $x, a substitution $(…), a list […] or a number)"
    ),
    .isRejected(
      "a record is no operand", "for i in {a: 1} print $i",
      "1:10-11: expected a value, found '{' (a variable $x, a substitution $(…), a list […] or a number)"
    ),
    .isRejected(
      "a bare word is no operand of '--jobs'", "for --jobs a i in 1..2 print $i",
      "1:12-13: 'a' is a bare word here (write '$a' for a variable, '$(a …)' for a command, or a list: ['a'])"
    ),
    .isRejectedAt("a range has two ends", "for i in 1..2..3 print $i", "1:14-15"),
    .isRejectedAt("a range is no expression", "let x = 1..5; print $x", "1:10-11"),
    .isRejectedAt("a range stands in no brackets", "for i in (1..5) print $i", "1:12-13"),
    .fails(
      "a range goes from an int", "for x in ['a'] { for i in $x..2 print $i }",
      "usage 1:27: a range begins with an int"),
  ]

  @Test(arguments: refused)
  func `what is no operand is refused`(_ spec: SpecCase) async { await spec.check() }
}
