import CloudAPI
import Glibc
import NIOHTTP1
import OrderedJSON

extension Exchange.Answer {
  var date: HTTPDate? { headers.first(name: "date").flatMap { HTTPDate($0) } }
  var location: String? { headers.first(name: "location") }
  var isSuccess: Bool { (200...299).contains(status) }
  var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

  /// Seconds or a date; a date is taken against the answer's own `Date`, else this machine's clock.
  var retryAfter: Duration? {
    guard let text = headers.first(name: "retry-after") else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39) ~= $0 }), let seconds = Int(text) {
      return .seconds(min(seconds, 1_000_000_000))
    }
    guard let end = HTTPDate(text) else { return nil }
    return max(.zero, end - (date ?? HTTPDate(secondsSince1970: time(nil))))
  }
}

/// Judges the answers to one request, and makes errors of those that are not what was asked for.
struct AnswerReader {
  /// Method and URL.
  let request: String
  /// To be kept out of errors, also when the server repeats it.
  let token: String

  func error(_ failure: Exchange.Failure, sent: Bool) -> CloudError {
    let kind: CloudError.Kind =
      switch failure {
      case .network(let problem): .network(problem, sent: sent)
      // A certificate is looked at before anything is sent.
      case .untrustedCertificate: .untrustedCertificate
      case .timeout: .timeout(sent: sent)
      case .cancelled: .cancelled(sent: sent)
      case .clientShutDown: sent ? .network(.closed, sent: true) : .clientShutDown
      }
    return CloudError(kind, request: request)
  }

  /// What a 2xx answer of a read holds.
  func value<Value>(
    of answer: Exchange.Answer, _ parse: (JSON) -> Value?
  ) throws(CloudError) -> Value {
    try requireSuccess(answer)
    let bytes: [UInt8]
    switch answer.body {
    case .whole(let whole): bytes = whole
    case .cut(let part, _) where looksLikeHTML(part): throw violation(.html, answer)
    case .cut(_, .cancelled): throw error(.cancelled, sent: true)
    case .cut(_, .timeout): throw error(.timeout, sent: true)
    case .cut: throw violation(.bodyCut, answer)
    case .tooLong: throw violation(.bodyTooLong, answer)
    }
    let json: JSON
    do {
      json = try JSON(parsing: bytes)
    } catch {
      throw violation(problem(ofNoJSON: bytes, answer), answer)
    }
    guard let value = parse(json) else { throw violation(.otherShape, answer) }
    return value
  }

  /// The body of a 2xx answer to a mutation, if it is JSON: the status alone says "accepted", unless
  /// what came is a web page, which the API doesn't send.
  func acceptedBody(of answer: Exchange.Answer) throws(CloudError) -> JSON? {
    try requireSuccess(answer)
    let bytes: [UInt8]
    switch answer.body {
    case .whole(let whole): bytes = whole
    case .cut(let part, _): bytes = part
    case .tooLong: throw violation(.bodyTooLong, answer)
    }
    if let json = try? JSON(parsing: bytes) { return json }  // none is needed
    if !bytes.isEmpty, problem(ofNoJSON: bytes, answer) == .html { throw violation(.html, answer) }
    return nil
  }

  private func problem(
    ofNoJSON bytes: [UInt8], _ answer: Exchange.Answer
  ) -> CloudError.ShapeProblem {
    let type = answer.headers.first(name: "content-type")?.lowercased() ?? ""
    if looksLikeHTML(bytes) || type.hasPrefix("text/html") { return .html }
    return type.isEmpty || type.contains("json") ? .badJSON : .otherShape
  }

  private func requireSuccess(_ answer: Exchange.Answer) throws(CloudError) {
    guard !answer.isSuccess else { return }
    let kind: CloudError.Kind =
      switch answer.status {
      case _ where answer.isRedirect: .redirect(location: answer.location.map(shown))
      case 401: .authentication
      case 403: .denied
      case 404: .notFound
      case 507: .insufficientStorage
      case 408, 500...599: .server
      case 409, 423: .conflict
      case 429: .quota
      case 400...499: .usage
      default: .protocolViolation(.otherShape)
      }
    var error = CloudError(kind, request: request, status: answer.status)
    error.retryAfter = answer.retryAfter
    switch answer.body {
    case .whole(let bytes), .cut(let bytes, _):
      error.serverMessage = serverMessage(in: bytes, withholding: token)
    case .tooLong: break
    }
    throw error
  }

  private func violation(
    _ problem: CloudError.ShapeProblem, _ answer: Exchange.Answer
  ) -> CloudError {
    CloudError(.protocolViolation(problem), request: request, status: answer.status)
  }

  private func shown(_ location: String) -> String {
    escaped(withheld(token, from: location), limit: 200)
  }
}
