package import CloudClient
package import SnapLanguage

extension Failure {
  /// A cloud's error as the language's failure; `notFound` has the words for a 404, which the client
  /// can't know.
  package init(_ error: CloudError, notFound: String? = nil) {
    let message =
      if case .notFound = error.kind, let notFound { notFound } else { error.description }
    self.init(
      Kind(error.kind), message, help: error.help, status: error.status, exitCode: error.exitCode)
  }
}

extension Failure.Kind {
  fileprivate init(_ kind: CloudError.Kind) {
    self =
      switch kind {
      case .endpoint, .usage: .usage
      case .credential, .authentication, .denied: .denied
      case .notFound: .notfound
      case .conflict: .conflict
      case .quota, .insufficientStorage: .quota
      case .server, .protocolViolation, .redirect: .server
      case .network, .untrustedCertificate, .clientShutDown: .network
      case .timeout: .timeout
      case .cancelled: .cancelled
      }
  }
}

extension CloudError {
  /// 4 for what is wrong with the credential, 2 for an endpoint that can't be one; nil for the rest.
  fileprivate var exitCode: Int32? {
    switch kind {
    case .authentication, .credential: ExitCode.authentication
    case .endpoint: ExitCode.usage
    default: nil
    }
  }
}
