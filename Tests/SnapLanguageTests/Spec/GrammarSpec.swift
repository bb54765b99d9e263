import Testing

/// Each production of the grammar, by a text that it takes and one that it doesn't.
struct GrammarSpec {
  static let statements: [SpecCase] = [
    .shows(
      "arguments are evaluated in the order in which they are written, flags among them",
      """
      fn f(n: int) { print $n; return $n }
      fn g(a: int, --b: int = 0, ...rest: int) { let n = len($rest); print "a${a} b${b} ${n}" }
      g --b $(f 1) $(f 2) $(f 3)
      g $(f 1) --b $(f 2) $(f 3) $(f 4)
      """, "1", "2", "3", "a2 b1 1", "1", "2", "3", "4", "a1 b2 2"),
    .shows("a script is statements on lines or by ';'", "print 1; print 2\nprint 3", "1", "2", "3"),
    .shows("empty statements are none", ";\n\n;; print 1 ;", "1"),
    .shows("an empty script does nothing", ""),
    .shows("'let' takes a type", "let x: int = 1\nprint $x", "1"),
    .isRejected(
      "'let' is immutable", "let x = 1; print $x; $x = 2",
      "1:22-24: '$x' can't be changed (declare it by 'var x = …' instead)"),
    .shows("'var' is mutable", "var x = 1; $x = 2; $x += 5; $x -= 3; print $x", "4"),
    .isRejected(
      "only a declared variable is assigned to", "$x += 1",
      "1:1-3: unknown variable '$x' (a variable is made by: let x = …)"),
    .shows(
      "'if' may have several 'else if' and an 'else'",
      "for i in 1..4 { if $i == 1 { print a } else if $i == 2 { print b } else if $i == 3 { print c } else { print d } }",
      "a", "b", "c", "d"),
    .shows("'if' without 'else' does nothing when false", "if 1 == 2 { print 1 }"),
    .isRejected(
      "the body of 'if' stands in braces", "if 1 == 1 print 1",
      "1:11-12: expected '{' before the body of 'if', found 'p'"),
    .shows("'while' repeats", "var i = 3\nwhile $i > 0 { print $i; $i -= 1 }", "3", "2", "1"),
    .shows("the list of 'for' is a variable", "let l = [1, 2]; for x in $l print $x", "1", "2"),
    .shows(
      "the list of 'for' is a path", "let r = {l: [1, 2]}; for x in $r.l { print $x }", "1", "2"),
    .shows("the list of 'for' is a substitution", "for x in $([5, 6] | first 1) print $x", "5"),
    .shows(
      "the list of 'for' is an expression in brackets", "for x in ([1] + [2]) print $x", "1", "2"),
    .shows("the list of 'for' is a list", "for x in [1, 2] print $x", "1", "2"),
    .shows("'for' takes a range whose end belongs to it", "for x in 1..3 print $x", "1", "2", "3"),
    .shows(
      "the ends of a range are operands", "let n = 2; for x in $n..(2 * $n) print $x", "2", "3", "4"
    ),
    .shows("a range that ends before it begins is empty", "for x in 3..1 print $x"),
    .shows("blanks may stand around '..'", "for x in 1 .. 2 print $x", "1", "2"),
    .shows("'--jobs' takes an operand", "let n = 2\nfor --jobs $n i in 1..2 print $i", "1", "2"),
    .shows("'--jobs' takes brackets", "for --jobs (1 + 1) i in 1..2 print $i", "1", "2"),
    .shows("'--jobs=N' is '--jobs N'", "for --jobs=2 i in 1..2 print $i", "1", "2"),
    .shows("'--keep-going' may stand alone", "for --keep-going i in 1..2 print $i", "1", "2"),
    .isRejected(
      "'for' has no other flag", "for --jbos 2 i in 1..2 print $i",
      "1:5-11: 'for' has no flag '--jbos' (it has --jobs N and --keep-going)"),
    .shows("the body of 'for' may be a pipeline", "for i in 1..2 [$i, 5] | count", "2", "2"),
    .isRejected(
      "the body of 'for' without braces is no statement", "for i in 1..2 if true { print $i }",
      "1:15-17: a body without braces is a single command, not 'if' (write the body in braces: { … })"
    ),
    .isRejected(
      "'for' without 'in'", "for x $(ls) print $x", "1:6-7: expected 'in' and what to loop over"),
    .isRejected(
      "'for' declares without '$'", "for $x in $(ls) print $x",
      "1:5-7: a variable is declared without '$' (write 'x')"),
    .shows("'break' ends a loop", "for i in 1..9 { if $i == 2 { break }; print $i }", "1"),
    .shows(
      "'continue' goes on with the next item",
      "for i in 1..2 { if $i == 1 { continue }; print $i }", "2"),
    .shows("'return' gives a value", "fn f() { return 5 }\nprint $(f)", "5"),
    .shows("'return' may give none", "fn f() { return }\nprint ($(f) == null)", "true"),
    .fails("'throw' takes an expression", "throw 'a' + 'b'", "unknown 1:1: ab"),
    .isRejected(
      "'throw' needs its expression", "throw", "1:6-6: expected a value, found the end of the text"),
    .shows("'try' may have 'catch' alone", "try { throw 'x' } catch { print c }", "c"),
    .shows("'catch' may bind a name", "try { throw 'x' } catch e { print $e.message }", "x"),
    .shows("'try' may have 'finally' alone", "try { print 1 } finally { print 2 }", "1", "2"),
    .shows(
      "'try' may have both", "try { throw 'x' } catch { print c } finally { print f }", "c", "f"),
    .isRejected(
      "'catch' belongs to a 'try'", "catch { }", "1:1-6: 'catch' without what it belongs to"),
    .isRejected(
      "the body of 'try' stands in braces", "try print 1",
      "1:5-6: expected '{' after 'try', found 'p'"),
    .shows(
      "'use' takes a string and a name", "use 'a' as b\nb.f", "1", libraries: ["a": "fn f() { 1 }"]),
    .shows("'use' takes a string alone", "use \"a\"\nf", "1", libraries: ["a": "fn f() { 1 }"]),
    .isRejected(
      "'use' wants a string", "use lib.snap", "1:5-6: expected a quoted path after 'use', found 'l'"
    ),
  ]

  @Test(arguments: statements)
  func `a statement is written so`(_ spec: SpecCase) async { await spec.check() }

  static let functions: [SpecCase] = [
    .shows("a function without parameters", "fn f() { print 1 }\nf", "1"),
    .shows("a function's name may have '-'", "fn say-it() { print 1 }\nsay-it", "1"),
    .shows(
      "parameters are separated by commas, and one may end them",
      "fn f(a, b,) { print $a $b }\nf 1 2", "1 2"),
    .shows("a parameter has a type", "fn f(n: int) { print ($n + 1) }\nf 1", "2"),
    .shows("a parameter has a default", "fn f(n = 7) { print $n }\nf", "7"),
    .shows(
      "a parameter has a type and a default", "fn f(n: int = 7) { print $n }\nf\nf 8", "7", "8"),
    .shows("'...' takes the rest", "fn f(a, ...r) { print $a $r }\nf 1 2 3", "1 [2 3]"),
    .shows("the rest may be nothing", "fn f(...r) { print $r }\nf", "[]"),
    .isRejected(
      "nothing follows the rest", "fn f(...r, x) { print $r $x }",
      "1:12-13: nothing can follow a rest parameter"),
    .shows("a flag may follow the rest", "fn f(...r, --x) { print $r $x }\nf 1 --x", "[1] true"),
    .shows(
      "a flag without a type is a switch", "fn f(--x) { print $x }\nf\nf --x", "false", "true"),
    .shows(
      "a flag with a type takes a value", "fn f(--n: int) { print ($n == null) }\nf\nf --n 1",
      "true", "false"),
    .shows(
      "a flag has a default", "fn f(--n: int = 3) { print $n }\nf\nf --n 4\nf --n=5", "3", "4", "5"),
    .shows("a result has a type", "fn f(): list<int> { return [1] }\nprint $(f)", "[1]"),
    .isRejected(
      "parameters stand in brackets", "fn f { print 1 }",
      "1:6-7: expected '(' and the parameters, found '{'"),
    .isRejected(
      "a body stands in braces", "fn f() print 1",
      "1:8-9: expected '{' before the function's body, found 'p'"),
  ]

  @Test(arguments: functions)
  func `a function is written so`(_ spec: SpecCase) async { await spec.check() }

  static let pipelines: [SpecCase] = [
    .shows("a line may begin with '|'", "ls\n| count", "5"),
    .shows("a line may end with '|'", "ls |\ncount", "5"),
    .shows("the first stage may be an expression", "[1, 2, 3] | count", "3"),
    .shows("brackets make a first stage too", "([1] + [2]) | count", "2"),
    .isRejected(
      "an expression is the first stage only", "ls | [1]",
      "1:6-7: expected a command after '|', found '[' (a value can only stand at the beginning of a pipeline)"
    ),
    .shows("'where' is a stage", "ls | where id == 11 | get name", "[base]"),
    .shows("an argument is a flag", "ls --query db | count", "2"),
    .shows("a flag takes its value by '=' too", "ls --query=db | count", "2"),
    .shows("an argument is a list or a record", "print [1, 2] {a: 1}", "[1 2] {a:1}"),
    .shows("an argument is a block", "[1] | each { $it + 1 }", "[2]"),
    .shows("an argument is an expression in brackets", "print (1 + 1)", "2"),
    .shows("an argument is spread", "print ...[1, 2] ...$([3]) ...([4])", "1 2 3 4"),
    .fails(
      "what is spread is a list", "let x = 5\nprint ...$x",
      "usage 2:10: '...' needs a list, not an int"),
    .shows(
      "a word is parts without blanks", "let x = 1\nprint a$x\"b ${x}\"'$c'$(2)${x}d", "a1b 1$c21d"),
    .shows(
      "a path in a word has fields, positions and indexes",
      "let r = {a: [1, {b: 2}]}\nprint $r.a.0 $r.a[-1].b $r[\"a\"].0", "1 2 1"),
    .shows("'${…}' ends a path in a word", "let r = {a: 1}\nprint ${r.a}.b ${r.a}c", "1.b 1c"),
    .shows(
      "'?' allows absence",
      "let r = {a: null}\nprint ($r.a.b? == null) ($r.c? == null) ($r.c?.d? == null)",
      "true true true"),
  ]

  @Test(arguments: pipelines)
  func `a pipeline is written so`(_ spec: SpecCase) async { await spec.check() }
}
