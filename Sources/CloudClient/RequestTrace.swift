package import CloudAPI
import HTTPTypes
import OrderedJSON

/// What happens between the client and the cloud, as `--curl` and `-v` show it; never the token.
package enum RequestTrace: Sendable, Hashable {
  /// A request is about to be sent; `curl` repeats it in a shell that has `SNAPSH_TOKEN`.
  case sending(curl: String)
  /// `request` is the method and the URL.
  case answered(request: String, status: Int, took: Duration)
  case failed(CloudError, took: Duration)
  /// The next try is number `attempt`, from 2.
  case retrying(attempt: Int, after: Duration, because: CloudError)
}

/// Stands where the token would.
let tokenPlaceholder = "$SNAPSH_TOKEN"

extension Endpoint {
  /// A line for a shell that sends this call; the token is a variable of that shell.
  package func curl(to url: String) -> String {
    var words = ["curl", "--request", method.rawValue, "--url", shellQuoted(url)]
    words += ["--header", "\"authorization: bearer \(tokenPlaceholder)\""]
    if let body {
      words += ["--header", shellQuoted("content-type: application/json")]
      words += ["--data", shellQuoted(body.text())]
    }
    return words.joined(separator: " ")
  }
}

/// In single quotes, within which a POSIX shell reads everything but a single quote as it is.
private func shellQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}
