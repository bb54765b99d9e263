import SnapLanguage
import Synchronization
import Testing

struct ParallelFailureSpec {
  @Test func `items that run when another fails are finished, and no more begin`() async {
    let met = Atomic(0)
    let meet = TestCommand(Signature("meet", group: .shell, about: "", effect: .local)) { call in
      met.add(1, ordering: .relaxed)
      while met.load(ordering: .relaxed) < 2, !call.host.cancellation.isCancelled {}
      return .nothing
    }
    let ran = await run(
      """
      for --jobs 2 i in 1..1000 {
        meet
        if $i == 1 { throw 'first' }
        for _n in 1..20000 { let _x = $i }
        rename $i b
      }
      """, commands: [meet])
    #expect(ran.errors == [])
    #expect(ran.failure?.message == "first")
    #expect(ran.performed.first == "rename 2 b")
    #expect(ran.performed.count < 999)
  }
}
