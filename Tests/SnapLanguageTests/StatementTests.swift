import SnapLanguage
import Testing

struct StatementTests {
  /// A script and what it shows.
  static let scripts: [(String, [String])] = [
    ("let x = 1; print $x", ["1"]),
    ("var x = 1\n$x = 2\n$x += 3\n$x -= 1\nprint $x", ["4"]),
    ("var l = [1]\n$l += 2\n$l += [3, 4]\nprint $l", ["[1 2 3 4]"]),
    ("let x: int? = null\nprint ($x == null)", ["true"]),
    ("for i in 1..6 { if $i == 2 { continue }; if $i > 3 { break }; print $i }", ["1", "3"]),
    ("for i in 3..1 print $i", []),
    ("let n = 2\nfor i in $n..($n + 1) print $i", ["2", "3"]),
    ("for x in [1, 'a'] print $x", ["1", "a"]),
    ("var i = 0\nwhile $i < 2 { print $i; $i += 1 }", ["0", "1"]),
    ("let x = 2\nif $x == 1 { print a } else if $x == 2 { print b } else { print c }", ["b"]),
    ("let x = 1\nif true { let x = 2; print $x }\nprint $x", ["2", "1"]),
    (
      "fn f(a, --b: int = 2, --c) { print $a $b $c }\nf 1\nf 1 --b 3 --c",
      ["1 2 false", "1 3 true"]
    ),
    ("fn f(a = 5, ...rest: int) { print $a $rest }\nf\nf 1 2 3", ["5 []", "1 [2 3]"]),
    (
      "fn f(--min-age: duration) { print $min_age }\nf --min-age 30d\nf --min-age=1h",
      ["30d", "1h"]
    ),
    (
      "fn f(n: int): int { if $n < 2 { return $n }\n$((1 + 1) * $n) }\nprint $(f 1) $(f 5)",
      ["1 10"]
    ),
    (
      "fn even(n: int) { if $n == 0 { return true }\nodd ($n - 1) }\nfn odd(n: int) { if $n == 0 { return false }\neven ($n - 1) }\nprint $(even 10)",
      ["true"]
    ),
    ("fn f(rows) { len($rows) }\nls | f", ["5"]),
    (
      "fn f() { try { return 1 } finally { print $([1] | each { 'in' }) } }\nprint $(f)",
      ["[in]", "1"]
    ),
    ("fn f() { for --keep-going i in 1..3 { if $i == 2 { return $i } } }\nprint $(f)", ["2"]),
    ("try { throw 'no' } catch e { print $e.kind $e.message }", ["unknown no"]),
    (
      "try { throw {kind: 'quota', message: 'm', item: 5} } catch e { print $e.kind $e.item }",
      ["quota 5"]
    ),
    (
      "try { rename 1 fail } catch e { print $e.kind $e.status $e.at }",
      ["conflict 409 test.snap:1:7"]
    ),
    (
      "try { try { throw 'a' } catch { throw 'b' } } catch e { print $e.message $e.cause.message }",
      ["b a"]
    ),
    (
      "try { try { throw 'a' } catch e { throw $e } } catch e { print $e.message $e.cause $e.at }",
      ["a null test.snap:1:13"]
    ),
    ("try { print 1 } finally { print 2 }", ["1", "2"]),
    ("for i in 1..2 { try { break } finally { print $i } }", ["1"]),
    ("[1, 2] | each { $it * 10 }", ["[10 20]"]),
    ("[[1, 2], [3]] | each { $it | each { $it + 1 } }", ["[[2 3] [4]]"]),
    ("ls | where id in [11, 13] and vmname ~ '^web' | get name", ["[base old]"]),
    ("ls | where name == base or name == auto-1 | get id", ["[11 14]"]),
    ("ls | where .vm_id == .id | count", ["0"]),
    (
      "ls | where snapshot_size != null and default(snapshot_size, 0B) >= 30GB | get name",
      ["[old auto-2]"]
    ),
    ("ls | where duration == 2min | get name", ["[nightly]"]),
    ("ls | where not (perms == rw) | get name", ["[nightly]"]),
    ("ls | where $it.id == 12 | get name", ["[nightly]"]),
    ("ls\n  | first\n  # between\n  | get id", ["[11]"]),
    ("print a \\\n  b", ["a b"]), ("print a\\\n b", ["a b"]),
    ("print a#b # comment", ["a#b"]), ("#!/usr/bin/env snapsh\nprint 1", ["1"]),
    (
      "print 2026-08-01 1..5 -5 a=b x/y http://h:1/?q", ["2026-08-01 1..5 -5 a=b x/y http://h:1/?q"]
    ),
    (
      "let s = {name: 'n', l: [7]}\nprint $s.name-x \"${s.name}.x\" $s.l.0 $s.l[0]", ["n-x n.x 7 7"]
    ),
    ("print x$(1 + 1)y", ["x2y"]), ("print if for let", ["if for let"]), ("print -- --x", ["--x"]),
    ("print {a: 1} {}", ["{a:1} {}"]), ("print ...[1, 2] 3", ["1 2 3"]),
    ("print a{date}b", ["a{date}b"]),
    ("!echo --x 'a b' $(1 + 1)", ["ran echo|--x|a b|2"]),
    ("1 + 1", ["2"]), ("'a'", ["a"]), ("len('abc')", ["3"]), ("{a: 1}", ["{a:1}"]), ("-5", ["-5"]),
    ("sleep 30s", ["slept 30s"]),
    ("var x: size = 1GB\n$x += 1GB\nprint $x", ["2GB"]),
    ("var x = 0; for i in 1..1000 { $x += $i }; print $x", ["500500"]),
  ]

  @Test(arguments: scripts)
  func `a script shows what it says`(_ text: String, _ shown: [String]) async {
    let ran = await run(text)
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    #expect(ran.shown == shown)
  }

  @Test func `nothing is sent when the input of a change breaks off`() async {
    let ran = await run("broken | rm")
    #expect(ran.failure?.line == "network 1:1: page 2 did not come")
    #expect(ran.performed == [])
  }

  @Test func `an empty input changes nothing`() async {
    #expect(await run("ls | where id == 0 | rm").performed == [])
  }

  @Test func `a failure in a substitution ends its statement and is no value`() async {
    let ran = await run("print before\nlet x = $(broken)\nprint \"got ${x}\"")
    #expect(ran.shown == ["before"])
    #expect(ran.failure?.kind == .network)
  }

  @Test func `the trace has the enclosing calls, innermost first`() async {
    let ran = await run("fn a() { b 1 }\nfn b(x: int) { broken | where id == $x }\na")
    #expect(ran.failure?.trace.map(\.line) == [1, 3])
  }

  @Test func `endless recursion is a failure`() async {
    let ran = await run("fn f(n: int) { f ($n + 1) }\nf 0")
    #expect(ran.failure?.message == "functions call each other more than 2000 deep")
  }

  @Test func `a script's options are checked against main`() async {
    let text = "fn main(query: string, --jobs: int = 4, --dry) { print $query $jobs $dry }"
    #expect(await run(text, arguments: ["a", "--jobs=2", "--dry"]).shown == ["a 2 true"])
    #expect(await run(text, arguments: ["--", "--x"]).shown == ["--x 4 false"])
    #expect(await run(text, arguments: []).failure?.message == "the script needs QUERY")
    #expect(await run(text, arguments: ["a", "b"]).failure?.message == "unexpected argument 'b'")
    #expect(
      await run(text, arguments: ["a", "--jbos", "1"]).failure?.help == "did you mean '--jobs'?")
    #expect(await run(text, arguments: ["a", "--jobs", "x"]).failure?.exitCode == 2)
    #expect(
      await run(text, arguments: ["a", "--dry=no"]).failure?.message == "'--dry' takes no value")
  }
}
