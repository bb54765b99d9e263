import OrderedJSON
import Testing

struct LifecycleTests {
  @Test("Nothing but 'initialize' is answered before it")
  func initializeComesFirst() throws {
    let client = Client()
    #expect(try client.request("textDocument/hover")["code"] == -32002)
    #expect(try client.request("initialize", ["capabilities": [:]])["capabilities"] != nil)
    #expect(try client.request("initialize", ["capabilities": [:]])["code"] == -32600)
  }

  @Test(
    "UTF-8 is spoken with a client that knows it, UTF-16 with any other",
    arguments: [
      (["utf-16", "utf-8"], "utf-8"), (["utf-32"], "utf-16"), ([], "utf-16"), (nil, "utf-16"),
    ] as [(JSON, String)])
  func encodingIsNegotiated(_ offered: JSON, _ chosen: String) throws {
    let answer = try Client().request(
      "initialize", ["capabilities": ["general": ["positionEncodings": offered]]])
    #expect(answer["capabilities"]?["positionEncoding"]?.stringValue == chosen)
  }

  @Test("The exit code is 0 after 'shutdown' alone, however the server ends")
  func exitCodeTellsOfShutdown() throws {
    let orderly = try Client.initialized()
    #expect(try orderly.request("shutdown") == .null)
    #expect(try orderly.request("textDocument/hover")["code"] == -32600)
    try orderly.notify("exit", .null)
    #expect(orderly.waitForEnd() == 0)

    let hasty = try Client.initialized()
    try hasty.notify("exit", .null)
    #expect(hasty.waitForEnd() == 1)

    let gone = try Client.initialized()
    #expect(try gone.close() == 1)

    let closed = try Client.initialized()
    _ = try closed.request("shutdown")
    #expect(try closed.close() == 0)
  }

  @Test("An unknown request is refused, an unknown notification is not answered")
  func unknownMethods() throws {
    let client = try Client.initialized()
    try client.notify("workspace/whatever", [:])
    #expect(try client.request("workspace/whatever")["code"] == -32601)
    #expect(try client.request("$/whatever")["code"] == -32601)
  }

  @Test("Parameters that are missing or of another type are refused")
  func badParameters() throws {
    let client = try OpenText("ls").client
    #expect(try client.request("textDocument/hover", [:])["code"] == -32602)
    #expect(
      try client.request(
        "textDocument/hover", ["textDocument": ["uri": "untitled:1"], "position": 3])["code"]
        == -32602)
    try client.notify("textDocument/didChange", ["contentChanges": "x"])
    #expect(
      try client.request(
        "textDocument/hover",
        ["textDocument": ["uri": "untitled:2"], "position": ["line": 0, "character": 0]])
        == .null)
  }

  @Test("A request that is cancelled while it waits is answered so")
  func cancelledRequestIsAnswered() throws {
    let text = try OpenText("ls‸")
    let request: JSON = [
      "jsonrpc": "2.0", "id": "seven", "method": "textDocument/hover",
      "params": ["textDocument": ["uri": "untitled:1"], "position": text.position],
    ]
    let cancel = Client.notification("$/cancelRequest", ["id": "seven"])
    // One write of few bytes is read as a whole.
    try text.client.send(bytes: Client.frame(request) + Client.frame(cancel))
    #expect(try text.client.answer(to: "seven")["error"]?["code"] == -32800)
    try text.client.notify("$/cancelRequest", ["id": "eight"])
    #expect(try text.ask("hover") != .null)
  }
}
