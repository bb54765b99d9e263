import SnapLanguage
import Testing

/// What the machine must not mix up: places that are used again, calls within calls, and what is left
/// when something fails in the middle.
struct MachineTests {
  static let cases: [SpecCase] = [
    .shows(
      "an operand is what it was when its turn came",
      "var x = 1; fn f(): int { $x += 10; return $x }; print ($x + $(f)) ($x * 2 + $(f)) $x",
      "12 43 21"),
    .shows(
      "a variable is read before it is set", "var x = 2; $x = $x * $x + $x; $x = [$x, $x]; $x",
      "[6 6]"),
    .shows(
      "a condition that a variable is set to sees the old value",
      "var a = true; let b = false; $a = $b or $a; $a", "true"),
    .shows(
      "lists that were one grow apart",
      "var a = [1]; let b = $a; $a += 2; $a += [3]; print (len($a)) (len($b))",
      "3 1"),
    .shows("a list is added to itself", "var a = [1, 2]; $a += $a; $a", "[1 2 1 2]"),
    .shows(
      "texts that were one grow apart", "var a = 'x'; let b = $a; $a += 'y'; print $a $b", "xy x"),
    .shows(
      "a call within an argument of a call",
      "fn add(a: int, b: int): int { return $a + $b }\nprint $(add $(add 1 2) $(add $(add 3 4) 5))",
      "15"),
    .shows(
      "a function that calls itself twice keeps its variables",
      """
      fn hanoi(n: int, from: string, to: string, by: string): list<string> {
        if $n == 0 { return [] }
        let before = $(hanoi ($n - 1) $from $by $to)
        let after = $(hanoi ($n - 1) $by $to $from)
        return [...$before, "${from}${to}", ...$after]
      }
      print (join($(hanoi 3 a c b), " "))
      """, "ac ab cb ac ba bc ac"),
    .shows(
      "a call that fails leaves the frames of the others as they were",
      """
      fn deep(n: int): int {
        if $n == 0 { throw 'bottom' }
        let mine = $n
        let below = $(deep ($n - 1))
        return $mine + $below
      }
      fn safe(n: int): int {
        let mine = $n
        try { return $(deep $n) } catch { return $mine }
      }
      print $(safe 3) $(safe 5) ($(safe 2) + $(safe 4))
      """, "3 5 6"),
    .shows(
      "a block calls functions while a call from the same place is open",
      """
      fn twice(n: int): int { return $n * 2 }
      fn all(rows: list<int>): list<int> { return $($rows | each { $(twice $it) }) }
      print (join($([1, 2, 3] | each { $(twice $it) + $(twice 1) } | all), " "))
      """, "8 12 16"),
    .shows(
      "blocks in blocks have rows of their own",
      "print (join($([1, 2] | each { let a = $it; join($([10, 20] | each { $it + $a }), '+') }), ' '))",
      "11+21 12+22"),
    .shows(
      "rows that a function gives are read with its variables",
      "fn above(n: int) { let least = $n; [1, 2, 3, 4] | each { if $it >= $least { $it } else { 0 } } }\nabove 3 | each { $it * 10 }",
      "[0 0 30 40]"),
    .shows(
      "'break' and 'continue' leave the loop from within 'try'",
      """
      for i in 1..9 {
        try { if $i == 2 { continue }; if $i == 5 { break } } finally { print "after ${i}" }
        print $i
      }
      """, "after 1", "1", "after 2", "after 3", "3", "after 4", "4", "after 5"),
    .shows(
      "a loop's condition is looked at anew each time",
      "var n = 0; var most = 3; while $n < $most { $n += 1; if $n == 2 { $most = 5 } }; $n", "5"),
    .shows(
      "a range ends at the greatest int",
      "var n = 0; for i in 9223372036854775806..9223372036854775807 { $n += 1 }; $n", "2"),
    .shows("a range that goes down is empty", "for i in 2..1 { print $i }; print done", "done"),
    .shows(
      "the list of a loop is what it was at its beginning",
      "var l = [1, 2]; for x in $l { $l += $x }; $l", "[1 2 1 2]"),
    .shows(
      "a function gives what its last 'if' or 'try' gives",
      "fn f(n: int) { if $n > 1 { 'many' } else { try { throw 'x' } catch { 'caught' } } }\nprint $(f 2) $(f 1)",
      "many caught"),
    .shows(
      "a function that gives nothing gives nothing that was left",
      "fn f(): any { try { [1, 2] } finally { return 7 } }\nfn g() { let _x = 1 }\nlet a = $(f); let b = $(g); print $a ($b == null)",
      "7 true"),
    .shows(
      "rows that fail inside 'try' are not read on",
      "fn f(): any { var n = 0; try { ls | where 1 // ($it.id - $it.id) > 0 } catch { $n += 1 } }\nlet r = $(f); print ($r == null)",
      "true"),
    .shows(
      "'finally' in a block keeps what the block gives",
      "[1, 2] | each { try { $it } finally { let _q = $([1] | each { 'x' }) } }", "[1 2]"),
    .fails(
      "a failure deep in calls has the place where it happened",
      "fn a(n: int): int { return $n // ($n - 3) }\nfn b(n: int): int { return $(a $n) + 1 }\nb 3",
      "usage 1:28: division by zero"),
  ]

  @Test(arguments: cases)
  func `values stay where they belong`(_ spec: SpecCase) async { await spec.check() }

  @Test func `the calls that were open are told, innermost first`() async {
    let text = """
      fn a(n: int): int { return $n // 0 * 1 }
      fn b(n: int): int { return $(a $n) }
      let x = $(b 1)
      print $x
      """
    let ran = await TestSession(isPrompt: false).run(text.replacing("// 0", with: "// ($n - 1)"))
    #expect(ran.failure?.line == "usage 1:28: division by zero")
    #expect(ran.failure?.trace.map(\.line) == [2, 3])
  }

  @Test func `lines of a prompt keep what they declare and nothing else`() async {
    let session = TestSession()
    _ = await session.run("var total = 0; for i in 1..3 { let twice = $i * 2; $total += $twice }")
    _ = await session.run("fn add(n: int): int { return $total + $n }")
    #expect(await session.run("print $total $(add 5)").shown == ["12 17"])
    #expect(await session.run("let broken = 1 // ($total - 12)").failure != nil)
    #expect(await session.run("$total += 1; print $total $(add 1)").shown == ["13 14"])
  }
}
