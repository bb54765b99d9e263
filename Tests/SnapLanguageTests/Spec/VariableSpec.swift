import Testing

/// Which variables can be changed, where they are known, and what they hold.
struct VariableSpec {
  static let changes: [SpecCase] = [
    .isRejected(
      "the variable of a loop stays", "for i in 1..2 { $i = 3; print $i }",
      "1:17-19: '$i' can't be changed (declare it by 'var i = …' instead)"),
    .isRejected(
      "a parameter stays", "fn f(x, --y) { $x = 1; $y = true; print $x $y }",
      "1:16-18: '$x' can't be changed (declare it by 'var x = …' instead)",
      "1:24-26: '$y' can't be changed (declare it by 'var y = …' instead)"),
    .isRejected(
      "the row of a block stays", "[1] | each { $it = 2; $it }",
      "1:14-17: '$it' can't be changed (declare it by 'var it = …' instead)"),
    .isRejected(
      "a part of a variable stays, however deep", "var r = {a: [1]}; $r.a[0] = 5; print $r",
      "1:19-26: only a whole variable can be set, not '$r.a[0]' (make a new value: $x = {a: …})"),
    .shows(
      "a type stays with its variable", "var n: float = 1; $n = 2; $n += 1; print $n (type($n))",
      "3.0 float"),
    .isRejected(
      "what it is set to must fit it", "var n: int = 1; $n = 2.5; print $n",
      "1:22-25: expected an int, found a float"),
    .shows("without a type it takes any kind", "var x = 1; $x = 'a'; $x += 'b'; print $x", "ab"),
    .shows(
      "'+=' and '-=' are the operators '+' and '-'",
      """
      var d = 1h; var t = 2026-08-01; var s = 2GB
      $d -= 30min; $t += 1d; $s -= 500MB; print $d $t $s
      """, "30min 2026-08-02T00:00:00Z 1.5GB"),
    .fails(
      "so they take no other kinds", "var s = 1GB; $s += 1h; print $s",
      "usage 1:14: '+' does not fit a size and a duration"),
    .shows(
      "setting a variable to another's value leaves the other alone",
      "var a = {n: 1}; let b = $a; $a = {n: 2}; print $a.n $b.n", "2 1"),
  ]

  @Test(arguments: changes)
  func `a variable changes as it was declared`(_ spec: SpecCase) async { await spec.check() }

  static let places: [SpecCase] = [
    .shows(
      "a loop's variable and a parameter hide an outer one",
      """
      let n = 1; fn f(n) { print $n }
      for n in [5] { print $n }; f 7; print $n
      """, "5", "7", "1"),
    .shows(
      "a block sees the variables around it, and may have its own by their names",
      """
      let x = 1; let y = 2
      if true { var x = 'a'; $x += 'b'; if true { print $x $y } }
      print $x
      """, "ab 2", "1"),
    .isRejectedAt(
      "a function's variables are unknown outside it",
      "fn f() { let x = 5; print $x }\nf; print $x", "2:10-12"),
    .isRejectedAt(
      "so is the name that 'catch' binds",
      "try { throw 'a' } catch e { print $e.message }\nprint $e.kind", "2:7-9"),
    .isRejectedAt("so is the row outside its block", "[1] | each { $it }\nprint $it", "2:7-10"),
  ]

  @Test(arguments: places)
  func `a variable is known in its block`(_ spec: SpecCase) async { await spec.check() }

  static let names: [SpecCase] = [
    .shows(
      "a name has letters, digits and '_'",
      "let x1_y = 1; let Xy = 2; let _a9 = 3; print $x1_y $Xy $_a9", "1 2 3"),
    .shows("letters have their case", "let a = 1; let A = 2; print $a $A", "1 2"),
    .isRejected(
      "a digit is not its first", "let 1a = 2",
      "1:5-6: expected a variable's name after 'let', found '1'"),
    .shows(
      "a command and a flag may have several '-'",
      "fn a-b-c(--x-y-z: int = 1) { print $x_y_z }\na-b-c --x-y-z 5", "5"),
    .isRejectedAt("a '-' stands between two letters", "fn f-() { 1 }", "1:5-6"),
    .isRejectedAt("so no two stand together", "fn a--b() { 1 }", "1:5-6"),
    .isRejectedAt("so it does in a flag", "fn f(--x-: int) { print $x_ }", "1:9-10"),
  ]

  @Test(arguments: names)
  func `a name is written so`(_ spec: SpecCase) async { await spec.check() }

  static let parts: [SpecCase] = [
    .isRejected(
      "a record has each field once", "print {a: 1, b: 2, a: 3}",
      "1:20-21: the field 'a' is given twice (remove one)"),
    .isRejected(
      "a field in quotes is the same field", "print {a: 1, 'a': 2}",
      "1:14-17: the field 'a' is given twice (remove one)"),
    .fails(
      "an index before the beginning is nothing", "for l in [[1]] { print $l[-2] }",
      "usage 1:26: there is no item -2 in a list of 1"),
    .fails(
      "a list has no fields", "for l in [[1]] { print $l.a }",
      "usage 1:26: a list has no field 'a'", help: "a list has items: .0, or use: … | get a"),
    .fails(
      "a record has no items", "for r in [{a: 1}] { print $r.0 }",
      "usage 1:29: a record has no item 0"),
    .shows(
      "'?' makes null of an index that isn't there",
      "let l = [1]; print ($l[-2]? == null) ($l[1]? == null) $l[-1]?", "true true 1"),
  ]

  @Test(arguments: parts)
  func `a record and a list have what they have`(_ spec: SpecCase) async { await spec.check() }
}
