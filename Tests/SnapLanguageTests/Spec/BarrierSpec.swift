import SnapLanguage
import Testing

/// Mutations stand at the end of a pipeline, read all their input first, and go through one door.
struct BarrierSpec {
  static let cases: [SpecCase] = [
    .performs("rows from a pipe are one change", "ls web-01 | rm", "rm base nightly"),
    .performs(
      "'where' and 'sort-by' stand before it",
      "ls | where perms == rw and default(snapshot_size, 0B) > 20GB | sort-by created --desc | rm",
      "rm old base auto-2"),
    .performs("arguments and rows go together", "ls db-01 | rm 5", "rm 5 auto-1 auto-2"),
    .performs("a spread list is several arguments", "let l = [1, 2]; rm ...$l", "rm 1 2"),
    .performs("an empty input changes nothing", "ls | where id == 0 | rm"),
    .performs("a loop over nothing changes nothing", "for s in $(ls | where id == 0) rm $s"),
    .fails(
      "when a page fails, nothing was changed", "broken | rm", "network 1:1: page 2 did not come"),
    .fails(
      "when a block fails, nothing was changed",
      "ls | each { if $it.id == 15 { throw 'late' }; $it } | rm", "unknown 1:31: late"),
    .fails(
      "'rm' without argument or pipe is an error", "rm",
      "usage 1:1: 'rm' needs a snapshot, or rows before it"),
    .isRejected(
      "a mutating stage ends its pipeline", "ls | rm | count",
      "1:6-8: 'rm' changes something and must end the pipeline"),
    .isRejected(
      "a mutation takes no pipe that it has no use for", "ls | rename 1 x",
      "1:6-12: 'rename' takes no rows from a pipe (rename SNAPSHOT NAME [--wait])"),
    .performs(
      "several statements are several changes, in order", "rm 1; rename 2 b; rm 3", "rm 1",
      "rename 2 b", "rm 3"),
    .performs(
      "a function's changes go through the same door", "fn f(s) { rm $s }\nf 1; for i in 2..3 f $i",
      "rm 1", "rm 2", "rm 3"),
    .performs(
      "arguments are worked out from left to right",
      "fn f(n: int) { rename $n x; return $n }\nprint $(f 1) \"$(f 2)\" ($(f 3) + $(f 4))",
      "rename 1 x", "rename 2 x", "rename 3 x", "rename 4 x", shown: ["1 2 7"]),
    .performs(
      "'each' may change, row by row", "ls db-01 | each { rm $it }", "rm auto-1", "rm auto-2",
      shown: ["[null null]"]),
  ]

  @Test(arguments: cases)
  func `a change waits for its input`(_ spec: SpecCase) async { await spec.check() }
}
