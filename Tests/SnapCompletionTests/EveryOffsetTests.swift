import SnapCompletion
import Testing

/// The language's samples, one a line or a block.
private let samples = [
  "for s in $(ls --query web) restore $s                                  # the line",
  "ls | where perms == rw and snapshot_size > 20GB | sort-by created | rm # collects, asks once",
  """
  for --jobs 8 s in $(ls --query web | where created > 2026-08-01) {     # bounded parallel
    restore $s --wait
    print "${s.name} done"
  }
  """,
  "for --jobs 4 --keep-going s in $(ls db-01) rename $s \"old-${s.name}\"   # all are tried",
  """
  fn newest(slice: slice, --count: int = 1, --perms: enum(ro|rw) = "rw"): list<snapshot> {
    return $(ls --query $slice.vmname | where perms == $perms | sort-by created --desc | first $count)
  }
  let n = $(newest web-01 --count 3)
  try { restore $n.0 } catch e { if $e.kind == "conflict" { sleep 30s; restore $n.0 } else { throw $e } }
  """,
  """
  for g in $(ls --query auto- | group-by vm_id) {                        # retention by hand
    let doomed = $($g.rows | sort-by created --desc | skip 7 | where created < ago(30d))
    print "${g.vm_id}: $(len($doomed)) to delete"
    $doomed | rm
  }
  """,
  "ls | group-by vmname | each { {slice: $it.vmname, count: len($it.rows)} } | to csv | save report.csv",
  "for i in 1..5 create web-01 \"t${i}\"",
  "rename old 007                                                          # a word keeps its text",
  """
  use "lib/retention.snap" as ret
  fn main(query: string, --jobs: int = 4) { ls --query $query | ret.tidy --jobs $jobs }
  """,
  "ls | where vmname in ['büro', \"a\\u{1F642}b\", c] and not (perms ~ 'r' or created < now() - 3d)",
  "print {a: [1, 2.5, ...$x], 'b c': (1 + 2) * 3} -x --y=z ...$q $a.b?.c[0].1 ${d}e'f'g {date}\\\n next",
  "restore 'open string\nwith lines",
]

struct EveryOffsetTests {
  @Test("the word before the cursor is what is replaced at every offset", arguments: samples)
  func everyOffset(_ sample: String) {
    let completer = Session(Session.sample).completer
    let scalars = Array(sample.unicodeScalars)
    for cursor in 0...scalars.count {
      let result = completer.complete(sample, cursor: cursor)
      #expect(result.replacing.upperBound == cursor)
      #expect(result.replacing.lowerBound >= 0)
      let whole = sample + " ; ls"
      #expect(completer.complete(whole, cursor: cursor).candidates == result.candidates)
    }
  }

  @Test("every part of a sample, taken out of it, can be completed", arguments: samples)
  func everyStart(_ sample: String) {
    let completer = Session(Session.sample).completer
    let scalars = Array(sample.unicodeScalars)
    for start in scalars.indices {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start...])
      let result = completer.complete(String(view), cursor: scalars.count - start)
      #expect(result.replacing.upperBound == scalars.count - start)
    }
  }

  @Test("a cursor outside of the text counts as its nearest end", arguments: [-5, 0, 3, 99])
  func outside(cursor: Int) {
    let result = Session(Session.sample).completer.complete("ls ", cursor: cursor)
    #expect(result.replacing.upperBound == min(3, max(0, cursor)))
  }

  @Test(
    "texts with bytes that end words are completed",
    arguments: ["\0", "ls \0", "ls '\0", "\u{FEFF}", "\r"])
  func odd(text: String) {
    let count = text.unicodeScalars.count
    #expect(Session().completer.complete(text, cursor: count).replacing.upperBound == count)
  }
}
