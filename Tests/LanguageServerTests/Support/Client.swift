import Foundation
import LanguageServer
import OrderedJSON
import Testing

/// An editor's half of the conversation, over real pipes, with a server on a thread of its own.
final class Client {
  private let toServer = Pipe()
  private let fromServer = Pipe()
  private let ended = DispatchSemaphore(value: 0)
  private let exitCode = ExitCode()
  private var received: [UInt8] = []
  private var lastID = 0
  /// Notifications that came while an answer was awaited.
  private var notifications: [JSON] = []

  private final class ExitCode: @unchecked Sendable { var value: Int32? }

  init() {
    let (input, output) = (
      toServer.fileHandleForReading.fileDescriptor, fromServer.fileHandleForWriting.fileDescriptor
    )
    let (ended, exitCode) = (ended, exitCode)
    let thread = Thread {
      exitCode.value =
        LanguageServer(
          commands: Declarations.commands,
          signatures: Declarations.signatures + [Declarations.conditions], files: DiskLibraries(),
          input: input, output: output
        ).run()
      ended.signal()
    }
    thread.stackSize = 64 << 20
    thread.start()
  }

  /// A client that has said what it can do.
  static func initialized(_ capabilities: JSON = Client.capabilities) throws -> Client {
    let client = Client()
    _ = try client.request("initialize", ["capabilities": capabilities])
    try client.notify("initialized", [:])
    return client
  }

  static let capabilities: JSON = [
    "textDocument": [
      "hover": ["contentFormat": ["markdown", "plaintext"]],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "signatureHelp": [
        "signatureInformation": ["parameterInformation": ["labelOffsetSupport": true]]
      ],
    ]
  ]

  func send(bytes: some Sequence<UInt8>) throws {
    try toServer.fileHandleForWriting.write(contentsOf: Data(bytes))
  }

  static func frame(_ message: JSON) -> [UInt8] {
    let body = Array(message.text().utf8)
    return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  static func notification(_ method: String, _ params: JSON) -> JSON {
    ["jsonrpc": "2.0", "method": .string(method), "params": params]
  }

  func notify(_ method: String, _ params: JSON) throws {
    try send(bytes: Self.frame(Self.notification(method, params)))
  }

  /// The answer: its `result` or its `error`.
  func request(_ method: String, _ params: JSON = .null) throws -> JSON {
    lastID += 1
    let id = JSON.int(lastID)
    try send(
      bytes: Self.frame(
        ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params]))
    let answer = try answer(to: id)
    return try #require(answer["result"] ?? answer["error"])
  }

  func answer(to id: JSON) throws -> JSON {
    while true {
      let message = try receive()
      if message["id"] == id { return message }
      notifications.append(message)
    }
  }

  /// The parameters of the next notification.
  func notification() throws -> JSON {
    let message = notifications.isEmpty ? try receive() : notifications.removeFirst()
    return try #require(message["params"])
  }

  struct Silence: Error {}

  /// The next message; what never comes must not hang the tests.
  func receive() throws -> JSON {
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let header = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let length = try #require(Int(header.drop { !$0.isNumber }))
        if received.count >= end.upperBound + length {
          let body = received[end.upperBound..<end.upperBound + length]
          received.removeFirst(end.upperBound + length)
          return try JSON(parsing: body)
        }
      }
      let descriptor = fromServer.fileHandleForReading.fileDescriptor
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, 120_000) > 0 else { throw Silence() }
      let data = fromServer.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Silence() }
      received += data
    }
  }

  /// Ends the input and waits for the server's end.
  ///
  /// - Returns: the exit code.
  func close() throws -> Int32? {
    try toServer.fileHandleForWriting.close()
    return waitForEnd()
  }

  func waitForEnd() -> Int32? {
    ended.wait()
    ended.signal()
    return exitCode.value
  }

  deinit {
    try? toServer.fileHandleForWriting.close()
    ended.wait()
  }
}

extension JSON {
  subscript(name: String) -> JSON? { objectValue?[name] }
  subscript(index: Int) -> JSON? {
    arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}
