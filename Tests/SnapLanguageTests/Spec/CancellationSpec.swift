import SnapLanguage
import Testing

struct CancellationSpec {
  @Test func `catch never sees a cancellation, finally does and runs to its end`() async {
    let ran = await run(
      """
      try {
        try { print 1; interrupt; print 2 } catch { print caught } finally { print 3; for i in 4..5 { print $i } }
      } catch { print caught } finally { print 6 }
      print 7
      """)
    #expect(ran.isCancelled)
    #expect(ran.shown == ["1", "3", "4", "5", "6"])
  }

  @Test func `a second interruption ends finally too`() async {
    let ran = await run(
      "try { interrupt; print 1 } finally { print 2; again; print 3 }", commands: [again])
    #expect(ran.isCancelled)
    #expect(ran.shown == ["2"])
  }

  /// The host's own cancellation comes again; what the code sees is the shield's.
  private var again: TestCommand {
    TestCommand(Signature("again", group: .shell, about: "", effect: .local)) { call in
      call.host.cancellation.cancel()
      return .nothing
    }
  }

  @Test func `a failure of finally doesn't turn a cancellation into a failure`() async {
    let ran = await run(
      "try { try { interrupt; print 1 } finally { throw 'x' } } catch { print caught }")
    #expect(ran.isCancelled)
    #expect(ran.shown == [])
    #expect(ran.noted.map(\.message) == ["x"])
  }

  @Test func `a failure of finally tells of the one before it`() async {
    let ran = await run("try { throw 'a' } finally { throw 'b' }")
    #expect(ran.failure?.message == "b")
    #expect(ran.failure?.cause?.message == "a")
  }

  @Test func `endless loops stop`() async {
    let ran = await run("var i = 0\nwhile true { $i += 1; if $i == 1000 { interrupt } }")
    #expect(ran.isCancelled)
  }

  @Test func `errors that are no failures pass catch and parallel loops`() async {
    struct Leave: Error {}
    let leave = TestCommand(Signature("leave", group: .shell, about: "", effect: .local)) { _ in
      throw Leave()
    }
    let ran = await run(
      "try { for --jobs 3 --keep-going _i in 1..9 { leave } } catch { print caught }",
      commands: [leave])
    #expect(ran.errors == ["unexpected: Leave()"])
    #expect(ran.shown == [])
  }
}
