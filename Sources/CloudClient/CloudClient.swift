package import CloudAPI
import HTTPTypes
import NIOHTTP1
package import OrderedJSON

/// The six calls of the API over HTTP, to one endpoint with one token.
///
/// Reads are tried again as the table of failures says; a mutation is sent once by `attempt`, and
/// what to do after a failure is its caller's. Has connections open until `shutdown`, which must
/// be called before the last reference goes.
package final class CloudClient: Sendable {
  package let configuration: ClientConfiguration
  let policy: RetryPolicy
  private let transport: any Transport
  private let tokens: TokenKeeper

  /// Over HTTP, unless another `transport` is given.
  package init(configuration: ClientConfiguration, transport: (any Transport)? = nil) {
    self.configuration = configuration
    policy = RetryPolicy(time: configuration.time)
    self.transport = transport ?? HTTPTransport(deadline: configuration.deadline)
    tokens = TokenKeeper(configuration.credential)
  }

  /// Ends all requests and connections; a second call does nothing.
  package func shutdown() async { await transport.shutdown() }

  /// Sends `mutation` exactly once, whatever happens.
  ///
  /// Waits before it while the cloud has asked for fewer requests. `afterAmbiguousTry`: an earlier
  /// try of the same operation may have been applied, which changes the class of some failures.
  /// `outlivesCancellation`: a cancellation keeps it from being sent, and does not break it off
  /// once it is under way, when its outcome would be unknown.
  package func attempt(
    _ mutation: Endpoint, afterAmbiguousTry: Bool = false, outlivesCancellation: Bool = false
  ) async -> MutationResult {
    guard mutation.isMutation else { return .failed(CloudError(.usage), .failed) }
    do throws(CloudError) {
      let sent = try await send(
        mutation, to: url(of: mutation), outlivesCancellation: outlivesCancellation)
      let body = try sent.reader.acceptedBody(of: sent.answer)
      return .accepted(body: body)
    } catch {
      noteThrottling(error)
      let failure = error.failureClass(for: mutation.verb, afterAmbiguousTry: afterAmbiguousTry)
      return .failed(error, failure)
    }
  }

  /// Waits as long as the table of failures says before try number `attempt` + 1, or returns false
  /// at once when there should be no further try: the budget of retries is used up, or the server
  /// asks for a pause of more than five minutes.
  package func pauseBeforeRetry(
    attempt: Int, because error: CloudError
  ) async throws(CloudError) -> Bool {
    guard error.retryAfter ?? .zero <= RetryPolicy.longestRetryAfter, policy.takeRetry() else {
      return false
    }
    let delay = policy.delay(attempt: attempt, after: error)
    configuration.trace?(.retrying(attempt: attempt + 1, after: delay, because: error))
    do {
      try await configuration.time.sleep(delay)
    } catch {
      throw CloudError(.cancelled(sent: false))
    }
    return true
  }

  /// Waits while the cloud has asked for fewer requests.
  ///
  /// - Throws: `CancellationError`.
  package func waitForQuiet() async throws(CancellationError) { try await policy.waitForQuiet() }

  func noteThrottling(_ error: CloudError) {
    let pause = error.retryAfter ?? .seconds(1)
    guard error.kind == .quota, pause <= RetryPolicy.longestRetryAfter else { return }
    policy.keepQuiet(for: pause)
  }

  package func url(of endpoint: Endpoint) -> String {
    "\(configuration.endpoint)\(endpoint.target)"
  }

  struct Sent {
    let answer: Exchange.Answer
    let reader: AnswerReader
  }

  /// One request and the answer to it, of any status; throws when there is no status.
  func send(
    _ endpoint: Endpoint, to url: String, outlivesCancellation: Bool = false
  ) async throws(CloudError) -> Sent {
    let request = "\(endpoint.method.rawValue) \(url)"
    let token = try await tokens.token()
    do {
      try await policy.waitForQuiet()
      try Task.checkCancellation()
    } catch {
      throw CloudError(.cancelled(sent: false), request: request)
    }
    policy.noteRequest()
    configuration.trace?(.sending(endpoint, url: url))
    let start = configuration.time.now()
    let message = message(endpoint, to: url, token: token)
    let exchange =
      if outlivesCancellation {
        await Task { [transport] in await transport.exchange(message) }.value
      } else {
        await transport.exchange(message)
      }
    let took = configuration.time.now() - start
    let reader = AnswerReader(request: request, token: token)
    let error: CloudError
    switch exchange {
    case .answer(let answer):
      configuration.trace?(.answered(request: request, status: answer.status, took: took))
      return Sent(answer: answer, reader: reader)
    case .notSent(let failure): error = reader.error(failure, sent: false)
    case .noAnswer(let failure): error = reader.error(failure, sent: true)
    }
    configuration.trace?(.failed(error, took: took))
    throw error
  }

  private func message(
    _ endpoint: Endpoint, to url: String, token: String
  ) -> TransportRequest {
    var headers = [
      (name: "host", value: configuration.endpoint.authority),
      (name: "user-agent", value: "snapsh"),
      (name: "accept", value: "application/json"),
      (name: "authorization", value: "bearer \(token)"),
    ]
    let body = endpoint.body.map { Array($0.text().utf8) }
    if body != nil { headers.append((name: "content-type", value: "application/json")) }
    return TransportRequest(
      method: HTTPMethod(rawValue: endpoint.method.rawValue), url: url, headers: headers, body: body
    )
  }
}

/// How the one sending of a mutation ended.
package enum MutationResult: Sendable {
  /// The cloud has taken the request and works on it; the body is nil when none came whole.
  case accepted(body: JSON?)
  case failed(CloudError, FailureClass)
}
