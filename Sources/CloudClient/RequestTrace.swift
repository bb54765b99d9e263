package import CloudAPI
import HTTPTypes
import OrderedJSON

/// What happens between the client and the cloud, as `--curl` and `-v` show it; never the token.
package enum RequestTrace: Sendable, Hashable {
  /// A request is about to be sent; the endpoint's `curl` repeats it.
  case sending(Endpoint, url: String)
  /// `request` is the method and the URL.
  case answered(request: String, status: Int, took: Duration)
  case failed(CloudError, took: Duration)
  /// The next try is number `attempt`, from 2.
  case retrying(attempt: Int, after: Duration, because: CloudError)
}

/// Stands where the token would.
let tokenPlaceholder = "$SNAPSH_TOKEN"

extension Endpoint {
  /// What sends this call in a shell; the token is a variable of that shell. `separator` stands
  /// between the options: with a line's end in it, the text is one of several lines.
  package func curl(to url: String, separator: String = " ") -> String {
    var options = ["curl --request \(method.rawValue)", "--url \(shellQuoted(url))"]
    options.append("--header \"authorization: bearer \(tokenPlaceholder)\"")
    if let body {
      options.append("--header \(shellQuoted("content-type: application/json"))")
      options.append("--data \(shellQuoted(body.text()))")
    }
    return options.joined(separator: separator)
  }
}

/// In single quotes, within which a POSIX shell reads everything but a single quote as it is.
private func shellQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}
