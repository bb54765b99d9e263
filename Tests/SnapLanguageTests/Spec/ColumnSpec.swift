import Testing

/// Words of 'where' that look like something else.
struct ColumnSpec {
  static let cases: [SpecCase] = [
    .shows(
      "a text on the right may begin with a digit",
      "[{a: '7th'}, {a: '01-web'}] | where a == 7th or a == 01-web | count", "2"),
    .shows(
      "a number, a size, a duration and a date on the right are none",
      """
      [{a: 7, b: 2GB, c: 1h, d: 2026-08-01}]
        | where a == 7 and b == 2GB and c == 60min and d == 2026-08-01
        | count
      """, "1"),
    .shows(
      "a text on the right may have points and slashes",
      "[{a: 'b.c', b: 'x/y'}] | where a == b.c and b == x/y | count", "1"),
    .shows(
      "'true', 'false' and 'null' on the right are values",
      "[{a: true, b: null}] | where a == true and b == null | count", "1"),
    .shows("'true-ish' is a text", "[{a: 'true-ish'}] | where a == true-ish | count", "1"),
    .shows(
      "brackets give a condition its own order",
      """
      [{a: 1, b: 1}, {a: 2, b: 2}, {a: 1, b: 3}]
        | where a == 1 and (b == 1 or b == 2) and not (b == 3)
        | count
      """, "1"),
    .shows(
      "'$it' in an inner 'where' is the inner row",
      "[1, 2] | where len($([5, 6, 7] | where $it > 5)) == $it | count", "1"),
  ]

  @Test(arguments: cases)
  func `a column is compared so`(_ spec: SpecCase) async { await spec.check() }
}
