import OrderedJSON
import Testing

struct CompletionTests {
  /// The text after each candidate was taken.
  private func results(_ marked: String, uri: String = "untitled:1") throws -> [String] {
    let text = try OpenText(marked, uri: uri)
    let items = try #require(try text.ask("completion")["items"]?.arrayValue)
    return try items.map { try text.applying([try #require($0["textEdit"])]) }
  }

  @Test(
    "What can stand at a place is offered, and replaces what was typed",
    arguments: [
      ("print \"😀\"; res‸", "print \"😀\"; restore"), ("fo‸", "for"),
      ("restore 3 --w‸", "restore 3 --wait"), ("ls | to c‸", "ls | to csv"),
      ("ls | where na‸", "ls | where name"), ("ls | sort-by p‸", "ls | sort-by perms"),
      ("let abc = 1; print $a‸", "let abc = 1; print $abc"),
      ("let abc = 1; print \"${a‸\"", "let abc = 1; print \"${abc\""),
      ("print $ar‸", "print $args"), ("print (star‸)", "print (starts-with()"),
      ("ti‸\nfn tidy() { ls }", "tidy\nfn tidy() { ls }"),
      ("let x: dur‸", "let x: duration"),
    ])
  func offered(_ text: String, _ expected: String) throws {
    #expect(try results(text).contains(expected))
  }

  @Test("Nothing is offered in a comment", arguments: ["# re‸", "ls # --q‸"])
  func nothingIsOffered(_ text: String) throws { #expect(try results(text).isEmpty) }

  @Test("A library's functions and files are offered, by their place beside the text")
  func libraries() throws {
    let folder = try TemporaryFolder()
    try folder.write("lib/tidy.snap", "fn newest() { ls }\n")
    let main = folder.uri("main.snap")
    #expect(
      try results("use \"lib/tidy.snap\" as t\nt.ne‸\n", uri: main) == [
        "use \"lib/tidy.snap\" as t\nt.newest\n"
      ])
    #expect(try results("use \"lib/‸\"", uri: main).contains { $0.contains("lib/tidy.snap") })
  }

  @Test("A candidate has a kind, a line about it, and a command its help")
  func candidatesAreExplained() throws {
    let text = try OpenText("restor‸")
    let item = try #require(try text.ask("completion")["items"]?[0])
    #expect(item["label"] == "restore")
    #expect(item["kind"] == 3)
    #expect(item["detail"] == "Replace a slice's data")
    #expect(item["documentation"]?["value"]?.stringValue?.contains("offline") == true)
    let flag = try #require(try OpenText("ls --q‸").ask("completion")["items"]?[0])
    #expect(flag["kind"] == 10)
  }

  @Test(
    "The parameter whose turn it is is shown",
    arguments: [
      ("restore ‸", "[SNAPSHOT]"), ("restore 3 ‸", "[SLICE]"), ("restore 3 we‸", "[SLICE]"),
      ("restore --timeout ‸", "[--timeout DURATION]"), ("fn f(a, b) { ls $a $b }; f 1 ‸", "B"),
      ("print 1 2 ‸", "[VALUE...]"), ("print $(ls ‸", "[SLICE]"),
    ])
  func signature(_ text: String, _ expected: String) throws {
    let help = try OpenText(text).ask("signatureHelp")
    let form = try #require(help["signatures"]?[0])
    let label = try #require(form["label"]?.stringValue)
    let active = try #require(form["activeParameter"]?.intValue)
    let range = try #require(form["parameters"]?[active]?["label"])
    let (start, end) = (try #require(range[0]?.intValue), try #require(range[1]?.intValue))
    #expect(String(decoding: Array(label.utf16)[start..<end], as: UTF16.self) == expected)
  }

  @Test("After the last parameter none is active, and outside of commands nothing is shown")
  func noSignature() throws {
    let form = try OpenText("restore 1 2 ‸").ask("signatureHelp")["signatures"]?[0]
    #expect(form?["activeParameter"]?.intValue == form?["parameters"]?.arrayValue?.count)
    #expect(try OpenText("let x = ‸").ask("signatureHelp") == .null)
  }
}
