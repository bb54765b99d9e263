import NIOCore
import NIOHTTP1
import Synchronization

/// Knows of each request whether it has begun to leave, and lets it leave at most once.
///
/// AsyncHTTPClient reports the same errors for a request that never left and for one whose answer
/// was lost, and when it gives up on a request the event loop may be about to write it. So each
/// request carries a ticket, in a header that is taken out before the request is encoded: the first
/// of "written" and "given up" to come stands, on whichever thread, and a second writing of the
/// same ticket is refused, whatever the client or its pool may try.
final class SendGate: Sendable {
  static let header = "x-snapsh-ticket"

  private enum Ticket { case waiting, sent }
  private struct State {
    var last = 0
    var tickets: [Int: Ticket] = [:]
  }
  private let state = Mutex(State())

  func issue() -> Int {
    state.withLock { state in
      state.last += 1
      state.tickets[state.last] = .waiting
      return state.last
    }
  }

  /// Ends the ticket: from now on its request can't leave. Returns whether it has left.
  func close(_ ticket: Int) -> Bool {
    state.withLock { $0.tickets.removeValue(forKey: ticket) == .sent }
  }

  /// Whether the request may be written now, which it may once.
  fileprivate func pass(_ ticket: Int) -> Bool {
    state.withLock { state in
      guard state.tickets[ticket] == .waiting else { return false }
      state.tickets[ticket] = .sent
      return true
    }
  }

  /// Sets the gate before the encoder of a new HTTP/1 connection.
  func install(on channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
      try pipeline.addHandler(Handler(gate: self), position: .after(encoder))
    }
  }

  /// Drops the connection in place of a request that may not leave.
  private final class Handler: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private let gate: SendGate
    private var isRefusing = false

    init(gate: SendGate) { self.gate = gate }

    func write(
      context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
      guard case .head(var head) = unwrapOutboundIn(data) else {
        return isRefusing
          ? refuse(context: context, promise: promise) : context.write(data, promise: promise)
      }
      let ticket = head.headers.first(name: SendGate.header).flatMap { Int($0) }
      guard !isRefusing, let ticket, gate.pass(ticket) else {
        return refuse(context: context, promise: promise)
      }
      head.headers.remove(name: SendGate.header)
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    private func refuse(context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
      promise?.fail(ChannelError.ioOnClosedChannel)
      guard !isRefusing else { return }
      isRefusing = true
      let channel = context.channel
      context.eventLoop.execute { channel.close(promise: nil) }
    }
  }
}
