import Dispatch
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on loopback that records each request and answers as its script says.
final class ScriptedCloud: Sendable {
  struct Request: Sendable {
    let method: String
    let target: String
    /// By lower-case name, without `host`.
    let headers: [String: String]
    let body: String

    /// `POST /api/v1/…`.
    var line: String { "\(method) \(target)" }
    var isMutation: Bool { method != "GET" }
  }

  enum Answer: Sendable {
    case status(Int, String, headers: [String: String] = [:])
    /// The connection closes before anything was answered.
    case closed
    /// Half of the body, then the connection closes.
    case cut(String)
    /// Nothing ever comes.
    case silence

    static func json(_ text: String) -> Answer {
      .status(200, text, headers: ["content-type": "application/json"])
    }

    static let accepted = Answer.status(202, "")
  }

  typealias Script = @Sendable (Request) -> Answer

  private let listener: any Channel
  private let log = Log()
  /// Those that are open.
  let connections = DispatchGroup()

  var requests: [Request] { log.requests.withLock { $0 } }
  var mutations: [Request] { requests.filter(\.isMutation) }
  /// The name of the cloud in prompts and questions, where no profile has one for it.
  var name: String { "127.0.0.1:\(listener.localAddress?.port ?? 0)" }
  var prompt: String { "\(name)> " }
  var endpoint: String { "http://\(name)/api/v1" }

  /// What makes the program talk to it.
  var environment: [String: String] { ["SNAPSH_ENDPOINT": endpoint, "SNAPSH_TOKEN": "t0ken"] }

  init(_ script: @escaping Script) throws {
    let (log, connections) = (log, connections)
    listener = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          connections.enter()
          channel.closeFuture.whenComplete { _ in connections.leave() }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(Handler(log, script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
  }

  deinit { listener.close(promise: nil) }

  private final class Log: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let log: Log
    private let script: Script
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ log: Log, _ script: @escaping Script) {
      self.log = log
      self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        self.head = head
        body = ""
      case .body(let part): body += String(buffer: part)
      case .end:
        guard let head else { return }
        var headers = Dictionary(
          head.headers.map { ($0.name.lowercased(), $0.value) }
        ) { "\($0), \($1)" }
        headers["host"] = nil
        let request = Request(
          method: head.method.rawValue, target: head.uri, headers: headers, body: body)
        log.requests.withLock { $0.append(request) }
        send(script(request), to: context)
      }
    }

    private func send(_ answer: Answer, to context: ChannelHandlerContext) {
      switch answer {
      case .silence: break
      case .closed: context.close(promise: nil)
      case .status(let status, let text, let headers):
        write(status, text, headers, length: text.utf8.count, to: context)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      case .cut(let text):
        let half = String(text.prefix(text.count / 2))
        write(200, half, ["content-type": "application/json"], length: text.utf8.count, to: context)
        context.flush()
        context.close(promise: nil)
      }
    }

    private func write(
      _ status: Int, _ text: String, _ headers: [String: String], length: Int,
      to context: ChannelHandlerContext
    ) {
      var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status))
      for (name, value) in headers { head.headers.add(name: name, value: value) }
      head.headers.add(name: "content-length", value: "\(length)")
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
