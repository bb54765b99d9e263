import Testing

/// `==` and `!=` take null; nothing else takes it for a value in silence.
struct NullSpec {
  static let cases: [SpecCase] = [
    .shows(
      "'==' and '!=' take null",
      "for x in [null] { print ($x == null) ($x != null) ($x == 1) ($x != 'a') }",
      "true false false true"),
    .shows(
      "'in' takes null", "print (null in [null]) (null in [1]) (null not in [1])", "true false true"
    ),
    .shows("null matches nothing", "for x in [null] { print ($x ~ '') ($x !~ 'a') }", "false true"),
    .isRejected(
      "ordering with a written null is found before the run", "print (2 > null)",
      "1:7-17: '>' can't order null (compare by '==' or '!=')"),
    .fails(
      "ordering with null is an error", "for x in [null] { print ($x > 2) }",
      "usage 1:25: '>' can't order null and an int",
      help: "null has no order: give it a value with default(…, 0)"),
    .fails(
      "'not' doesn't turn the unknown into a yes", "for x in [null] { print (not ($x > 2)) }",
      "usage 1:30: '>' can't order null and an int",
      help: "null has no order: give it a value with default(…, 0)"),
    .shows(
      "'default' says what null counts as",
      "ls | where not (default(snapshot_size, 0B) > 20GB) | get name", "[nightly auto-1]"),
    .fails(
      "arithmetic with null is an error", "for x in [null] { print ($x + 1) }",
      "usage 1:25: '+' does not fit null and an int", help: "give a value for null: default(…, 0)"),
    .fails(
      "null has no sign", "for x in [null] { print (-$x) }",
      "usage 1:25: '-' needs a number, a size or a duration, not null"),
    .fails(
      "null is no condition", "for x in [null] { if $x { print 1 } }",
      "usage 1:22: 'if' needs a bool, not null", help: "compare it, such as: … == …"),
    .fails(
      "'not' wants a bool", "for x in [null] { print (not $x) }",
      "usage 1:30: 'not' needs a bool, not null", help: "compare it, such as: … == …"),
    .shows("null is no text", "for x in [null] { print \"<${x}>\" }", "<>"),
    .isRejected(
      "a type without '?' takes no null", "let x: int = null; print $x",
      "1:14-18: expected an int, found null"),
    .shows("a type with '?' takes null", "let x: int? = null; print ($x == null)", "true"),
    .isRejected(
      "a type with '?' takes no other kind", "let x: int? = 'a'; print $x",
      "1:15-18: expected an int, found a string"),
    .shows(
      "an optional parameter that isn't given is null", "fn f(--n: int) { print ($n == null) }\nf",
      "true"),
    .fails(
      "null has no fields", "for x in [{a: null}] { print $x.a.b }",
      "usage 1:34: null has no field 'b'", help: "allow null: .b?"),
    .shows("'?' allows null", "for x in [{a: null}] { print ($x.a.b? == null) }", "true"),
    .fails(
      "'?' is for its own element alone", "for x in [{a: 1}] { print $x.y.z? }",
      "usage 1:29: there is no field 'y'", help: "fields: a"),
    .shows("the type of null is null", "print (type(null))", "null"),
  ]

  @Test(arguments: cases)
  func `null means what it says`(_ spec: SpecCase) async { await spec.check() }
}
