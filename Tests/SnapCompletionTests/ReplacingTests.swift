import Glibc
import SnapCompletion
import Testing

struct ReplacingTests {
  @Test(
    "a candidate takes the place of the word that was being typed",
    arguments: [
      ("restore bef‸", "before-upgrade", "restore before-upgrade"),
      ("restore 'my‸", "'my upgrade'", "restore 'my upgrade'"),
      ("restore upg‸ web-02", "upgrade-2", "restore upgrade-2 web-02"),
      ("copy --from=bef‸", "before-upgrade", "copy --from=before-upgrade"),
      ("copy --from='bef‸", "'before-upgrade'", "copy --from='before-upgrade'"),
      ("print 'größe 🙂' $(show zür‸)", "'zürich größe'", "print 'größe 🙂' $(show 'zürich größe')"),
      ("print \"e\u{301} ${s‸", "${s2", "print \"e\u{301} ${s2"),
      ("for x in $(ls) print $x.vm‸", "vmname", "for x in $(ls) print $x.vmname"),
      ("ls | where perms==‸", "rw", "ls | where perms==rw"),
      ("ls | where vmname == 'büro‸", "'büro'", "ls | where vmname == 'büro'"),
      ("ls | sor‸ id", "sort-by", "ls | sort-by id"),
      ("restore --gu‸", "--guard", "restore --guard"),
      ("let x = le‸", "len(", "let x = len("), ("‸", "ls", "ls"),
      ("ls\r\n | g‸", "get", "ls\r\n | get"),
    ])
  func replaced(text: String, candidate: String, result: String) {
    var session = Session(Session.sample)
    session.variables = ["s2"]
    #expect(session.taking(candidate, at: text) == result)
  }

  @Test func `files are offered for a path, folders open to be typed on`() throws {
    var template = Array("/tmp/completion-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    defer { #expect(system("rm -r '\(folder)'") == 0) }
    try #require(!folder.isEmpty)
    let files = "touch report.csv 'my report.csv' .hidden results/a.snap"
    let made = system("cd \(folder) && mkdir results 'old ones' && \(files)")
    try #require(made == 0)
    let session = Session()
    #expect(
      session.texts("open \(folder)/‸") == [
        "'\(folder)/my report.csv'", "'\(folder)/old ones/", "\(folder)/report.csv",
        "\(folder)/results/",
      ])
    #expect(session.texts("open \(folder)/re‸") == ["\(folder)/report.csv", "\(folder)/results/"])
    #expect(session.texts("open '\(folder)/old‸") == ["'\(folder)/old ones/"])
    #expect(session.texts("open \(folder)/.‸") == ["\(folder)/.hidden"])
    #expect(session.texts("use \"\(folder)/results/‸") == ["\"\(folder)/results/a.snap\""])
    #expect(session.texts("use \(folder)/results/‸") == [])
    #expect(session.texts("open /nowhere/‸") == [])
    #expect(session.texts("ls | save -f \(folder)/rep‸") == ["\(folder)/report.csv"])
    #expect(session.texts("!cat \(folder)/rep‸") == ["\(folder)/report.csv"])
    let candidates = session.complete("open \(folder)/re‸").candidates
    #expect(candidates.map(\.appendsSpace) == [true, false])
    #expect(candidates.map(\.display) == ["report.csv", "results/"])
  }
}
