import OrderedJSON
import Testing

@testable import LanguageServer

struct FramingTests {
  private static func frames(_ bytes: [UInt8], chunk: Int) -> [String] {
    var reader = FrameReader()
    var frames: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.append(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
      while let frame = reader.next() {
        switch frame {
        case .body(let body): frames.append(String(decoding: body, as: UTF8.self))
        case .garbage: frames.append("garbage")
        }
      }
    }
    return frames
  }

  @Test(
    "Messages are found however their bytes come, and after headers that lie",
    arguments: [
      ("Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["{}", "null"]),
      ("content-length:2\r\nContent-Type: x\r\n\r\n{}", ["{}"]),
      ("Content-Type: x\r\nContent-Length: 2\r\n\r\n{}", ["{}"]),
      ("Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", ["", "{}"]),
      // Too long.
      ("Content-Length: 99\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["{}", "null"]),
      // Too short.
      ("Content-Length: 1\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["{", "garbage", "null"]),
      // No length, and none that can be.
      ("Length: 1\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["garbage", "null"]),
      ("Content-Length: -5\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["garbage", "null"]),
      ("Content-Length: 99999999999\r\n\r\n{}Content-Length: 4\r\n\r\nnull", ["garbage", "null"]),
      (
        "Content-Length: 9999999999999999999999\r\n\r\nContent-Length: 2\r\n\r\n{}",
        ["garbage", "{}"]
      ),
    ] as [(String, [String])], [1, 3, 7, 1000])
  func messagesAreFound(_ sample: (text: String, frames: [String]), _ chunk: Int) {
    var found = Self.frames(Array(sample.text.utf8), chunk: chunk)
    // What stands together is told once, but may come in two parts.
    found = found.enumerated().filter {
      $0.element != "garbage" || $0.offset == 0 || found[$0.offset - 1] != "garbage"
    }.map(\.element)
    #expect(found == sample.frames)
  }

  @Test(
    "After a header that is a little too long, messages are found again", arguments: [1, 7, 99])
  func shortLies(_ chunk: Int) {
    let text =
      "Content-Length: 9\r\n\r\n{}Content-Length: 4\r\n\r\nnullContent-Length: 2\r\n\r\n[]"
    #expect(Self.frames(Array(text.utf8), chunk: chunk).last == "[]")
  }

  @Test("Bytes without a header are not kept")
  func garbageIsNotKept() {
    var reader = FrameReader()
    var count = 0
    for _ in 0..<1000 {
      reader.append([UInt8](repeating: 0x78, count: 1000))
      while reader.next() != nil { count += 1 }
    }
    #expect(count == 1)
    reader.append(Array("Content-Length: 2\r\n\r\n{}".utf8))
    #expect(reader.next() == .body(Array("{}".utf8)))
  }

  @Test(
    "What is no request is told, and the server goes on",
    arguments: [
      ("{", -32700), ("", -32700), ("{\"jsonrpc\":\"2.0\"", -32700), ("[]", -32600),
      ("{\"id\":1}", -32600), ("{\"id\":{},\"method\":\"shutdown\"}", -32600), ("7", -32600),
      (String(repeating: "[", count: 100_000), -32700),
    ])
  func badMessagesAreTold(_ body: String, _ code: Int) throws {
    let client = try Client.initialized()
    try client.send(bytes: Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
    let answer = try client.receive()
    #expect(answer["id"] == .null)
    #expect(answer["error"]?["code"] == .int(code))
    #expect(try client.request("shutdown") == .null)
  }

  @Test("A header that lies neither ends the server nor keeps the next request from its answer")
  func lyingHeaders() throws {
    let client = try Client.initialized()
    try client.send(bytes: Array("Content-Length: 4000\r\n\r\n{\"id\":".utf8))
    #expect(try client.request("shutdown") == .null)
  }
}
