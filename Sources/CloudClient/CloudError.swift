/// Why a call of the API did not give what was asked for: fields, whose words are in
/// `CloudErrorWords.swift`. No field ever holds the token.
package struct CloudError: Error, Sendable, Hashable {
  package let kind: Kind
  /// Method and URL, as `GET https://…`; nil when no request was to be made.
  package var request: String?
  /// The status of the answer, when one came.
  package var status: Int?
  /// What the server said, escaped and cut to 200 characters.
  package var serverMessage: String?
  /// What a `Retry-After` header asked for.
  package var retryAfter: Duration?

  package init(
    _ kind: Kind, request: String? = nil, status: Int? = nil, serverMessage: String? = nil,
    retryAfter: Duration? = nil
  ) {
    self.kind = kind
    self.request = request
    self.status = status
    self.serverMessage = serverMessage
    self.retryAfter = retryAfter
  }

  package enum Kind: Sendable, Hashable {
    case endpoint(CloudEndpoint.Problem)
    case credential(CredentialProblem)
    /// 400, 422 and the 4xx that no other case names.
    case usage
    /// 401.
    case authentication
    /// 403.
    case denied
    /// 404.
    case notFound
    /// 409 and 423: another operation is running.
    case conflict
    /// 429.
    case quota
    /// 507 (RFC 4918, section 11.5): refused for want of room, so not applied.
    case insufficientStorage
    /// 408 and 5xx.
    case server
    case network(NetworkProblem, sent: Bool)
    /// The request's own deadline passed.
    case timeout(sent: Bool)
    case untrustedCertificate
    /// An answer that would send the request elsewhere; nil when it doesn't say where.
    case redirect(location: String?)
    /// The answer is not the API's.
    case protocolViolation(ShapeProblem)
    case cancelled(sent: Bool)
    case clientShutDown
  }

  package enum CredentialProblem: Sendable, Hashable {
    /// The closure failed; the text is the description of the error's type.
    case unreadable(String)
    case empty
    /// Has characters that can't stand in a header.
    case malformed
  }

  package enum NetworkProblem: Sendable, Hashable {
    case nameNotFound(String)
    case refused
    case unreachable
    case connectTimedOut
    case tlsHandshake
    case reset
    case closed
    case notHTTP
    /// Carries the name of the error's type.
    case other(String)
  }

  package enum ShapeProblem: Sendable, Hashable {
    case html
    /// JSON, or a status, that is not what the API's documentation shows.
    case otherShape
    case badJSON
    case bodyCut
    case bodyTooLong
    case wrongPage(asked: Int, got: Int)
  }

  /// Whether the cloud may have done what a mutation asked for, although it failed.
  package var mayHaveBeenApplied: Bool {
    switch kind {
    case .network(_, let sent), .timeout(let sent), .cancelled(let sent): sent
    case .server, .protocolViolation: true
    case .endpoint, .credential, .usage, .authentication, .denied, .notFound, .conflict, .quota,
      .insufficientStorage,
      .untrustedCertificate, .redirect, .clientShutDown:
      false
    }
  }
}
