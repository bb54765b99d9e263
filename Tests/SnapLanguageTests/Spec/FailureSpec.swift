import SnapLanguage
import Testing

/// A failing command throws; `try` catches; nothing goes on with an empty value.
struct FailureSpec {
  static let cases: [SpecCase] = [
    .fails(
      "a failure ends the script", "print 1\nbroken | count\nprint 2",
      "network 2:1: page 2 did not come", shown: ["1"]),
    .fails(
      "a failure in '$(…)' ends the enclosing statement",
      "let x = $(broken | count)\nprint \"got ${x}\"", "network 1:11: page 2 did not come"),
    .fails(
      "a failure in an argument ends its command", "print a $(broken | count) b",
      "network 1:11: page 2 did not come"),
    .fails(
      "a failure in a text ends its command", "print \"a $(broken | count)\"",
      "network 1:12: page 2 did not come"),
    .fails(
      "a failure in a stage ends the pipeline", "ls | each { throw 'no' } | count",
      "unknown 1:13: no"),
    .fails(
      "a failure in a loop's body ends the loop",
      "for i in 1..3 { print $i; if $i == 2 { throw 'two' } }\nprint after", "unknown 1:40: two",
      shown: ["1", "2"]),
    .fails(
      "a failure in a condition ends the statement",
      "if $(broken | count) > 0 { print 1 } else { print 2 }", "network 1:6: page 2 did not come"),
    .shows(
      "'catch' ends it", "try { print 1; throw 'x'; } catch { print 2 }\nprint 3", "1", "2", "3"),
    .shows("'catch' without a failure is skipped", "try { print 1 } catch { print 2 }", "1"),
    .shows("an empty 'catch' is enough", "try { throw 'x' } catch { }\nprint after", "after"),
    .shows(
      "'finally' runs either way",
      "try { print 1 } finally { print f }\ntry { try { throw 'x' } finally { print f } } catch { print c }",
      "1", "f", "f", "c"),
    .shows(
      "'finally' runs after 'break', 'continue' and 'return'",
      "for i in 1..3 { try { if $i == 1 { continue }; break } finally { print $i } }\nfn f() { try { return 1 } finally { print r } }\nprint $(f)",
      "1", "2", "r", "1"),
    .fails(
      "'finally' runs after a failure and lets it pass", "try { throw 'x' } finally { print f }",
      "unknown 1:7: x", shown: ["f"]),
    .fails(
      "'throw $e' throws the same again", "try { broken | count } catch e { throw $e }",
      "network 1:7: page 2 did not come"),
    .fails(
      "a text is thrown as an unknown failure", "let x = 1; throw \"no ${x}\"", "unknown 1:12: no 1"
    ),
    .fails(
      "a record says kind and message", "throw {kind: 'conflict', message: 'busy'}",
      "conflict 1:1: busy"),
    .shows(
      "an error has kind and message",
      "try { broken | count } catch e { print $e.kind \"${e.message}\" }",
      "network page 2 did not come"),
    .shows(
      "an error has its item and its status",
      "try { throw {kind: 'conflict', message: 'm', item: 5, status: 409} } catch e { print $e.item $e.status }",
      "5 409"),
    .shows(
      "an error has the value that was thrown",
      "try { throw {message: 'm', wait: 30s} } catch e { print $e.value.wait }", "30s"),
    .shows("an error has its place", "try { throw 'x' } catch e { print $e.at }", "test.snap:1:7"),
    .shows(
      "an error has its cause",
      "try { try { throw 'a' } catch { throw 'b' } } catch e { print $e.message $e.cause.message ($e.cause.cause == null) }",
      "b a true"),
    .shows(
      "an error's fields are these", "try { throw 'x' } catch e { print (keys($e)) }",
      "[kind message item status value cause at]"),
    .shows(
      "kinds are these",
      "for k in ['usage', 'notfound', 'conflict', 'denied', 'quota', 'network', 'timeout', 'server', 'cancelled', 'unknown'] { try { throw {kind: $k, message: 'm'} } catch e { if $e.kind != $k { print $k $e.kind } } }\nprint done",
      "done"),
    .shows(
      "errors are never stream elements",
      "try { print $(broken | each { $it.name }) } catch { print caught }", "caught"),
    .shows(
      "what was collected before is gone",
      "var n = 0\ntry { $n = $(broken | count) } catch { }\nprint $n", "0"),
  ]

  @Test(arguments: cases)
  func `a failure goes where it should`(_ spec: SpecCase) async { await spec.check() }

  @Test func `the trace shows the enclosing calls, innermost first`() async {
    let ran = await run("fn a() {\n  b\n}\nfn b() {\n  throw 'x'\n}\na")
    #expect(ran.failure?.line == "unknown 5:3: x")
    #expect(ran.failure?.trace.map { "\($0.line):\($0.column)" } == ["2:3", "7:1"])
  }

  @Test func `a failure of a library has the library's place and the caller in its trace`() async {
    let ran = await run("use 'a' as a\na.f", libraries: ["a": "\nfn f() { throw 'x' }"])
    #expect(ran.failure?.span?.source.name == "a")
    #expect(ran.failure?.span?.line == 2)
    #expect(ran.failure?.trace.map(\.line) == [2])
  }
}
