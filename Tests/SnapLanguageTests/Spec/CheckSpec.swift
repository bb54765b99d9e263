import Testing

/// Check, then run: any error and nothing runs, and every error is reported.
struct CheckSpec {
  static let cases: [SpecCase] = [
    .isRejected(
      "with any error nothing runs", "print 1\nlss",
      "2:1-4: unknown command 'lss' (did you mean 'ls'?)"),
    .isRejected(
      "every error is reported, not the first alone", "lss\nlet x = (1 + ) * 2\nprint $a\nsleep 5",
      "1:1-4: unknown command 'lss' (did you mean 'ls'?)", "2:14-15: expected a value, found ')'",
      "3:7-9: unknown variable '$a' (a variable is made by: let a = …)",
      "4:7-8: '5' is not a duration (such as 30s, 5min or 7d)"),
    .isRejected(
      "several stand in one line", "lss; print $a; sleep 5",
      "1:1-4: unknown command 'lss' (did you mean 'ls'?)",
      "1:12-14: unknown variable '$a' (a variable is made by: let a = …)",
      "1:22-23: '5' is not a duration (such as 30s, 5min or 7d)"),
    .isRejected(
      "the bodies that nothing calls are checked", "fn f() { lss }",
      "1:10-13: unknown command 'lss' (did you mean 'ls'?)"),
    .isRejected(
      "so are branches that nothing reaches", "if false { lss }",
      "1:12-15: unknown command 'lss' (did you mean 'ls'?)"),
    .isRejected(
      "unset variables, in texts and paths too", "print $a.b d$e",
      "1:7-9: unknown variable '$a' (a variable is made by: let a = …)",
      "1:13-15: unknown variable '$e' (a variable is made by: let e = …)"),
    .isRejected(
      "unused variables", "let x = 1", "1:5-6: '$x' is never used (remove it, or call it '_x')"),
    .isRejected(
      "a variable that is only set is unused", "var x = 1\n$x = 2",
      "1:5-6: '$x' is never used (remove it, or call it '_x')"),
    .shows(
      "what a text or a block uses is used",
      "let x = 1; let y = 2\nprint \"${x}\"; [1] | each { $it + $y }", "1", "[3]"),
    .isRejected(
      "unknown flags", "ls --qury web",
      "1:4-10: 'ls' has no flag '--qury' (did you mean '--query'?)"),
    .isRejected(
      "unknown flags of functions", "fn f(--jobs: int) { print $jobs }\nf --jbos",
      "2:3-9: 'f' has no flag '--jbos' (did you mean '--jobs'?)"),
    .isRejected(
      "a flag without its value", "ls --query",
      "1:4-11: '--query' needs a value (it takes a string)"),
    .isRejected(
      "a flag that is given twice", "ls --query a --query b",
      "1:14-21: '--query' is given twice (remove one)"),
    .isRejected(
      "unknown functions", "print (foo(1))",
      "1:8-11: unknown function 'foo' (a command's result is written $(foo …))"),
    .isRejected(
      "arity of commands: too few", "rename 1",
      "1:1-7: 'rename' needs NAME (rename SNAPSHOT NAME [--wait])"),
    .isRejected(
      "arity of functions: too few", "fn f(a, b) { print $a $b }\nf 1", "2:1-2: 'f' needs B (f A B)"
    ),
    .isRejectedAt("arity of functions: too many", "fn f(a, b) { print $a $b }\nf 1 2 3", "2:7-8"),
    .isRejected(
      "literals against parameter types", "fn f(n: int) { print $n }\nf x; f (1.5); f 2GB; f [1]",
      "2:3-4: 'x' is not an int", "2:8-13: expected an int, found a float",
      "2:17-20: '2GB' is not an int",
      "2:24-27: a list was given for an int (spread it: ...$x, or pipe it into the command)"),
    .isRejected(
      "literals against flags' types", "fn f(--n: int) { print $n }\nf --n x",
      "2:7-8: 'x' is not an int"),
    .isRejected(
      "words against enums", "fn f(--p: enum(ro|rw)) { print $p }\nf --p rx",
      "2:7-9: 'rx' is none of ro, rw (did you mean 'ro' or 'rw'?)"),
    .isRejected(
      "literals against a variable's type", "let x: size = 5s; print $x",
      "1:15-17: expected a size, found a duration"),
    .isRejected(
      "defaults against their type", "fn f(--x: int = 'a') { print $x }",
      "1:17-20: expected an int, found a string"),
    .isRejected(
      "results against their type", "fn f(): int { return 'x' }",
      "1:22-25: expected an int, found a string"),
    .isRejected(
      "assigned values against the variable's type", "var x: int = 1\n$x = 'a'\nprint $x",
      "2:6-9: expected an int, found a string"),
    .isRejected(
      "unknown columns where the schema is known", "ls | where nmae == x and prems == rw",
      "1:12-16: unknown column 'nmae' (did you mean 'name'?)",
      "1:26-31: unknown column 'prems' (did you mean 'perms'?)"),
    .isRejected(
      "a schema after 'select' is what was selected", "ls | select id name | where perms == rw",
      "1:29-34: unknown column 'perms' (columns: id name)"),
    .isRejected(
      "columns of 'sort-by' 'select' 'get' 'group-by'",
      "ls | sort-by nmae; ls | select nmae; ls | get nmae; ls | group-by nmae",
      "1:14-18: unknown column 'nmae' (did you mean 'name'?)",
      "1:32-36: unknown column 'nmae' (did you mean 'name'?)",
      "1:47-51: unknown column 'nmae' (did you mean 'name'?)",
      "1:67-71: unknown column 'nmae' (did you mean 'name'?)"),
    .shows(
      "where the schema is unknown nothing is said", "[{nmae: 1}] | where nmae == 1 | count", "1"),
    .isRejected(
      "an outer 'var' set inside a parallel loop",
      "var x = 0\nfor --jobs 2 i in 1..2 { $x += $i }\nprint $x",
      "2:26-28: '$x' lies outside a parallel loop and can't be changed in it (a body gets a copy; use the loop without --jobs)"
    ),
    .shows(
      "a body's own 'var' may be set", "for --jobs 2 i in 1..2 { var x = 0; $x += $i; print $x }",
      "1", "2"),
    .isRejected(
      "code after 'return'", "fn f() { return 1; print 2 }",
      "1:20-27: nothing after 'return' is ever run (remove it, or move it before 'return')"),
    .isRejected(
      "code after 'break' and 'continue'",
      "for i in 1..2 { break; print $i }\nfor i in 1..2 { continue; print $i }",
      "1:24-32: nothing after 'break' is ever run (remove it, or move it before 'break')",
      "2:27-35: nothing after 'continue' is ever run (remove it, or move it before 'continue')"),
    .isRejected(
      "'return' stands in a function", "return 5",
      "1:1-9: 'return' outside a function ('exit' ends a script)"),
    .isRejected(
      "'break' and 'continue' stand in a loop", "break\ncontinue", "1:1-6: 'break' outside a loop",
      "2:1-9: 'continue' outside a loop"),
    .isRejected(
      "columns count characters, not bytes", "print 'é👍🏽' $a",
      "1:12-14: unknown variable '$a' (a variable is made by: let a = …)"),
    .isRejected(
      "lines inside a text count", "print 'a\nb' $c",
      "2:4-6: unknown variable '$c' (a variable is made by: let c = …)"),
    .isRejected(
      "a tab is one column", "\tlss", "1:2-5: unknown command 'lss' (did you mean 'ls'?)"),
  ]

  @Test(arguments: cases)
  func `what is wrong is found before anything runs`(_ spec: SpecCase) async { await spec.check() }

  static let libraries: [SpecCase] = [
    .isRejected(
      "all that a file uses is checked too, and all errors come in one go",
      "use 'a' as a\nlss\na.f x",
      "a:1:20-23: unknown command 'lss' (did you mean 'ls'?)",
      "2:1-4: unknown command 'lss' (did you mean 'ls'?)", "3:5-6: 'x' is not an int",
      libraries: ["a": "fn f(n: int) { $n; lss }"]),
    .isRejected(
      "a library holds functions alone", "use 'a'",
      "a:1:1-10: a library holds functions alone (put it into a function)",
      libraries: ["a": "let x = 1\nfn f() { 1 }"]),
    .isRejected("a library that isn't there", "use 'none'", "1:5-11: there is no file 'none'"),
    .isRejected(
      "functions come under their library's name alone", "use 'a' as a\nf\na.g",
      "2:1-2: unknown command 'f' (did you mean 'fn' or 'if'?)",
      "3:1-4: unknown command 'a.g' (did you mean 'a.f'?)", libraries: ["a": "fn f() { 1 }"]),
    .isRejected(
      "two functions with one name", "use 'a'\nfn f() { 2 }\nf",
      "2:4-5: the function 'f' is declared twice",
      libraries: ["a": "fn f() { 1 }"]),
    .shows(
      "one library may have two names", "use 'a' as a\nuse 'a' as b\na.f\nb.f", "1", "1",
      libraries: ["a": "fn f() { 1 }"]),
    .shows(
      "a library may use others", "use 'a' as a\na.f", "5",
      libraries: ["a": "use 'b' as b\nfn f() { b.g }", "b": "fn g() { 5 }"]),
  ]

  @Test(arguments: libraries)
  func `what a file uses is checked with it`(_ spec: SpecCase) async { await spec.check() }

  /// Scripts in which nothing is wrong, though it may look so.
  static let right: [String] = [
    "var total = 0\nfor i in 1..3 { $total += $i }\nprint $total",
    "let m = {a: 1, 'b c': [1, {d: 3}]}\nprint $m['b c'].1.d $m['b c'][-1].d",
    "fn even(n: int): bool { if $n == 0 { return true }; return $(odd ($n - 1)) }\nfn odd(n: int): bool { if $n == 0 { return false }; return $(even ($n - 1)) }\neven 4",
    "for s in $(ls) { if $s.snapshot_size == null { continue }; print $s.name }",
    "let rows = $(ls)\nfor r in $rows { print $r.anything? }",
    "fn f(rows, --by: string = 'name') { $rows | sort-by $by }\nls | f --by id",
    "try { ls | rm } catch e { if $e.kind in ['conflict', 'network'] { print later } else { throw $e } }",
    "let old = $(ls | where created < ago(30d) and not name ~ '^keep' | sort-by created --desc | skip 3)\nprint (len($old))",
    "ls | group-by vmname | each { {slice: $it.vmname, n: len($it.rows), big: $($it.rows | where default(snapshot_size, 0B) > 20GB | count)} } | sort-by n",
    "var i = 0\nwhile true { $i += 1; if $i >= 3 { break } }",
    "fn f(): int? { return null }\nprint ($(f) == null)",
    "let f = 'x'\nls | to json | save $f --force",
    "for --jobs 4 s in $(ls) { let n = \"${s.name}-x\"; rename $s $n }",
    "let x: any = 1\nprint (default($x, 2))", "let d = 2026-08-01 - 30d\nls | where created < $d",
    "let a = [1, 2]\nlet b = [...$a, 3]\nprint ...$b",
  ]

  @Test(arguments: right)
  func `the check has nothing against a script that is right`(_ text: String) {
    #expect(errors(text) == [])
  }
}
