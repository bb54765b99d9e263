import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import CloudClient

/// No `#expect` here may mention a channel: a failed one describes its operands, and the description
/// of a pipeline traps (swift-nio 2.101.2) when the name of a handler's type is long.
@Suite struct SendGateTests {
  private func write(_ ticket: Int, to channel: EmbeddedChannel) throws {
    let headers = HTTPHeaders([("host", "h"), (SendGate.header, String(ticket))])
    let head = HTTPRequestHead(version: .http1_1, method: .DELETE, uri: "/", headers: headers)
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    channel.embeddedEventLoop.run()
  }

  private func channel(with gate: SendGate) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try channel.pipeline.syncOperations.addHandler(HTTPRequestEncoder())
    try gate.install(on: channel).wait()
    return channel
  }

  private func bytes(_ channel: EmbeddedChannel) throws -> String {
    var text = ""
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
      text += String(buffer: buffer)
    }
    return text
  }

  @Test func `a ticket lets its request through without itself`() throws {
    let gate = SendGate()
    let channel = try channel(with: gate)
    let ticket = gate.issue()
    try write(ticket, to: channel)
    let left = try bytes(channel)
    #expect(left == "DELETE / HTTP/1.1\r\nhost: h\r\n\r\n")
    #expect(gate.close(ticket))
  }

  @Test func `the second writing of a ticket is refused and ends its connection`() throws {
    let gate = SendGate()
    let (first, second) = (try channel(with: gate), try channel(with: gate))
    let ticket = gate.issue()
    try write(ticket, to: first)
    try write(ticket, to: second)
    let (leftAgain, areOpen) = (try bytes(second), [first.isActive, second.isActive])
    #expect(leftAgain == "")
    #expect(areOpen == [true, false])
  }

  @Test func `a request that was given up before it was written never leaves`() throws {
    let gate = SendGate()
    let channel = try channel(with: gate)
    let ticket = gate.issue()
    #expect(!gate.close(ticket))
    try write(ticket, to: channel)
    let (left, isOpen) = (try bytes(channel), channel.isActive)
    #expect(left == "")
    #expect(!isOpen)
  }

  @Test func `a request without a ticket is refused`() throws {
    let channel = try channel(with: SendGate())
    try write(0, to: channel)
    let left = try bytes(channel)
    #expect(left == "")
  }
}
