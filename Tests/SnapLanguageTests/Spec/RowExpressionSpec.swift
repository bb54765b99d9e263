import Testing

/// In the condition of `where`, bare words are columns and texts by their side of an operator.
struct RowExpressionSpec {
  static let cases: [SpecCase] = [
    .shows("a bare word left of an operator is a column", "[{a: 1}] | where a == 1 | count", "1"),
    .shows(
      "right of it it is a string, though a column has that name",
      "[{a: 'b', b: 'z'}] | where a == b | get b", "[z]"),
    .shows("so it is in brackets", "[{a: 'b', b: 'z'}] | where (a) == (b) | count", "1"),
    .shows("so it is in a list", "[{a: 'x'}, {a: 'z'}] | where a in [x, y] | get a", "[x]"),
    .shows(
      "so it is after every comparison",
      "[{a: 'b'}] | where a ~ b and a !~ c and a != c and a < c and a not in [c] | count", "1"),
    .shows(
      "as the argument of a function it is a column on either side",
      "[{a: 'B', b: 'b'}] | where a == upper(b) and upper(b) == .a | count", "1"),
    .shows("a word may have '-'", "[{a: 'b-1'}] | where a == b-1 | count", "1"),
    .shows(
      "'.name' on the right is a column", "[{a: 1, b: 1}, {a: 1, b: 2}] | where a == .b | get b",
      "[1]"),
    .shows(
      "it is one in a list, a sum and a function",
      "[{a: 3, b: 1}] | where a in [.b, .b + 2] and a > abs(.b) + .b | count", "1"),
    .shows("it is one on the left too", "[{a: 1}] | where .a == 1 | count", "1"),
    .shows(
      "a text on the left is a text",
      "[{a: 'b'}] | where 'b' == .a | count\n[{a: ['b']}] | where 'b' in .a | count",
      "1", "1"),
    .shows("a path goes into a column", "[{a: {c: [1]}}] | where a.c.0 == 1 | count", "1"),
    .shows(
      "each side of 'and' and 'or' begins anew",
      "[{a: 'b', b: 1}, {a: 'c', b: 2}, {a: 'd', b: 3}] | where a == b and b == 1 or b == 2 | get b",
      "[1 2]"),
    .shows("what 'not' takes begins anew", "[{a: 'b'}] | where not a == c | count", "1"),
    .shows("a column of bools stands alone", "[{a: true}, {a: false}] | where a | count", "1"),
    .shows(
      "a function of a column stands on the left",
      "[{a: 'xy'}] | where len(a) == 2 and upper(a) == XY | count", "1"),
    .shows("a sum of a column stands on the left", "[{a: 3}] | where a - 1 == 2 | count", "1"),
    .shows(
      "variables and quoted texts are what they are elsewhere",
      "let x = 'b'; [{a: 'b'}] | where a == $x and a == \"${x}\" and a == 'b' | count", "1"),
    .shows("'$it' is the row", "[1, 2, 3] | where $it > 1 | count", "2"),
    .shows(
      "keywords are columns on the left",
      "[{in: 1, where: 2}] | where in == 1 and where == 2 | count", "1"),
    .isRejected(
      "a bare word on the right is no column to calculate with", "[{a: 1}] | where a > b + 1",
      "1:22-27: '+' does not fit a string and an int (join texts by filling in: \"${a}${b}\")"),
    .fails(
      "a bare word on the left is no text", "[{a: 'x'}] | where x == a | count",
      "usage 1:20: there is no field 'x'", help: "fields: a"),
    .isRejected(
      "'.name' must be a column too", "ls | where name == .nmae",
      "1:20-25: unknown column 'nmae' (did you mean 'name'?)"),
    .isRejected(
      "so must the argument of a function", "ls | where len(nmae) == 1",
      "1:16-20: unknown column 'nmae' (did you mean 'name'?)"),
    .isRejected(
      "the columns are known after stages that keep them",
      "ls | where id == 1 | first 2 | sort-by id | where nmae == x",
      "1:51-55: unknown column 'nmae' (did you mean 'name'?)"),
    .isRejectedAt("outside 'where' '.name' is none", "print (.a)", "1:8-9"),
    .isRejected(
      "outside 'where' a bare word is none", "[{a: 1}] | each { (a) == 1 }",
      "1:20-21: 'a' is a bare word in an expression (write 'a' in quotes for text, $a for a variable, $(a) for a command)"
    ),
  ]

  @Test(arguments: cases)
  func `a condition on rows is read so`(_ spec: SpecCase) async { await spec.check() }
}
