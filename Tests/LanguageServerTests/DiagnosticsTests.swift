import OrderedJSON
import Testing

struct DiagnosticsTests {
  private func messages(_ params: JSON) -> [String] {
    (params["diagnostics"]?.arrayValue ?? []).compactMap { $0["message"]?.stringValue }
  }

  private func change(_ uri: String, _ version: Int, _ text: String) -> JSON {
    [
      "textDocument": ["uri": .string(uri), "version": .int(version)],
      "contentChanges": [["text": .string(text)]],
    ]
  }

  @Test("All errors of a text are told, with the version and places in the client's units")
  func errorsAreTold() throws {
    let text = try OpenText("print \"😀\"; lss\nlet x = 1\n")
    let params = try text.client.notification()
    #expect(params["uri"] == "untitled:1")
    #expect(params["version"] == 1)
    #expect(
      messages(params) == [
        "unknown command 'lss'\nhelp: did you mean 'ls'?",
        "'$x' is never used\nhelp: remove it, or call it '_x'",
      ])
    let first = params["diagnostics"]?[0]
    #expect(try text.text(first?["range"]) == "lss")
    #expect(first?["severity"] == 1)
    #expect(first?["source"] == "snapsh")
    #expect(first?["range"]?["start"]?["character"] == 12)
  }

  @Test("Diagnostics go when the text is right, and when it is closed")
  func diagnosticsGo() throws {
    let client = try OpenText("lss").client
    #expect(messages(try client.notification()).count == 1)
    try client.notify("textDocument/didChange", change("untitled:1", 2, "ls"))
    let fixed = try client.notification()
    #expect(messages(fixed).isEmpty)
    #expect(fixed["version"] == 2)
    try client.notify("textDocument/didChange", change("untitled:1", 3, "lss"))
    #expect(messages(try client.notification()).count == 1)
    try client.notify("textDocument/didClose", ["textDocument": ["uri": "untitled:1"]])
    let closed = try client.notification()
    #expect(messages(closed).isEmpty)
    #expect(closed["version"] == nil)
  }

  @Test("Of changes that come together only the last is checked")
  func changesAreJoined() throws {
    let client = try OpenText("lss").client
    _ = try client.notification()
    // One write of few bytes is read as a whole.
    try client.send(
      bytes: (2...20).flatMap { version in
        Client.frame(
          Client.notification(
            "textDocument/didChange",
            change("untitled:1", version, String(repeating: "l", count: version))))
      })
    let params = try client.notification()
    #expect(params["version"] == 20)
    #expect(messages(params).first?.contains("'llllllllllllllllllll'") == true)
  }

  @Test("Errors of a library are told in its own file, from the disk or from what is open")
  func errorsOfLibraries() throws {
    let folder = try TemporaryFolder()
    try folder.write("lib/a b.snap", "fn hello() { lss }\n")
    let main = folder.uri("main.snap")
    let library = folder.uri("lib/a b.snap")
    let text = try OpenText("use \"lib/../lib/a b.snap\" as l\nl.hello\n", uri: main)
    let client = text.client
    let first = [try client.notification(), try client.notification()]
    #expect(first.map { $0["uri"]?.stringValue } == [library, main])
    #expect(messages(first[0]) == ["unknown command 'lss'\nhelp: did you mean 'ls'?"])
    #expect(first[0]["version"] == nil)
    #expect(messages(first[1]).isEmpty)

    // The buffer counts, though the file still has the error.
    _ = try OpenText("fn hello() { ls }\n", uri: library, in: client)
    let opened = try client.notification()
    #expect(opened["uri"]?.stringValue == library)
    #expect(messages(opened).isEmpty)

    // A function that is gone is an error where it is called.
    try client.notify("textDocument/didChange", change(library, 2, "fn bye() { ls }\n"))
    let changed = [try client.notification(), try client.notification()]
    let told = try #require(changed.first { $0["uri"]?.stringValue == main })
    #expect(messages(told).count == 1)

    // Without the buffer the file counts again.
    try client.notify("textDocument/didClose", ["textDocument": ["uri": .string(library)]])
    let closed = [try client.notification(), try client.notification()]
    #expect(messages(try #require(closed.first { $0["uri"]?.stringValue == library })).count == 1)
    #expect(messages(try #require(closed.first { $0["uri"]?.stringValue == main })).isEmpty)

    // A file that was changed on the disk is read again.
    try folder.write("lib/a b.snap", "fn hello() { ls }\n")
    try client.notify("workspace/didChangeWatchedFiles", ["changes": []])
    let mended = try client.notification()
    #expect(mended["uri"]?.stringValue == library)
    #expect(messages(mended).isEmpty)
  }

  @Test("A library that can't be read is an error at its path")
  func missingLibrary() throws {
    let folder = try TemporaryFolder()
    let text = try OpenText("use \"none.snap\"\n", uri: folder.uri("main.snap"))
    let params = try text.client.notification()
    #expect(try text.text(params["diagnostics"]?[0]?["range"]) == "\"none.snap\"")
  }

  @Test("A script's own arguments are known")
  func argumentsAreKnown() throws {
    #expect(messages(try OpenText("print ${args.0}").client.notification()).isEmpty)
  }

  @Test("Ten thousand changes end with the diagnostics of the last text")
  func manyChanges() throws {
    let client = try OpenText("fn f(n: int) {\n  if $n > 0 { f ($n - 1) }\n}\nf 3\n").client
    for version in 2...10_001 {
      let character = version % 2 == 0 ? "x" : ""
      try client.notify(
        "textDocument/didChange",
        [
          "textDocument": ["uri": "untitled:1", "version": .int(version)],
          "contentChanges": [
            [
              "range": [
                "start": ["line": 3, "character": 0],
                "end": ["line": 3, "character": .int(version % 2 == 0 ? 0 : 1)],
              ], "text": .string(character),
            ]
          ],
        ])
    }
    #expect(try client.request("shutdown") == .null)
    var last = try client.notification()
    while last["version"] != 10_001 { last = try client.notification() }
    #expect(messages(last).isEmpty)
  }
}
