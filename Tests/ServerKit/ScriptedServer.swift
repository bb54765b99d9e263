import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A server on loopback that sees raw requests and answers whatever bytes its script says.
package final class ScriptedServer: Sendable {
  /// Called for each complete request, on the connection's task; a connection stays open after it
  /// unless the script closes it.
  package typealias Script = @Sendable (Request, Connection) async throws -> Void

  package struct Request: Sendable {
    /// Of the connection it came on, from 1.
    package let connection: Int
    /// As it came, with its line ends.
    package let text: String

    package var line: String { String(text.prefix { $0 != "\r\n" }) }
    package var target: String {
      line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }
  }

  package struct Connection: Sendable {
    fileprivate let channel: any Channel

    package func send(_ text: String) async throws {
      try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    package func close() async throws { try await channel.close() }

    /// Closes so that the other side reads "connection reset".
    package func reset() async throws {
      let linger = linger(l_onoff: 1, l_linger: 0)
      try await (channel as? any SocketOptionProvider)?.setSoLinger(linger).get()
      try await channel.close()
    }

    /// Until the other side, or the end of the test, closes the connection.
    package func waitForClose() async throws { try await channel.closeFuture.get() }
  }

  package let port: Int
  private let log = Mutex<[Request]>([])

  package var requests: [Request] { log.withLock { $0 } }
  package var url: String { "http://127.0.0.1:\(port)/api/v1" }

  private init(port: Int) { self.port = port }

  /// Runs `body` while a server follows `script`.
  package static func run<Result: Sendable>(
    tls: NIOSSLContext? = nil, closesAtOnce: Bool = false, _ script: @escaping Script,
    body: @Sendable (ScriptedServer) async throws -> Result
  ) async throws -> Result {
    let (accepted, accept) = AsyncStream.makeStream(of: Accepted.self)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if closesAtOnce { return channel.close(promise: nil) }
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          let (bytes, continuation) = AsyncStream.makeStream(of: [UInt8].self)
          try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
          accept.yield(Accepted(connection: Connection(channel: channel), bytes: bytes))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let server = ScriptedServer(port: listener.localAddress?.port ?? 0)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await withDiscardingTaskGroup { group in
          var number = 0
          for await accepted in accepted {
            number += 1
            group.addTask { [number] in await server.serve(accepted, number, script) }
          }
        }
      }
      do {
        let result = try await body(server)
        try await end(listener, accept)
        return result
      } catch {
        try await end(listener, accept)
        throw error
      }
    }
  }

  private static func end(
    _ listener: any Channel, _ accept: AsyncStream<Accepted>.Continuation
  ) async throws {
    try await listener.close()
    accept.finish()
  }

  private struct Accepted {
    let connection: Connection
    let bytes: AsyncStream<[UInt8]>
  }

  /// Hands on what comes until the connection closes.
  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<[UInt8]>.Continuation

    init(_ continuation: AsyncStream<[UInt8]>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  private func serve(_ accepted: Accepted, _ number: Int, _ script: Script) async {
    var pending: [UInt8] = []
    do {
      for await bytes in accepted.bytes {
        pending += bytes
        while let end = Self.endOfRequest(pending) {
          let text = String(decoding: pending[..<end], as: UTF8.self)
          pending.removeFirst(end)
          let request = Request(connection: number, text: text)
          log.withLock { $0.append(request) }
          try await script(request, accepted.connection)
        }
      }
    } catch {}  // the other side, or the script, has closed the connection
  }

  private static func endOfRequest(_ bytes: [UInt8]) -> Int? {
    guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let prefix = "content-length:"
    let length = lines.first { $0.lowercased().hasPrefix(prefix) }
      .flatMap { Int($0.dropFirst(prefix.count).filter { $0 != " " }) }
    let end = head.upperBound + (length ?? 0)
    return bytes.count >= end ? end : nil
  }
}

/// A whole answer, with its length.
package func answer(
  _ status: Int, _ body: String = "", type: String? = "application/json", _ headers: String...
) -> String {
  var lines = ["HTTP/1.1 \(status) Any"] + headers
  if let type { lines.append("content-type: \(type)") }
  lines.append("content-length: \(body.utf8.count)")
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}
