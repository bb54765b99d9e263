import Testing

/// Paths into values: fields, positions, indexes and `?`, in words, texts and expressions.
struct PathSpec {
  static let cases: [SpecCase] = [
    .shows(
      "a path has fields, positions and indexes in any order",
      "let r = {a: {b: [10, [20]]}}; print $r.a.b.0 $r['a'].b[1][0] $r.a['b'].1.0", "10 20 20"),
    .shows(
      "an index is any expression",
      "let l = [5, 6]; let k = 'a'; let r = {a: 7}; print $l[2 - 1] $l[len($l) - 2] $r[$k] $r[\"${k}\"]",
      "6 5 7 7"),
    .shows(
      "'?' may follow a field, a position and an index",
      "let r = {l: [1]}; print ($r.z? == null) ($r.l.5? == null) ($r.l[5]? == null) $r.l.0?",
      "true true true 1"),
    .shows(
      "'?' allows absence within a word", "let r = {a: 1}; print x$r.z?y $r.a?b ${r.z?}c", "xy 1b c"
    ),
    .shows(
      "a path ends in a word where no name follows its point",
      "let r = {a: 1}; print $r.a. $r.a.. $r.a-1 $r.a:2 $r.a/$r.a $r.a,", "1. 1.. 1-1 1:2 1/1 1,"),
    .shows(
      "'${…}' holds a whole path, in words and in texts",
      "let r = {a: {b: [1, 2]}}; print ${r.a.b[1]}.x \"${r.a.b.0} ${r['a'].b[-1]} <${r.z?}>\"",
      "2.x 1 2 <>"),
    .isRejected(
      "'${…}' holds nothing but a path", "print \"${1 + 2}\"",
      "1:10-11: expected a variable's name, found '1'"),
    .isRejected(
      "there are no other expansions in '${…}'", "let x = 1; print $x ${x:-5}",
      "1:24-25: expected '}' after the variable, found ':'"),
    .shows(
      "a path follows a substitution, brackets and a function in an expression",
      "let a = $([{n: 1}]).0.n; let b = ([5, 6])[1]; print $a $b (range(7, 9)[2]) (range(7, 9).0)",
      "1 6 9 7"),
    .isRejectedAt("no path follows a list", "[1, 2].0", "1:7-8"),
    .isRejectedAt("no path follows a record", "{a: 1}.a", "1:7-8"),
    .isRejectedAt("no path follows a text", "'abc'.0", "1:6-7"),
    .isRejectedAt("what has no parts has no path", "let n = 5; print $n.x", "1:20-22"),
    .isRejected(
      "a variable is set whole", "var r = {a: 1}\n$r.a = 2\nprint $r",
      "2:1-5: only a whole variable can be set, not '$r.a' (make a new value: $x = {a: …})"),
  ]

  @Test(arguments: cases)
  func `a path is written so`(_ spec: SpecCase) async { await spec.check() }
}
