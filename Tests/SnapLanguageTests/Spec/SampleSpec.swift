import SnapLanguage
import Testing

/// The samples of the language's description do what their comments say.
struct SampleSpec {
  @Test func `a loop without braces restores each snapshot of a list`() async {
    let ran = await run(
      "for s in $(ls --query web) restore $s      # the line this project was asked for")
    #expect(ran.errors == [])
    #expect(ran.performed == ["restore base", "restore nightly", "restore old"])
  }

  @Test func `a filtered and sorted list goes into one deletion`() async {
    let ran = await run(
      "ls | where perms == rw and default(snapshot_size, 0B) > 20GB | sort-by created | rm  # asks once"
    )
    #expect(ran.errors == [])
    #expect(ran.performed == ["rm auto-2 base old"])
  }

  @Test func `a parallel loop shows in the order of its items`() async {
    let ran = await run(
      """
      for --jobs 8 s in $(ls --query web | where created > 2026-08-01) {     # bounded parallel
        restore $s --wait
        print "${s.name} done"
      }
      """)
    #expect(ran.errors == [])
    #expect(ran.shown == ["nightly done", "old done"])
    #expect(ran.performed.sorted() == ["restore nightly", "restore old"])
  }

  @Test func `a loop that keeps going tries all and fails with 3`() async {
    let ran = await run("for --jobs 4 --keep-going s in $(ls db-01) rename $s \"old-${s.name}\"")
    #expect(ran.performed.sorted() == ["rename auto-1 old-auto-1", "rename auto-2 old-auto-2"])
    #expect(ran.failure == nil)
    let failing = await run("for --jobs 4 --keep-going i in 1..3 rename $i \"fail${i}\"")
    #expect(failing.failure?.exitCode == 3)
    #expect(failing.failure?.line == "conflict 1:1: 3 of the loop's items failed")
    #expect(
      failing.noted.map(\.message) == (1...3).map { "'rename \($0) fail\($0)' was refused" })
  }

  @Test func `a typed function gives what return names`() async {
    let ran = await run(
      """
      fn newest(slice: slice, --count: int = 1, --perms: enum(ro|rw) = "rw"): list<snapshot> {
        return $(ls --query $slice.vmname | where perms == $perms | sort-by created --desc | first $count)
      }
      let n = $(newest web-01 --count 3)
      try { restore $n.0 } catch e { if $e.kind == "conflict" { sleep 30s; restore $n.0 } else { throw $e } }
      """)
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    #expect(ran.performed == ["restore base"])
  }

  @Test func `retention by hand deletes what is old in each group`() async {
    let ran = await run(
      """
      for g in $(ls --query auto- | group-by vm_id) {                        # retention by hand
        let doomed = $($g.rows | sort-by created --desc | skip 1 | where created < ago(30d))
        print "${g.vm_id}: $(len($doomed)) to delete"
        $doomed | rm
      }
      """)
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    #expect(ran.shown == ["3: 1 to delete"])
    #expect(ran.performed == ["rm auto-1"])
  }

  @Test func `groups become a report in a file`() async {
    let ran = await run(
      "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} } | to csv | save report.csv"
    )
    #expect(ran.errors == [])
    #expect(
      ran.shown == [
        "report.csv <- csv:[{slice:web-01 count:2} {slice:web-02 count:1} {slice:db-01 count:2}]"
      ])
  }

  @Test func `a range and a filled-in word name new snapshots`() async {
    let ran = await run("for i in 1..5 create web-01 \"t${i}\"")
    #expect(ran.performed == (1...5).map { "create web-01 t\($0)" })
  }

  @Test func `a word keeps its text`() async {
    #expect(await run("rename old 007").performed == ["rename old 007"])
  }

  @Test func `a library's functions are called by its name, and main takes the arguments`() async {
    let text = """
      use "lib/retention.snap" as ret
      fn main(query: string, --jobs: int = 4) { ls --query $query | ret.tidy --jobs $jobs }
      """
    let library = """
      # Says what it would do.
      fn tidy(rows, --jobs: int) { print "$(len($rows)) rows by ${jobs}" }
      """
    let ran = await run(
      text, arguments: ["web", "--jobs", "2"], libraries: ["lib/retention.snap": library])
    #expect(ran.errors == [])
    #expect(ran.failure?.line == nil)
    #expect(ran.shown == ["3 rows by 2"])
  }

  @Test func `args has the words after a script's name`() async {
    #expect(await run("for a in $args print $a", arguments: ["x", "2"]).shown == ["x", "2"])
  }
}
