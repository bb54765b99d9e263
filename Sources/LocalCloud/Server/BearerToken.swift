import HTTPTypes
import Hummingbird

/// Refuses requests without the header `authorization: bearer TOKEN` (RFC 6750, section 2.1; the
/// scheme's name has no case, RFC 9110, section 11.1).
struct BearerToken: RouterMiddleware {
  typealias Context = BasicRequestContext

  let expected: String

  @concurrent
  func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let header = request.headers[.authorization], isValid(header) else {
      throw LocalCloudError.badRequest(.unauthorized)
    }
    return try await next(request, context)
  }

  private func isValid(_ header: String) -> Bool {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", !expected.isEmpty else {
      return false
    }
    let token = parts[1].drop { $0 == " " }
    return isSame(Array(token.utf8), Array(expected.utf8))
  }

  /// Compares in a time that doesn't tell how much of `candidate` is right.
  private func isSame(_ candidate: [UInt8], _ secret: [UInt8]) -> Bool {
    var difference: UInt8 = candidate.count == secret.count ? 0 : 1
    for (index, byte) in candidate.enumerated() {
      difference |= byte ^ secret[index % secret.count]
    }
    return difference == 0
  }
}
