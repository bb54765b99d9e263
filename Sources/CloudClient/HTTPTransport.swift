import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// Within one deadline: no redirects, no second sending, no proxy, HTTP/1.1 over pooled connections.
final class HTTPTransport: Transport {
  /// The longest body that is read, in bytes.
  static let longestBody = 64 << 20

  private let client: HTTPClient
  private let gate = SendGate()
  private let deadline: Duration

  init(deadline: Duration) {
    self.deadline = deadline
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.decompression = .disabled
    configuration.tracing.tracer = nil
    // A connection that failed is reported at once: the pauses between tries are the caller's.
    configuration.connectionPool.retryConnectionEstablishment = false
    // Shorter than servers keep idle connections, so that few are found closed when reused.
    configuration.connectionPool.idleTimeout = .seconds(15)
    // Callers bound what they do at a time; a queue here would count as a slow connection.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
    // Below the deadline, so that a silent host shows as one that can't be reached.
    configuration.timeout.connect = .init(min(.seconds(10), deadline / 2))
    configuration.http1_1ConnectionDebugInitializer = { [gate] in gate.install(on: $0) }
    client = HTTPClient(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
  }

  func shutdown() async {
    do {
      try await client.shutdown()
    } catch {
      // Only `alreadyShutdown` comes here, which is what was wanted.
    }
  }

  func exchange(_ request: TransportRequest) async -> Exchange {
    await withTaskGroup(of: Exchange?.self) { group in
      group.addTask { await self.unboundedExchange(request) }
      group.addTask {
        // Cancelled means that the exchange is over, or is being cancelled itself.
        try? await Task.sleep(for: self.deadline)
        return nil
      }
      var timedOut = false
      while let ended = await group.next() {
        group.cancelAll()
        if let exchange = ended { return exchange.cancelled(becauseOf: timedOut ? .timeout : nil) }
        timedOut = !Task.isCancelled
      }
      return .notSent(.cancelled)
    }
  }

  private func unboundedExchange(_ request: TransportRequest) async -> Exchange {
    let ticket = gate.issue()
    var message = HTTPClientRequest(url: request.url)
    message.method = request.method
    for (name, value) in request.headers { message.headers.add(name: name, value: value) }
    message.headers.add(name: SendGate.header, value: String(ticket))
    if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
    let response: HTTPClientResponse
    do {
      response = try await client.execute(message, deadline: .now() + .hours(24))
    } catch {
      let failure = Exchange.Failure(error)
      return gate.close(ticket) ? .noAnswer(failure) : .notSent(failure)
    }
    let answer = Exchange.Answer(
      status: Int(response.status.code), headers: response.headers,
      body: await Self.body(of: response))
    _ = gate.close(ticket)
    return .answer(answer)
  }

  private static func body(of response: HTTPClientResponse) async -> Exchange.Body {
    var bytes: [UInt8] = []
    do {
      for try await buffer in response.body {
        bytes.append(contentsOf: buffer.readableBytesView)
        if bytes.count > longestBody { return .tooLong }
      }
    } catch {
      return .cut(bytes, Exchange.Failure(error))
    }
    return Task.isCancelled ? .cut(bytes, .cancelled) : .whole(bytes)
  }
}
