package import CloudAPI

/// What to do after a failed call.
package enum FailureClass: Sendable, Hashable {
  /// Not applied, or harmless to repeat: send again, not before `after`.
  case retry(after: Duration?)
  /// Perhaps applied: look, and send again when it was not.
  case retryAfterLookUp(after: Duration?)
  /// Another operation is running: wait until it ends, look, and send again when it was not applied.
  case waitThenLookUp
  /// Another operation is running: wait until it ends and send again.
  case waitThenRetry
  /// Perhaps applied, and never to be sent again by itself: look; unproven means unknown.
  case lookUp
  /// Not applied.
  case failed
  /// A deletion found nothing to delete.
  case alreadyGone
  /// No further request of the run should be sent.
  case stop
}

extension CloudError {
  /// The table of failures: one row for each kind of failure, one column for each verb.
  ///
  /// `afterAmbiguousTry`: an earlier try of the same operation may have been applied.
  package func failureClass(
    for verb: Verb, afterAmbiguousTry: Bool = false
  ) -> FailureClass {
    switch kind {
    case .endpoint, .credential, .authentication, .untrustedCertificate, .redirect, .clientShutDown:
      .stop
    case .network(_, sent: false), .timeout(sent: false): .retry(after: nil)
    case .network(_, sent: true), .timeout(sent: true), .server: ambiguous(for: verb)
    case .cancelled(sent: true): verb == .list ? .failed : ambiguous(for: verb)
    case .cancelled(sent: false): .failed
    case .protocolViolation(let problem): problem.failureClass(for: verb)
    case .denied, .usage: verb == .list ? .stop : .failed
    case .notFound: verb == .delete ? .alreadyGone : .failed
    case .conflict: conflict(for: verb, afterAmbiguousTry: afterAmbiguousTry)
    case .quota: .retry(after: retryAfter)
    case .insufficientStorage: .failed
    }
  }

  private func ambiguous(for verb: Verb) -> FailureClass {
    switch verb {
    case .list, .delete: .retry(after: retryAfter)
    case .create, .rename: .retryAfterLookUp(after: retryAfter)
    case .restore: .lookUp
    }
  }

  private func conflict(for verb: Verb, afterAmbiguousTry: Bool) -> FailureClass {
    switch verb {
    case .list: .retry(after: retryAfter)
    case .create, .rename: .waitThenLookUp
    case .delete: .waitThenRetry
    case .restore: afterAmbiguousTry ? .lookUp : .waitThenRetry
    }
  }
}

extension CloudError.ShapeProblem {
  /// For a list, an answer that may only be damaged is worth another try.
  fileprivate func failureClass(for verb: Verb) -> FailureClass {
    switch self {
    case .badJSON, .bodyCut: verb == .list ? .retry(after: nil) : .stop
    case .html, .otherShape, .bodyTooLong, .wrongPage: .stop
    }
  }
}

/// A column of the table of failures.
package enum Verb: Sendable, Hashable, CaseIterable { case list, create, rename, delete, restore }

extension Endpoint {
  package var verb: Verb {
    switch self {
    case .list, .listSlice: .list
    case .create: .create
    case .rename: .rename
    case .delete: .delete
    case .restore: .restore
    }
  }
}
