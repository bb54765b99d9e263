import Testing

/// What could be read in two ways is settled, and what other shells have is told.
struct AmbiguitySpec {
  static let readings: [SpecCase] = [
    .shows("a letter begins a command", "print 1", "1"),
    .shows("a digit begins an expression", "1 + 1", "2"),
    .shows("a quote begins an expression", "'a' + \"b\"", "ab"),
    .shows("'$' begins an expression", "let x = 1\n$x + 1", "2"),
    .shows("'(' begins an expression", "(1 + 1) * 2", "4"),
    .shows("'[' begins an expression", "[1] + [2]", "[1 2]"),
    .shows("'{' begins a record", "{a: 1}\n{}\n{\"k\": 2}", "{a:1}", "{}", "{k:2}"),
    .shows("'name(' with a built-in function begins an expression", "len('abc') + 1", "4"),
    .shows("'-' and a digit begin an expression", "-5", "-5"),
    .isRejected(
      "'true' is no command", "true or false",
      "1:1-5: unknown command 'true' ('true' is a value; a statement begins with a command)"),
    .shows(
      "the list of 'for' is one operand, so the body may follow", "for i in [1, 2] print $i", "1",
      "2"),
    .shows("a list after the operand is the body", "for i in [1, 2] [$i, 3]", "[1 3]", "[2 3]"),
    .shows(
      "'{' after 'if', 'while' and 'for' is a block",
      "if true { print 1 }\nfor i in 1..1 { print 2 }\nwhile true { break }", "1", "2"),
    .shows(
      "as an argument '{}', '{name:' and '{\"k\":' are records", "print {} {a: 1} {\"k\": 2}",
      "{} {a:1} {k:2}"),
    .isRejectedAt("any other '{' is a block", "print { 1 }", "1:7-12"),
    .shows(
      "'$s.name' is a path in a word", "let s = {name: 'n'}\nprint $s.name-x $s.name/x ${s.name}.x",
      "n-x n/x n.x"),
    .shows("in a text only '${s.name}' is", "let s = {name: 'n'}\nprint \"${s.name}.x\"", "n.x"),
    .shows(
      "'$' before no name stands for itself in a text", "print \"$5 100% a$\" 'x$'", "$5 100% a$ x$"
    ),
    .fails(
      "a record interpolated whole is an error", "let s = {name: 'n'}\nprint \"${s}\"",
      "usage 2:8: a record can't be part of a text", help: "name a field: ${x.name}"),
    .fails(
      "a list interpolated whole is an error", "let s = [1]\nprint a$s",
      "usage 2:8: a list can't be part of a text", help: "join it: join($x, ', ')"),
    .shows(
      "'$((…))' is a substitution of an expression", "print $((1 + 2)) $((1 + 2) * 3) x$((2))",
      "3 9 x2"),
    .shows("newlines are blanks inside '( ) [ ]'", "print (1\n+\n2) [1,\n2,\n]", "3 [1 2]"),
    .shows("newlines are blanks inside '{ }' of a record", "print {a: 1,\nb: 2,\n}", "{a:1 b:2}"),
    .shows("newlines are blanks after '|' and ','", "[1,\n2] |\ncount", "2"),
    .shows("'\\' joins lines", "print a \\\n  b\\\nc", "a b c"),
    .shows("a comment may stand between the stages", "ls\n# all of them\n| count", "5"),
    .shows(
      "keywords are reserved at the start of a statement only", "print if; print for in", "if",
      "for in"),
  ]

  @Test(arguments: readings)
  func `a line is read in one way`(_ spec: SpecCase) async { await spec.check() }

  static let hints: [SpecCase] = [
    .isRejected(
      "'do' is an error with a hint", "for i in 1..3; do print $i; done",
      "1:16-18: 'do' does not belong to this language (write the body in braces: for x in … { … })",
      "1:29-33: 'done' does not belong to this language (blocks stand in braces: { … })"),
    .isRejected(
      "'then' and 'fi' too", "if true; then\nprint 1\nfi",
      "1:8-9: expected '{' before the body of 'if', found ';'",
      "1:10-14: 'then' does not belong to this language (blocks stand in braces: { … })",
      "3:1-3: 'fi' does not belong to this language (blocks stand in braces: { … })"),
    .isRejected(
      "a lone '=' after a first word", "x = 5",
      "1:3-4: '=' after 'x' (write 'let x = …' for a new variable or '$x = …' for one that exists)"),
    .isRejected(
      "a bare word in an expression", "print (w)",
      "1:8-9: 'w' is a bare word in an expression (write 'w' in quotes for text, $w for a variable, $(w) for a command)"
    ),
    .isRejected(
      "a bare word for the list of 'for'", "for s in ls print $s",
      "1:10-12: 'ls' is a bare word here (write '$ls' for a variable, '$(ls …)' for a command, or a list: ['ls'])"
    ),
    .isRejected(
      "'>' in a command", "ls > out", "1:4-5: unexpected '>' (to write a file: … | save FILE)"),
    .isRejected(
      "'>>' in a command", "ls >> out", "1:4-5: unexpected '>' (to write a file: … | save FILE)"),
    .isRejected(
      "'<' in a command", "ls < in", "1:4-5: unexpected '<' (to read a file: open FILE | …)"),
    .isRejected(
      "'&' and '&&'", "ls & ls && ls",
      "1:4-5: unexpected '&' (commands follow each other on lines or by ';', and a failure stops them)"
    ),
    .isRejected(
      "'||'", "ls || ls", "1:4-5: unexpected '||' (there is no '||': try { … } catch { … })"),
    .isRejected(
      "'&&' in an expression", "print (true && false)",
      "1:13-14: unexpected '&&' (the words are 'and' and 'or')"),
    .isRejected(
      "backquotes", "print `ls`", "1:7-8: unexpected '`' (a substitution is written $(…))"),
    .isRejected(
      "'=' in a condition", "if 1 = 1 { print a }",
      "1:6-7: '=' in an expression (equality is written '==')"),
    .isRejected(
      "comparisons don't chain", "1 < 2 < 3",
      "1:7-8: comparisons don't chain (join two of them by 'and')"),
    .isRejected(
      "'$' and a name in a text", "let n = 1; print $n \"n is $n\"",
      "1:27-29: '$n' in a string is not filled in (write '${n}', or '\\$' for the character itself)"
    ),
    .isRejected("'let $x'", "let $x = 5", "1:5-7: a variable is declared without '$' (write 'x')"),
    .isRejected(
      "'else' on a line of its own", "if true { print 1 }\nelse { print 2 }",
      "2:1-5: 'else' without what it belongs to ('else' stands on the line of the '}' before it)"),
    .isRejected(
      "an unknown escape", #"print "\q""#,
      #"1:8-10: unknown escape '\q' (there are \n \t \r \e \0 \" \\ \$ and \u{…}; a raw string stands in '…')"#
    ),
    .isRejected("'echo'", "echo hi", "1:1-5: unknown command 'echo' (to show text: print …)"),
    .isRejected(
      "'(' without a blank before it", "print a(b)",
      "1:8-9: unexpected '(' inside a word (leave a blank before it, or quote the word)"),
  ]

  @Test(arguments: hints)
  func `what other shells have is told`(_ spec: SpecCase) async { await spec.check() }
}
