extension CloudError: CustomStringConvertible {
  /// What went wrong, in lower case and without a full stop.
  package var description: String {
    var text = words
    if let address { text += ": \(address)" }
    if let status { text += " (\(status))" }
    if let serverMessage { text += ": \"\(serverMessage)\"" }
    return text
  }

  /// The host and port that were asked, where it is they that may be wrong.
  private var address: String? {
    switch kind {
    case .network(.nameNotFound, _): nil
    case .network, .timeout, .untrustedCertificate:
      // `GET https://host:port/path`.
      request.flatMap { $0.split(separator: "/", maxSplits: 3).dropFirst().first.map(String.init) }
    default: nil
    }
  }

  private var words: String {
    switch kind {
    case .endpoint(let problem): problem.words
    case .credential(.unreadable(let type)): "the token can't be read (\(type))"
    case .credential(.empty): "the token is empty"
    case .credential(.malformed): "the token has characters that no token has"
    case .usage: "the cloud refused the request"
    case .authentication: "the cloud doesn't accept the token"
    case .denied: "the token may not do this"
    case .notFound: "the cloud knows no such thing"
    case .conflict: "another operation is running"
    case .quota: "the cloud asks for fewer requests"
    case .insufficientStorage: "the cloud has no room left"
    case .server: "the cloud failed"
    case .network(let problem, _): problem.words
    case .timeout: "no complete answer in time"
    case .untrustedCertificate: "the server's certificate is not trusted"
    case .redirect(let location?): "the server points elsewhere, to \"\(location)\""
    case .redirect(nil): "the server points elsewhere"
    case .protocolViolation(let problem): problem.words
    case .cancelled: "interrupted"
    case .clientShutDown: "the connection to the cloud is shut down"
    }
  }

  /// What a person can do about it; nil when there is nothing to say.
  package var help: String? {
    switch kind {
    case .endpoint(.plainHTTP): "use https; http is for 127.0.0.1, ::1 and localhost"
    case .endpoint(.userInfo): "give the token by SNAPSH_TOKEN or in the profile"
    case .endpoint: "a base URL is like https://cloud.syminet.com/api/v1"
    case .credential, .authentication: "check the profile's token, or SNAPSH_TOKEN"
    case .denied: "the token may not do this; a restore needs rw on the snapshot and the slice"
    case .conflict: "wait for it with `wait`, then try again"
    case .quota: "use fewer jobs, or a lower rate"
    case .insufficientStorage: "delete snapshots that are not needed"
    case .network(.nameNotFound, _), .network(.refused, _), .network(.unreachable, _):
      "check the endpoint's address and the network"
    case .untrustedCertificate:
      "check the endpoint's name and this machine's clock and certificates; nothing was sent"
    case .redirect: "set the endpoint to the address that answers itself; redirects aren't followed"
    case .protocolViolation(.html), .protocolViolation(.otherShape):
      "check the endpoint: a proxy or a login page may stand before it"
    case .usage, .notFound, .server, .network, .timeout, .protocolViolation, .cancelled,
      .clientShutDown:
      nil
    }
  }
}

extension CloudEndpoint.Problem {
  fileprivate var words: String {
    switch self {
    case .notAURL: "the endpoint must be a URL"
    case .scheme(let scheme): "the endpoint's scheme must be https, not \"\(scheme)\""
    case .userInfo: "the endpoint must have no user name or password"
    case .host(let host): "the endpoint's host can't be \"\(host)\""
    case .port(let port): "the endpoint's port must be from 1 to 65535, not \"\(port)\""
    case .query: "the endpoint must have no query or fragment"
    case .path(let path): "the endpoint's path must end with /api/v1, not \"\(path)\""
    case .plainHTTP(let host): "the endpoint must be https, since \"\(host)\" is not this machine"
    }
  }
}

extension CloudError.NetworkProblem {
  fileprivate var words: String {
    switch self {
    case .nameNotFound(let host): "no address is known for \"\(host)\""
    case .refused: "the connection was refused"
    case .unreachable: "the host can't be reached"
    case .connectTimedOut: "no connection in time"
    case .tlsHandshake: "no agreement on encryption with the server"
    case .reset: "the connection was reset"
    case .closed: "the connection was closed before the answer was complete"
    case .notHTTP: "the answer is not HTTP"
    case .other(let type): "the connection failed (\(type))"
    }
  }
}

extension CloudError.ShapeProblem {
  fileprivate var words: String {
    switch self {
    case .html: "a web page came instead of the cloud's answer"
    case .otherShape: "the answer is not one of the cloud's API"
    case .badJSON: "the answer is not valid JSON"
    case .bodyCut: "the answer ended too early"
    case .bodyTooLong: "the answer is too long"
    case .wrongPage(let asked, let got): "page \(asked) was asked for and page \(got) came"
    }
  }
}
