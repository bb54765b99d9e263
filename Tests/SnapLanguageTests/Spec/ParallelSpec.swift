import SnapLanguage
import Synchronization
import Testing

struct ParallelSpec {
  /// A command that counts who is in it, and lets nobody out before `size` are there.
  private final class Meeting: Sendable {
    private let state = Mutex((inside: 0, most: 0, total: 0))
    let size: Int

    init(size: Int) { self.size = size }

    var most: Int { state.withLock { $0.most } }

    var command: TestCommand {
      TestCommand(Signature("meet", group: .shell, about: "", effect: .local)) { [self] call in
        state.withLock {
          $0.inside += 1
          $0.total += 1
          $0.most = max($0.most, $0.inside)
        }
        while state.withLock({ $0.total < size }), !call.host.cancellation.isCancelled {}
        state.withLock { $0.inside -= 1 }
        return .nothing
      }
    }
  }

  @Test func `as many bodies run at once as jobs say, and no more`() async {
    let meeting = Meeting(size: 3)
    let ran = await run("for --jobs 3 i in 1..20 { meet; print $i }", commands: [meeting.command])
    #expect(ran.shown == (1...20).map(String.init))
    #expect(meeting.most == 3)
  }

  @Test func `bodies have copies of the variables`() async {
    let ran = await run(
      """
      let base = 10
      fn f(n: int) { var sum = $base; for i in 1..$n { $sum += $i }; $sum + 0 }
      for --jobs 8 i in 1..50 { var x = $i; $x += $(f $i); print $x }
      """)
    #expect(ran.errors == [])
    let expected: [Int] = (1...50).map { $0 + 10 + $0 * ($0 + 1) / 2 }
    #expect(ran.shown == expected.map(String.init))
  }

  @Test func `the first failure by order is thrown and no more items start`() async {
    let ran = await run(
      "for --jobs 2 i in 1..1000 { if $i == 5 { throw \"item ${i}\" }; print $i }")
    #expect(ran.failure?.message == "item 5")
    #expect(ran.failure?.item?.intValue == 5)
    #expect(ran.shown.prefix(4) == ["1", "2", "3", "4"])
    #expect(ran.shown.count < 999)
  }

  @Test func `break lets no more items start`() async {
    let ran = await run("for --jobs 2 i in 1..100000 { if $i == 3 { break }; print $i }")
    #expect(ran.failure == nil)
    #expect(ran.shown.prefix(2) == ["1", "2"])
    #expect(ran.shown.count < 99_998)
  }

  @Test func `a cancellation in a body ends the loop and the script`() async {
    let ran = await run(
      "try { for --jobs 4 i in 1..100000 { if $i == 10 { interrupt }; print $i } } catch { print caught }\nprint after"
    )
    #expect(ran.isCancelled)
    #expect(!ran.shown.contains("caught"))
    #expect(!ran.shown.contains("after"))
  }

  @Test func `nested loops share one pool of threads`() async {
    let meeting = Meeting(size: 0)
    let ran = await run(
      """
      for --jobs 100 i in 1..30 {
        for --jobs 100 j in 1..30 { for --jobs 100 k in 1..2 { meet; print ($i * 10000 + $j * 100 + $k) } }
      }
      """, commands: [meeting.command])
    var expected: [String] = []
    for i in 1...30 {
      for j in 1...30 { for k in 1...2 { expected.append("\(i * 10_000 + j * 100 + k)") } }
    }
    #expect(ran.shown == expected)
    #expect(meeting.most <= 256)
  }

  @Test func `a huge range begins at once`() async {
    let ran = await run(
      "for --jobs 2 i in (-9223372036854775807 - 1)..9223372036854775807 { if $i != null { break } }\nprint done"
    )
    #expect(ran.shown == ["done"])
  }

  @Test func `rows that a body shows stay rows`() async {
    #expect(
      await run("for --jobs 2 _i in 1..2 { ls db-01 }").shown == [
        "[auto-1 auto-2]", "[auto-1 auto-2]",
      ])
  }
}
