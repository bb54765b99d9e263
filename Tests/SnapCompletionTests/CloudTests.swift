import SnapCompletion
import Testing

private let cases = [
  Case("restore upg‸", ["upgrade-2", "before-upgrade", "'my upgrade'"]),
  Case("restore UPG‸", ["upgrade-2", "before-upgrade", "'my upgrade'"]),
  Case("restore nigh‸", ["15300", "14901"]), Case("restore 149‸", ["14901", "1490"]),
  Case("restore '149‸", ["14901", "1490"]), Case("restore 'bef‸", ["'before-upgrade'"]),
  Case("restore \"bef‸", ["\"before-upgrade\""]), Case("restore 'my u‸", ["'my upgrade'"]),
  Case("restore before-'up‸", ["before-upgrade"]),
  Case("restore größe‸", ["'zürich größe'"]), Case("rm 77 bef‸", ["before-upgrade"]),
  Case("restore db-‸", ["'my upgrade'", "upgrade-2"]),
  Case("restore 77 web‸", ["web-01", "web-02"]), Case("restore 77 --wait 32‸", ["3250", "3247"]),
  Case("restore 77 db-01 x‸", []), Case("create web‸", ["web-01", "web-02"]),
  Case("ls web‸", ["web-01", "web-02"]),
  Case("ls bü‸", ["büro"]), Case("copy --from bef‸", ["before-upgrade"]),
  Case("copy --from=bef‸", ["before-upgrade"]), Case("copy --onto=we‸", ["web-01", "web-02"]),
  Case("copy --onto ‸", ["web-01", "web-02", "db-01", "büro"]),
  Case("rm ...$x bef‸", ["before-upgrade"]),
  Case("for s in $(ls --query web) restore bef‸", ["before-upgrade"]),
  Case("for s in $(ls we‸", ["web-01", "web-02"]), Case("print $(show bef‸", ["before-upgrade"]),
  Case("print \"is $(show bef‸", ["before-upgrade"]), Case("restore web-$x‸", []),
  Case("restore $x-we‸", []),
  Case("if true { restore bef‸", ["before-upgrade"]),
  Case("ls\n\nrestore bef‸", ["before-upgrade"]),
  Case("restore bef‸ web-02", ["before-upgrade"]),
]

struct CloudTests {
  @Test("slices and snapshots are found by id and by any part of the name", arguments: cases)
  func found(_ test: Case) {
    #expect(Session(Session.sample).texts(test.text) == test.expected)
  }

  @Test func `a loop's variable stands before the snapshots`() {
    let texts = Session(Session.sample).texts("for s in $(ls --query web) restore ‸")
    #expect(texts.prefix(3) == ["$s", "15300", "before-upgrade"])
    #expect(texts.count == 7)
  }

  @Test func `a snapshot is shown with its slice, age, size and state`() throws {
    let candidates = Session(Session.sample).complete("restore ‸").candidates
    #expect(candidates[0].display == "nightly")
    #expect(candidates[0].details == ["15300", "web-01", "1 h", "21 GB", "running"])
    #expect(candidates[1].display == "before-upgrade")
    #expect(candidates[1].details == ["15258", "web-01", "3 d", "21 GB", ""])
    let typed = try #require(Session(Session.sample).complete("restore 1525‸").candidates.first)
    #expect(typed.display == "15258")
    #expect(typed.details.first == "before-upgrade")
  }

  @Test func `a slice is shown with the number of its snapshots`() {
    let candidates = Session(Session.sample).complete("create web‸").candidates
    #expect(candidates.map(\.display) == ["web-01", "web-02"])
    #expect(candidates[0].details == ["3247", "2 snapshots", "1 h", "ams"])
  }

  @Test(
    "a name that would be read differently is inserted so that it isn't",
    arguments: [
      ("it's", "\"it's\""), ("a b", "'a b'"), ("-x", "'-x'"), ("#1", "'#1'"), ("a;b", "'a;b'"),
      ("12345", "9"), ("a\u{1B}[2J", "9"), ("$x", "'$x'"), ("say \"'$\"", "\"say \\\"'\\$\\\"\""),
      ("...", "'...'"), ("a\\b", "'a\\b'"), ("", "9"), ("{date}", "'{date}'"), ("x=1,2", "x=1,2"),
    ])
  func careful(name: String, text: String) {
    let session = Session([SnapshotIndex.Snapshot(id: 9, name: name)])
    #expect(session.texts("restore ‸") == [text])
  }

  @Test func `control characters of a name are not shown as they are`() {
    let session = Session([
      SnapshotIndex.Snapshot(id: 9, name: "a\u{1B}[2J", slice: 1, sliceName: "\u{202E}b")
    ])
    let candidate = session.complete("restore ‸").candidates.first
    #expect(candidate?.display == "a\\u{1b}[2J")
    #expect(candidate?.details.prefix(2) == ["9", "\\u{202e}b"])
  }

  @Test func `the reason is told when no slice or snapshot is known`() {
    let session = Session()
    #expect(session.complete("restore x‸").note == "the list has not been fetched yet")
    session.index.noteLoading()
    #expect(session.complete("restore x‸").note == "the list is being fetched")
    #expect(session.complete("create ‸").note == "the list is being fetched")
    session.index.noteFailure("the API can't be reached: connection refused")
    #expect(session.complete("restore x‸").note == "the API can't be reached: connection refused")
    session.index.replace([], at: Session.now)
    #expect(session.complete("restore x‸").note == "no snapshot matches 'x'")
    #expect(session.complete("create ‸").note == "there are no slices")
    #expect(session.complete("ls | to ‸").note == nil)
  }

  @Test func `what was known stays known, with its age, while the list can't be fetched anew`() {
    let session = Session()
    session.index.replace(Session.sample, at: Session.now - 3 * Session.hour)
    session.index.noteLoading()
    #expect(session.texts("restore bef‸") == ["before-upgrade"])
    #expect(
      session.complete("restore bef‸").note == "as of 3 h ago; the list is being fetched")
    session.index.noteFailure("the API can't be reached: timed out")
    #expect(session.texts("restore bef‸") == ["before-upgrade"])
    #expect(
      session.complete("restore bef‸").note
        == "as of 3 h ago; the API can't be reached: timed out")
    #expect(
      session.complete("restore xyz‸").note
        == "no snapshot matches 'xyz' as of 3 h ago; the API can't be reached: timed out")
  }

  @Test func `a fresh list is offered without a remark`() {
    let session = Session(Session.sample)
    session.index.noteLoading()
    #expect(session.complete("restore bef‸").note == nil)
  }
}
