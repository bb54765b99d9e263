import AsyncHTTPClient
import Glibc
import NIOCore
package import NIOHTTP1
import NIOPosix
import NIOSSL

/// How sending one request ended.
package enum Exchange: Sendable {
  /// Not a byte of the request has left, and none will.
  case notSent(Failure)
  /// The request left, at least in part, and no status came.
  case noAnswer(Failure)
  case answer(Answer)

  package struct Answer: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: Body

    package init(status: Int, headers: HTTPHeaders, body: Body) {
      self.status = status
      self.headers = headers
      self.body = body
    }
  }

  package enum Body: Sendable {
    case whole([UInt8])
    /// What came of it.
    case cut([UInt8], Failure)
    case tooLong
  }

  package enum Failure: Sendable, Hashable {
    case network(CloudError.NetworkProblem)
    case untrustedCertificate
    case timeout
    case cancelled
    case clientShutDown
  }

  /// The same with `failure` in the place of a cancellation.
  func cancelled(becauseOf failure: Failure?) -> Exchange {
    guard let failure else { return self }
    switch self {
    case .notSent(.cancelled): return .notSent(failure)
    case .noAnswer(.cancelled): return .noAnswer(failure)
    case .answer(let answer):
      guard case .cut(let bytes, .cancelled) = answer.body else { return self }
      let body = Body.cut(bytes, failure)
      return .answer(Answer(status: answer.status, headers: answer.headers, body: body))
    case .notSent, .noAnswer: return self
    }
  }
}

extension Exchange.Failure {
  /// What an error of the HTTP client means; the error's own text is not kept, since the client
  /// may quote headers in it.
  init(_ error: any Error) {
    switch error {
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self = Self.of(error)
    case let error as NIOConnectionError: self = Self.of(error)
    case let error as IOError: self = .network(Self.problem(errno: error.errnoCode))
    case let error as ChannelError: self = .network(Self.problem(error))
    case let error as NIOSSLError: self = Self.of(error)
    case is NIOSSLExtraError: self = .untrustedCertificate
    case is HTTPParserError: self = .network(.notHTTP)
    default: self = .network(.other("\(type(of: error))"))
    }
  }

  private static func of(_ error: HTTPClientError) -> Self {
    switch error {
    case .cancelled: .cancelled
    case .alreadyShutdown: .clientShutDown
    case .deadlineExceeded, .readTimeout, .writeTimeout: .timeout
    case .remoteConnectionClosed, .uncleanShutdown: .network(.closed)
    case .connectTimeout, .getConnectionFromPoolTimeout: .network(.connectTimedOut)
    case .tlsHandshakeTimeout, .serverOfferedUnsupportedApplicationProtocol("h2"):
      .network(.tlsHandshake)
    default: .network(.other("HTTPClientError"))
    }
  }

  private static func of(_ error: NIOConnectionError) -> Self {
    if let last = error.connectionErrors.last { return Self(last.error) }
    return .network(.nameNotFound(error.host))
  }

  private static func problem(errno code: CInt) -> CloudError.NetworkProblem {
    switch code {
    case ECONNREFUSED: .refused
    case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: .unreachable
    case ETIMEDOUT: .connectTimedOut
    case ECONNRESET, EPIPE: .reset
    default: .other("errno \(code)")
    }
  }

  private static func problem(_ error: ChannelError) -> CloudError.NetworkProblem {
    switch error {
    case .connectTimeout: .connectTimedOut
    case .ioOnClosedChannel, .alreadyClosed, .eof, .inputClosed, .outputClosed: .closed
    default: .other("ChannelError")
    }
  }

  private static func of(_ error: NIOSSLError) -> Self {
    switch error {
    case .unableToValidateCertificate, .noCertificateToValidate: .untrustedCertificate
    case .handshakeFailed(.sslError(let stack)) where stack.contains(where: isUntrusted):
      .untrustedCertificate
    case .handshakeFailed: .network(.tlsHandshake)
    case .uncleanShutdown: .network(.closed)
    default: .network(.other("NIOSSLError"))
    }
  }

  /// BoringSSL's `SSL_R_CERTIFICATE_VERIFY_FAILED` of `ERR_LIB_SSL`, packed. NIOSSL has no accessor
  /// for the code of an error: its description begins with `Error: ` and that number.
  private static func isUntrusted(_ error: BoringSSLInternalError) -> Bool {
    error.description.split(separator: " ").dropFirst().first == "\(16 << 24 | 125)"
  }
}
