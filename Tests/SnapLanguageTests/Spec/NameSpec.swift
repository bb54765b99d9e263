import Testing

/// Words keep their text; names are found in one way.
struct NameSpec {
  static let words: [SpecCase] = [
    .performs(
      "an unquoted argument keeps its source text",
      "rename old 007; rename old 1.50; rename old 5GB", "rename old 007", "rename old 1.50",
      "rename old 5GB"),
    .shows(
      "it is a string when no type is asked for",
      "fn f(x) { print (type($x)) }\nf 5\nf 5GB\nf (5)\nf true", "string", "string", "int", "string"
    ),
    .shows("it becomes an int when bound to one", "fn f(x: int) { print ($x + 1) }\nf 007", "8"),
    .shows(
      "it becomes a size when bound to one",
      "fn f(x: size) { print ($x + 1GB) }\nf 1GB\nf 1000000000", "2GB", "2GB"),
    .shows(
      "it becomes a duration when bound to one", "fn f(x: duration) { print ($x + 1h) }\nf 1h", "2h"
    ),
    .isRejected(
      "a quoted text is none of them", "sleep '5s'",
      "1:7-11: expected a duration, found a string (such as 30s, 5min or 7d)"),
    .isRejected(
      "what doesn't read as the type is an error", "fn f(x: int) { print $x }\nf five",
      "2:3-7: 'five' is not an int"),
    .isRejected(
      "a list given to a scalar parameter suggests to spread it", "sleep [1s]",
      "1:7-11: a list was given for a duration (spread it: ...$x, or pipe it into the command)"),
    .fails(
      "so it does while running", "fn f(n: int) { print $n }\nfor x in [[1]] { f $x }",
      "usage 2:20: a list was given for an int",
      help: "spread it: ...$x, or pipe it into the command"),
    .shows("'--' ends flags", "print -- --x -y", "--x -y"),
    .shows("a dash alone and a negative number are words", "print - -5", "- -5"),
    .shows("there are no globs", "print *.snap a*b ? ~ ~/x", "*.snap a*b ? ~ ~/x"),
    .shows(
      "nothing is split at blanks", "let x = 'a  b'\nfn f(...r) { print (len($r)) }\nf $x", "1"),
    .shows(
      "braces with a name in them stay in a word", "print a-{date}.{slice}", "a-{date}.{slice}"),
    .shows("'#' begins a comment at the start of a token only", "print a#b # c", "a#b"),
    .shows(
      "words of the language are words", "print if for let in where not and true null",
      "if for let in where not and true null"),
  ]

  @Test(arguments: words)
  func `a word means what it says`(_ spec: SpecCase) async { await spec.check() }

  static let names: [SpecCase] = [
    .shows(
      "a flag's '-' is '_' in its variable",
      "fn f(--min-age: duration = 1d) { print $min_age }\nf --min-age 2d", "2d"),
    .isRejected(
      "a variable's name has no '-'", "let a-b = 5",
      "1:5-8: a variable's name has no '-' (write '_')"),
    .shows("'$a-b' is '$a' and a text in a word", "let a = 5; print $a-b", "5-b"),
    .shows(
      "'$a-3' is a difference in an expression", "let a = 5; $a-3; $a -3; $a - 3", "2", "2", "2"),
    .shows("keywords may name variables", "let if = 5; let for = 6; print $if $for", "5 6"),
    .shows(
      "a variable ends with its block", "let x = 1\nif true { let x = 2; print $x }\nprint $x", "2",
      "1"),
    .isRejected(
      "a variable is unknown after its block", "if true { let x = 2; print $x }\nprint $x",
      "2:7-9: unknown variable '$x' (a variable is made by: let x = …)"),
    .shows(
      "a name that begins with '_' need not be used",
      "let _x = 1; let _ = 2; for _i in 1..2 { print a }", "a", "a"),
    .shows("a function may be called above its declaration", "f\nfn f() { print 1 }", "1"),
    .shows(
      "a function sees the variables declared above it", "let x = 1\nfn f() { print $x }\nf", "1"),
    .isRejected(
      "names that are near are suggested, three at most",
      "let aa = 1; let ab = 1; let ac = 1; let ad = 1; print $a $aa $ab $ac $ad",
      "1:55-57: unknown variable '$a' (did you mean '$aa' or '$ab' or '$ac'?)"),
    .isRejected(
      "commands are suggested too", "restor 1; crate x; sleect",
      "1:1-7: unknown command 'restor' (did you mean 'restore' or 'return'?)",
      "1:11-16: unknown command 'crate' (did you mean 'create'?)",
      "1:20-26: unknown command 'sleect' (did you mean 'select' or 'sleep'?)"),
  ]

  @Test(arguments: names)
  func `a name means what it says`(_ spec: SpecCase) async { await spec.check() }
}
