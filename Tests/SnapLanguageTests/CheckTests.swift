import SnapLanguage
import Testing

/// What is wrong is said before anything runs, with its place and what to do.
struct CheckTests {
  static let rejected: [(String, [String])] = [
    ("let x = 1", ["1:5-6: '$x' is never used (remove it, or call it '_x')"]),
    ("var x = 1; $x = 2", ["1:5-6: '$x' is never used (remove it, or call it '_x')"]),
    (
      "let x = 1; $x = 2; print $x",
      ["1:12-14: '$x' can't be changed (declare it by 'var x = …' instead)"]
    ),
    (
      "let count = 1; print $conut",
      [
        "1:22-28: unknown variable '$conut' (did you mean '$count'?)"
      ]
    ),
    ("$y = 1", ["1:1-3: unknown variable '$y' (a variable is made by: let y = …)"]),
    (
      "let x = 1; let x = 2; print $x",
      [
        "1:16-17: '$x' is declared already (write '$x = …' to change a 'var', or choose another name)"
      ]
    ),
    (
      "for --jobs 1 --jobs 2 i in [1] print $i",
      ["1:14-20: '--jobs' is given twice (remove one)"]
    ),
    ("lss", ["1:1-4: unknown command 'lss' (did you mean 'ls'?)"]),
    ("echo hi", ["1:1-5: unknown command 'echo' (to show text: print …)"]),
    ("ls --qeury x", ["1:4-11: 'ls' has no flag '--qeury' (did you mean '--query'?)"]),
    ("ls --query", ["1:4-11: '--query' needs a value (it takes a string)"]),
    ("ls --query a --query b", ["1:14-21: '--query' is given twice (remove one)"]),
    ("ls --page x", ["1:11-12: 'x' is not an int"]),
    ("ls a b", ["1:6-7: 'ls' takes at most 1 argument (ls [SLICE] [--query TEXT] [--page N])"]),
    ("rename 1", ["1:1-7: 'rename' needs NAME (rename SNAPSHOT NAME [--wait])"]),
    ("sleep 5", ["1:7-8: '5' is not a duration (such as 30s, 5min or 7d)"]),
    (
      "let d = 5; sleep $d",
      ["1:18-20: expected a duration, found an int (such as 30s, 5min or 7d)"]
    ),
    (
      "let l = [1]; sleep $l",
      ["1:20-22: a list was given for a duration (spread it: ...$x, or pipe it into the command)"]
    ),
    ("ls | to xml", ["1:9-12: 'xml' is none of csv, json"]),
    ("ls | where nmae == x", ["1:12-16: unknown column 'nmae' (did you mean 'name'?)"]),
    (
      "ls | sort-by size",
      [
        "1:14-18: unknown column 'size' (columns: id name vm_id vmname perms snapshot_size created duration)"
      ]
    ),
    ("ls | select id | where name == x", ["1:24-28: unknown column 'name' (columns: id)"]),
    ("where id == 1", ["1:1-14: 'where' needs rows before it (such as: ls | where …)"]),
    ("count", ["1:1-6: 'count' needs rows before it (such as: ls | count …)"]),
    ("ls | ls", ["1:6-8: 'ls' takes no rows from a pipe (ls [SLICE] [--query TEXT] [--page N])"]),
    ("ls | rm | count", ["1:6-8: 'rm' changes something and must end the pipeline"]),
    ("fn f() { 1 }\nls | f", ["2:6-7: 'f' takes no rows from a pipe (f)"]),
    (
      "fn f(a) { $a }\nls | f 1",
      ["2:6-7: 'f' has all its arguments and takes no rows from a pipe (f A)"]
    ),
    (
      "fn f() { return 1\nprint 2 }",
      ["2:1-8: nothing after 'return' is ever run (remove it, or move it before 'return')"]
    ),
    (
      "fn f() { throw 'x'\nprint 2 }",
      ["2:1-8: nothing after 'throw' is ever run (remove it, or move it before 'throw')"]
    ),
    ("fn f(n: int) { $n }\nf x", ["2:3-4: 'x' is not an int"]),
    ("fn f(): int { return 'x' }", ["1:22-25: expected an int, found a string"]),
    ("fn f(n: int = 'x') { $n }", ["1:15-18: expected an int, found a string"]),
    (
      "fn ls() { 1 }",
      ["1:4-6: 'ls' is a command and can't be a function's name (choose another name)"]
    ),
    ("fn len() { 1 }", ["1:4-7: 'len' is a built-in function (choose another name)"]),
    ("fn f() { 1 }\nfn f() { 2 }", ["2:4-5: the function 'f' is declared twice"]),
    (
      "fn f(a, a) { $a }",
      [
        "1:9-10: two parameters are called 'a'"
      ]
    ),
    ("if true { fn f() { 1 } }", ["1:14-15: a function is declared at the top level of a file"]),
    ("return 1", ["1:1-9: 'return' outside a function ('exit' ends a script)"]),
    ("break", ["1:1-6: 'break' outside a loop"]),
    (
      "var x = 0\nfor --jobs 2 i in 1..2 { $x += $i }\nprint $x",
      [
        "2:26-28: '$x' lies outside a parallel loop and can't be changed in it (a body gets a copy; use the loop without --jobs)"
      ]
    ),
    (
      "var x = 0\nfn f() { $x += 1 }\nfn g() { f }\nfor --jobs 2 _i in 1..2 { g }\nprint $x",
      [
        "4:27-28: 'g' changes '$x', which lies outside a parallel loop (a body gets a copy; use the loop without --jobs)"
      ]
    ),
    (
      "fn f() { for --jobs 2 i in 1..2 { return $i } }",
      ["1:35-44: 'return' can't leave a parallel loop (use the loop without --jobs)"]
    ),
    (
      "f\nlet x = 1\nfn f() { print $x }",
      ["1:1-2: 'f' uses '$x', which is set further down (move the call below it)"]
    ),
    ("for --jobs 0 i in 1..2 print $i", ["1:12-13: '--jobs' needs at least 1"]),
    (
      "for i in 5 print $i",
      ["1:10-11: 'for' goes over a list, not an int (a range is written: 1..5)"]
    ),
    ("if null { print 1 }", ["1:4-8: 'if' needs a bool, not null"]),
    ("var x: int = 1\n$x = 'a'\nprint $x", ["2:6-9: expected an int, found a string"]),
    ("var x: int = 1\n$x += 1.5\nprint $x", ["2:1-10: '$x' is an int and can't become a float"]),
    ("print { 1 }", ["1:7-12: expected any value, found a block"]),
    ("fn f(x) { [1] | each $x }\nf { 1 }", ["2:3-8: expected any value, found a block"]),
  ]

  @Test(arguments: rejected)
  func `an error has its place, its message and a hint`(_ text: String, _ expected: [String]) {
    #expect(errors(text) == expected)
  }

  static let syntax: [(String, String)] = [
    (
      "x = 5",
      "1:3-4: '=' after 'x' (write 'let x = …' for a new variable or '$x = …' for one that exists)"
    ),
    ("let $x = 5", "1:5-7: a variable is declared without '$' (write 'x')"),
    ("let a-b = 5", "1:5-8: a variable's name has no '-' (write '_')"),
    ("ls > x", "1:4-5: unexpected '>' (to write a file: … | save FILE)"),
    ("ls < x", "1:4-5: unexpected '<' (to read a file: open FILE | …)"),
    (
      "ls && ls",
      "1:4-5: unexpected '&' (commands follow each other on lines or by ';', and a failure stops them)"
    ),
    ("ls || ls", "1:4-5: unexpected '||' (there is no '||': try { … } catch { … })"),
    ("print `ls`", "1:7-8: unexpected '`' (a substitution is written $(…))"),
    (
      "for s in ls print $s",
      "1:10-12: 'ls' is a bare word here (write '$ls' for a variable, '$(ls …)' for a command, or a list: ['ls'])"
    ),
    (
      "for s in $(ls); do print $s; done",
      "1:17-19: 'do' does not belong to this language (write the body in braces: for x in … { … })"
    ),
    ("if true; then print 1; fi", "1:8-9: expected '{' before the body of 'if', found ';'"),
    ("if true then", "1:9-13: 'then' is not needed here (write the body in braces: { … })"),
    ("done", "1:1-5: 'done' does not belong to this language (blocks stand in braces: { … })"),
    ("let", "1:4-4: expected a variable's name after 'let', found the end of the text"),
    ("let x", "1:6-6: expected '=' and a value, found the end of the text"),
    ("ls |", "1:5-5: expected a command, found the end of the text"),
    ("| ls", "1:1-2: a pipeline can't begin with '|'"),
    (
      "ls | 5",
      "1:6-7: expected a command after '|', found '5' (a value can only stand at the beginning of a pipeline)"
    ),
    (
      "if true { print 1",
      "1:18-18: expected '}' at the end of the block, found the end of the text"
    ),
    ("}", "1:1-2: '}' closes nothing"),
    (
      "print $",
      "1:8-8: expected a variable's name or '(' after '$', found the end of the text (for the character itself, quote it: '$')"
    ),
    ("let x: nit = 1", "1:8-11: expected a type, found 'nit' (did you mean 'int'?)"),
    (
      "try { print 1 }",
      "1:16-16: 'try' without 'catch' or 'finally' (they stand on the line of the '}')"
    ),
    (
      "if true { print 1 }\nelse { print 2 }",
      "2:1-5: 'else' without what it belongs to ('else' stands on the line of the '}' before it)"
    ),
    (
      "print a(b)",
      "1:8-9: unexpected '(' inside a word (leave a blank before it, or quote the word)"
    ),
    ("--x", "1:1-2: a statement can't begin with '-' (a command stands first, its flags follow)"),
    ("ls --x!y", "1:7-8: '!' can't stand in a flag's name"),
  ]

  @Test(arguments: syntax)
  func `wrong syntax names what was meant`(_ text: String, _ error: String) {
    #expect(errors(text).first == error)
  }

  @Test func `all errors of a file are reported in one go`() {
    let text = """
      lss
      let x = (1 + ) * 2
      print "{" $a
      let y = (1
      let z = 5
      fn f( { print 1 }
      if oops { lss } else { print $b }
      sleep 5
      print ((1 + 2)
      """
    #expect(
      errors(text).map { String($0.prefix { $0 != ":" }) }
        == ["1", "2", "3", "5", "6", "7", "8", "9"].sorted(),
      "\(errors(text))")
  }

  @Test func `errors of a library name its file`() {
    let libraries = ["a": "fn f() { lss }\nprint 1", "b": "use 'c'", "c": "use 'b'"]
    #expect(
      errors("use 'a' as a\nuse 'none'\nuse 'b'\na.f", libraries: libraries) == [
        "a:1:10-13: unknown command 'lss' (did you mean 'ls'?)",
        "a:2:1-8: a library holds functions alone (put it into a function)",
        "c:1:5-8: 'b' uses itself (test.snap → b → c → b)",
        "2:5-11: there is no file 'none'",
      ])
  }

  @Test func `a library that two others use is one library`() async {
    let libraries = [
      "a": "use 'c' as c\nfn a() { c.f }", "b": "use 'c' as c\nfn b() { c.f }",
      "c": "fn f() { 'here' }",
    ]
    let ran = await run("use 'a'\nuse 'b'\nuse 'c'\na; b; f", libraries: libraries)
    #expect(ran.errors == [])
    #expect(ran.shown == ["here", "here", "here"])
  }
}
