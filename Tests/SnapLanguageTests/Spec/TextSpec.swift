import Testing

/// Texts, and what the arguments of a command are read as.
struct TextSpec {
  static let texts: [SpecCase] = [
    .shows(
      "each escape stands for its character",
      #"""
      print ("\n" == "\u{a}") ("\t" == "\u{9}") ("\r" == "\u{d}") ("\e" == "\u{1b}")
      print ("\0" == "\u{0}") ("\"" == '"') ("\\" == '\') ("\$" == '$') ("\u{41}\u{1F600}" == 'A😀')
      """#, "true true true true", "true true true true true"),
    .shows(
      "no character is special in a raw text", #"print 'a\' 'x"y' '$(1)\n' "#, #"a\ x"y $(1)\n"#),
    .shows(
      "both may go over several lines",
      #"""
      print ('a
      b' == "a\nb") ("a
      b" == 'a
      b') (len("a

      b"))
      """#, "true true 4"),
    .isRejected(
      #"'\u{…}' has the number of a character"#, #"print "\u{110000}" "\u41""#,
      #"1:8-18: a character is written \u{…} with its hexadecimal number"#,
      #"1:21-23: a character is written \u{…} with its hexadecimal number"#),
    .shows(
      "a substitution stands in a text",
      #"let l = ['a', 'b']; print "<$($l | count)>" "$(1 + 2)$(3)""#, "<2> 33"),
  ]

  @Test(arguments: texts)
  func `a text is written so`(_ spec: SpecCase) async { await spec.check() }

  static let arguments: [SpecCase] = [
    .shows(
      "a quoted text is no flag, and a value is none",
      "let x = '--y'; print '--wait' \"--x\" $x ...['--z'] ('--w')", "--wait --x --y --z --w"),
    .shows(
      "a list is one argument until it is spread",
      """
      fn f(...r) { len($r) }
      let l = ['a b', 'c']; f $l; f ...$l; f $(['a', 'b']); f "$(1) x"
      """, "1", "2", "1", "1"),
    .shows(
      "a value stays what it is, and is text among other parts",
      """
      fn f(x) { type($x) }
      let n = 5; f $n; f ${n}; f $(5); f x$n; f "${n}"
      """, "int", "int", "int", "string", "string"),
    .performs(
      "a flag has one letter too, before or behind what it stands with", "rm 1 -w; rm -w 2", "rm 1",
      "rm 2"),
    .isRejected(
      "a switch takes no value by its letter", "rm 1 -w=true", "1:9-13: '--wait' takes no value"),
    .isRejectedAt("one letter is one flag", "rm 1 -wf", "1:6-9"),
    .shows(
      "a flag's value is a word of parts, a text, a substitution or an expression in brackets",
      """
      fn f(--n: int = 0, --s: string = '') { print $n "<${s}>" }
      let b = 5
      f --n=(1 + 1) --s=a${b}c
      f --s="x y" --n=$b
      f --s=$(upper('a')) --n (3)
      """, "2 <a5c>", "5 <x y>", "3 <A>"),
    .shows(
      "a flag's value is a list",
      """
      fn f(--l: list<int>) { len($l) }
      f --l=[1, 2]; f --l [1, 2, 3]
      """, "2", "3"),
    .isRejectedAt(
      "a record behind '=' is no value of a flag", "fn f(--x: record) { print $x }\nf --x={a: 1}",
      "2:7-8"),
    .isRejectedAt("'$(…)' holds one pipeline", "let x = $(1; 2); print $x", "1:12-13"),
    .isRejectedAt("'$(…)' holds something", "print $()\nprint \"$()\"", "1:7-9", "2:8-10"),
    .shows(
      "a comment begins where a word could begin",
      """
      print a;# one
      print (# two
      1)
      if true {# three
      print 'b'# four
      }
      """, "a", "1", "b# four"),
  ]

  @Test(arguments: arguments)
  func `an argument is written so`(_ spec: SpecCase) async { await spec.check() }
}
