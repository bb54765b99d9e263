package import NIOHTTP1

/// Sends one request and reads its answer, whatever becomes of it.
package protocol Transport: Sendable {
  /// Never sends the request twice; returns at the latest at the client's deadline.
  func exchange(_ request: TransportRequest) async -> Exchange
  /// Ends what is under way; a second call does nothing.
  func shutdown() async
}

package struct TransportRequest: Sendable {
  package let method: HTTPMethod
  package let url: String
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]?
}
