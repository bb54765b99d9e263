import Testing

/// What is thrown, and what 'catch' sees of it.
struct ThrownSpec {
  static let cases: [SpecCase] = [
    .shows(
      "'plugin' is a kind",
      "try { throw {kind: 'plugin', message: 'm'} } catch e { print $e.kind }", "plugin"),
    .shows(
      "there are no other kinds",
      "try { throw {kind: 'odd', message: 'm'} } catch e { print $e.kind }", "unknown"),
    .shows(
      "what a thrown text doesn't say is null",
      """
      try { throw 'x' } catch e {
        for name in ['item', 'status', 'value', 'cause'] { print ($e[$name] == null) }
      }
      """, "true", "true", "true", "true"),
    .shows(
      "an item may be a row",
      "try { throw {message: 'm', item: {id: 5}} } catch e { print $e.item.id }", "5"),
    .shows(
      "'throw $e' keeps kind, place, value and cause",
      """
      try {
        try { throw {kind: 'quota', message: 'm', n: 1} } catch e { throw $e }
      } catch f { print $f.kind $f.value.n $f.at ($f.cause == null) }
      """, "quota 1 test.snap:2:9 true"),
    .shows(
      "what was caught before is no cause",
      """
      try { throw 'a' } catch { }
      try { throw 'b' } catch e { print ($e.cause == null) }
      """, "true"),
    .shows(
      "the cause is there while it is handled",
      """
      try { throw 'a' } catch e {
        try { throw 'b' } catch f { print $f.cause.message }
        try { throw $e } catch g { print ($g.cause == null) }
      }
      """, "a", "true"),
    .shows(
      "a cause goes as deep as the handling did",
      """
      try {
        try { try { throw 'a' } catch { throw 'b' } } catch { throw 'c' }
      } catch e { print $e.message $e.cause.message $e.cause.cause.message }
      """, "c b a"),
    .shows(
      "a failure that a function's caller catches is the function's",
      """
      fn f() { throw {kind: 'denied', message: 'no'} }
      try { f; print never } catch e { print $e.kind $e.at }
      """, "denied test.snap:1:10"),
    .shows(
      "the built-in operators fail as usage",
      "for x in [0] { try { print (1 // $x) } catch e { print $e.kind } }", "usage"),
    .shows(
      "a failure of 'catch' runs 'finally' and goes on",
      """
      try {
        try { throw 'a' } catch { throw 'b' } finally { print f }
      } catch e { print $e.message }
      """, "f", "b"),
    .shows(
      "a failure in a loop's body is caught for its item alone",
      """
      for i in 1..3 {
        try { if $i == 2 { throw 'two' }; print $i } catch e { print $e.message }
      }
      """, "1", "two", "3"),
    .shows(
      "'--keep-going' fails with the kind of what failed, after all were tried",
      """
      try {
        for --keep-going i in 1..3 {
          if $i == 1 { throw {kind: 'quota', message: 'one'} }
          print $i
        }
      } catch e { print $e.kind $e.message }
      """, "2", "3", "quota 1 of the loop's items failed"),
  ]

  @Test(arguments: cases)
  func `a failure says what it is`(_ spec: SpecCase) async { await spec.check() }
}
