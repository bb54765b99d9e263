import Testing

/// What a function is given, and what it gives.
struct ParameterSpec {
  static let parameters: [SpecCase] = [
    .isRejected(
      "a switch takes no value by '='", "fn f(--delete) { print $delete }\nf --delete=true",
      "2:12-16: '--delete' takes no value"),
    .isRejected(
      "nor by a word behind it", "fn f(--delete) { print $delete }\nf --delete true",
      "2:12-16: 'f' takes no arguments (f [--delete])"),
    .isRejected(
      "a flag of type bool needs its value",
      "fn f(--delete: bool = false) { print $delete }\nf --delete",
      "2:3-11: '--delete' needs a value (it takes a bool)"),
    .shows(
      "a flag may have a default without a type",
      "fn f(--x = 5, y = 'a') { print $x (type($x)) $y }\nf; f --x 7", "5 int a", "7 string a"),
    .isRejectedAt(
      "nothing that must be given stands behind what may be null",
      "fn f(a: string?, b: int) { print $a $b }", "1:18-19"),
    .shows(
      "rows become the first parameter that got no argument",
      """
      fn f(a: string, rows: list<any>, c: int = 7) { print $a (len($rows)) $c }
      [1, 2] | f hi
      """, "hi 2 7"),
    .isRejected(
      "each of the rest is held to the type", "fn f(...r: int) { print $r }\nf 1 x 2 y",
      "2:5-6: 'x' is not an int", "2:9-10: 'y' is not an int"),
    .isRejected(
      "a word that reads as nothing of the kind",
      """
      fn f(a: float, b: duration, c: datetime) { print $a $b $c }
      f x 90 5
      """, "2:3-4: 'x' is not a float", "2:5-7: '90' is not a duration (such as 30s, 5min or 7d)",
      "2:8-9: '5' is not a datetime (such as 2026-08-01)"),
    .fails(
      "a flag that isn't given is null, and fits no other type",
      "fn f(--n: int) { let m: int = $n; print $m }\nf",
      "usage 1:31: expected an int, found null"),
    .shows(
      "the rest may have a default, which is a list",
      "fn f(...r: int = [1, 2]) { print $r }\nf; f 3", "[1 2]", "[3]"),
    .isRejectedAt(
      "a default of the rest that is no list", "fn f(...r: int = 1) { print $r }\nf", "1:18-19"),
    .shows(
      "an int becomes a float where the function says so",
      "fn f(): float { 3 }\nfn g(x: any): float { $x }\nprint (type($(f))) (type($(g (4))))",
      "float float"),
    .shows("a number of bytes is a size", "fn f(x: size) { print $x }\nf 1500", "1.5kB"),
  ]

  @Test(arguments: parameters)
  func `a parameter takes its argument`(_ spec: SpecCase) async { await spec.check() }

  static let results: [SpecCase] = [
    .shows(
      "what stands before the last pipeline is shown",
      "fn f() { 1; 'two'; 3 }\nlet x = $(f); print \"x ${x}\"", "1", "two", "x 3"),
    .shows(
      "so is what stands before it in a branch",
      """
      fn f(n: int) { if $n > 0 { 1; 2 } else { 3 } }
      let x = $(f 1); print "x ${x}"
      """, "1", "x 2"),
    .shows(
      "a branch that isn't there gives null",
      """
      fn f(n: int) { if $n == 0 { 'none' } }
      print $(f 0) ($(f 1) == null)
      """, "none true"),
    .shows(
      "'finally' gives nothing, 'catch' does",
      """
      fn f() { try { throw 'x' } catch { 'caught' } finally { let _x = 1 } }
      print $(f)
      """, "caught"),
    .shows(
      "a loop gives nothing, and is shown",
      """
      fn f() { for i in 1..2 { $i } }
      let r = $(f); print ($r == null)
      """, "1", "2", "true"),
    .shows(
      "'return' ends the function within loops",
      """
      fn f() { while true { for i in 1..9 { if $i == 3 { return $i } } } }
      print $(f)
      """, "3"),
    .shows(
      "an int that is returned as a float becomes one",
      "fn f(x): float { return $x }\nprint (type($(f (3)))) $(f (3))", "float 3.0"),
    .fails(
      "a result that only the run knows is held to its type",
      "fn f(x): int { return $x }\nfor v in ['a'] f $v",
      "usage 1:23: expected an int, found a string"),
  ]

  @Test(arguments: results)
  func `a function gives its last value`(_ spec: SpecCase) async { await spec.check() }
}
