import OrderedJSON
import Testing

struct NavigationTests {
  @Test(
    "A name leads to its declaration",
    arguments: [
      ("let «abc» = 1; print $a‸bc", "«"), ("let «abc» = 1; print \"😀 ${a‸bc}\"", "«"),
      ("var «n» = 1; $‸n += 1", "«"), ("for «s» in [1] { print ‸$s }", "«"),
      ("fn «f»(x: int) { print $x }; ‸f 1", "«"), ("fn f(«x»: int) { print $‸x }; f 1", "«"),
      ("fn f(--«min-age»: int = 1) { print $min‸_age }; f", "«"),
      ("try { ls } catch «e» { print ${‸e.kind} }", "«"),
      ("let a = 1; if true { let «a» = 2; print $‸a }; print $a", "«"),
      ("fn «f»() { f‸ }", "«"),
    ])
  func definition(_ marked: String, _ quote: String) throws {
    let expected = try #require(marked.split(separator: "«")[1].split(separator: "»").first)
    let text = try OpenText(marked.filter { !"«»".contains($0) })
    let location = try text.ask("definition")
    #expect(location["uri"] == "untitled:1")
    #expect(try text.text(location["range"]) == expected)
    let before = marked.prefix { $0 != "«" }.filter { $0 != "‸" }.utf16.count
    #expect(location["range"]?["start"]?["character"]?.intValue == before)
  }

  @Test("Commands, functions of expressions and '$it' lead nowhere but to what declares them")
  func noDefinition() throws {
    #expect(try OpenText("l‸s").ask("definition") == .null)
    #expect(try OpenText("le‸n([1])").ask("definition") == .null)
    #expect(try OpenText("ls | where $i‸t != 1").ask("definition") == .null)
    #expect(try OpenText("print $ar‸gs").ask("definition") == .null)
  }

  @Test("A library's function and its path lead to its file")
  func definitionInLibrary() throws {
    let folder = try TemporaryFolder()
    try folder.write("lib.snap", "# 😀\nfn tidy() { ls }\n")
    let main = folder.uri("main.snap")
    let call = try OpenText("use \"lib.snap\" as ret\nret.t‸idy\n", uri: main)
    let function = try call.ask("definition")
    #expect(function["uri"]?.stringValue == folder.uri("lib.snap"))
    #expect(function["range"]?["start"] == ["line": 1, "character": 3])
    let path = try OpenText("use \"li‸b.snap\" as ret\nret.tidy\n", uri: main)
    let file = try path.ask("definition")
    #expect(file["uri"]?.stringValue == folder.uri("lib.snap"))
    #expect(file["range"]?["start"] == ["line": 0, "character": 0])
  }

  @Test("All places that mean a variable are found, and none of another with its name")
  func referencesOfVariable() throws {
    let text = try OpenText("var a = 1; if true { let a = 2; print $a }; $a += 1; print \"${‸a}\"")
    let found = try text.ask("references", ["context": ["includeDeclaration": true]])
    #expect(
      try Set((found.arrayValue ?? []).map { try text.text($0["range"]) }) == ["a", "$a", "${a"])
    #expect(found.arrayValue?.count == 3)
    let uses = try text.ask("references", ["context": ["includeDeclaration": false]])
    #expect(uses.arrayValue?.count == 2)
  }

  @Test(
    "A rename changes all places of a name, and keeps what stands around it",
    arguments: [
      (
        "var a = 1; if true { let a = 2; print $a }; $a += 1; print \"${‸a}\" $a.x?",
        "var b = 1; if true { let a = 2; print $a }; $b += 1; print \"${b}\" $b.x?"
      ),
      ("fn f(a: int) { print ‸$a }; f 1", "fn f(b: int) { print $b }; f 1"),
      ("fn f() { ‸f }; f | print", "fn b() { b }; b | print"),
      ("for a‸ in [1] print \"😀$($a + 1)\" $a", "for b in [1] print \"😀$($b + 1)\" $b"),
    ])
  func rename(_ before: String, _ after: String) throws {
    let text = try OpenText(before)
    let prepared = try text.ask("prepareRename")
    #expect(try text.text(prepared["range"]) == prepared["placeholder"]?.stringValue)
    let edits = try text.ask("rename", ["newName": "b"])["changes"]?["untitled:1"]?.arrayValue
    #expect(try text.applying(#require(edits)) == after)
  }

  @Test(
    "A rename that would change what a text means is refused",
    arguments: [
      ("let a‸ = 1; let b = 2; print $a $b", "b"), ("let a‸ = 1; print $a", "x y"),
      ("let a‸ = 1; print $a", ""), ("let a‸ = 1; print $a", "b-c"),
      ("let a‸ = 1; if true { let b = 2; print $a $b }", "b"),
      ("let b = 1; if true { let a‸ = 2; print $a $b }", "b"),
      ("let a‸ = 1; print $a", "b = 2; let c"), ("let a‸ = 1; print $a", "it"),
      ("fn f‸() { ls }; f", "ls"), ("fn f‸() { ls }; f", "len"), ("fn f‸() { ls }; f", "for"),
      ("fn f‸() { ls }; fn g() { ls }; f; g", "g"),
      ("fn f(--a‸: int = 1) { print $a }; f --a 2", "b"), ("l‸s", "list"),
      ("print $arg‸s", "words"), ("ls | where $i‸t != 1", "row"),
    ])
  func renameIsRefused(_ text: String, _ name: String) throws {
    let answer = try OpenText(text).ask("rename", ["newName": .string(name)])
    #expect(answer["code"] == -32803 || answer == .null)
  }

  @Test("A library's function is renamed in all texts that are open")
  func renameInLibrary() throws {
    let folder = try TemporaryFolder()
    try folder.write("lib.snap", "fn tidy() { ls }\n")
    let main = try OpenText(
      "use \"lib.snap\" as ret\nret.t‸idy\n", uri: folder.uri("main.snap"))
    #expect(try main.ask("rename", ["newName": "clean"])["code"] == -32803)
    let library = try OpenText(
      "fn t‸idy() { ls }\n", uri: folder.uri("lib.snap"), in: main.client)
    let changes = try library.ask("rename", ["newName": "clean"])["changes"]
    #expect(
      try main.applying(#require(changes?[main.uri]?.arrayValue))
        == "use \"lib.snap\" as ret\nret.clean\n")
    #expect(
      try library.applying(#require(changes?[library.uri]?.arrayValue)) == "fn clean() { ls }\n")
  }

  @Test("Functions and the top level's variables are the symbols of a text")
  func symbols() throws {
    let text = try OpenText(
      "let a: int = 1\nvar b = 2\nfn f(x: int) {\n  let c = 3\n  print $x $c\n}\n‸if true { let d = 4 }\n"
    )
    let symbols = try #require(try text.ask("documentSymbol").arrayValue)
    #expect(symbols.map { $0["name"]?.stringValue } == ["a", "b", "f"])
    #expect(symbols.map { $0["kind"]?.intValue } == [14, 13, 12])
    #expect(symbols.map { $0["detail"]?.stringValue } == ["int", "", "f X"])
    #expect(try text.text(symbols[2]["selectionRange"]) == "f")
    #expect(try text.text(symbols[2]["range"]).hasSuffix("print $x $c\n}"))
    let flat = try OpenText(text.text, in: Client.initialized([:])).ask("documentSymbol")
    #expect(try text.text(flat[1]?["location"]?["range"]) == "var b = 2")
  }
}
