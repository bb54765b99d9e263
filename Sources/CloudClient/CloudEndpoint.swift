import CloudAPI

/// The base URL of a cloud, up to and with `/api/v1`, parsed and checked.
///
/// `https` only, save for loopback; no user name, query or fragment, so that no secret hides in it.
package struct CloudEndpoint: Sendable, Hashable, CustomStringConvertible {
  package enum Scheme: String, Sendable { case http, https }

  package let scheme: Scheme
  /// As in a URL: lower case, an IPv6 address in brackets.
  package let host: String
  /// Nil stands for the scheme's own.
  package let port: Int?
  /// From the first slash, without one at the end.
  package let path: String

  package init(_ text: String) throws(CloudError) {
    do throws(Problem) {
      (scheme, host, port, path) = try Self.parts(of: text)
    } catch {
      throw CloudError(.endpoint(error))
    }
  }

  /// Host and, when it is not the scheme's own, port: the value of a `host` header.
  package var authority: String {
    guard let port, port != Self.defaultPort(scheme) else { return host }
    return "\(host):\(port)"
  }

  package var isLoopback: Bool { Self.isLoopback(host) }

  /// `scheme://authority`, to which absolute paths are appended.
  var origin: String { "\(scheme.rawValue)://\(authority)" }

  package var description: String { origin + path }

  /// What is wrong with a base URL.
  package enum Problem: Error, Hashable {
    case notAURL
    case scheme(String)
    case userInfo
    case host(String)
    case port(String)
    case query
    case path(String)
    /// `http` to a host that is not this machine.
    case plainHTTP(host: String)
  }
}

extension CloudEndpoint {
  private static func defaultPort(_ scheme: Scheme) -> Int { scheme == .https ? 443 : 80 }

  private static func parts(of text: String) throws(Problem) -> (Scheme, String, Int?, String) {
    guard let colon = text.firstRange(of: "://"), text.utf8.allSatisfy({ (0x21...0x7E) ~= $0 })
    else { throw .notAURL }
    let name = text[..<colon.lowerBound].lowercased()
    guard let scheme = Scheme(rawValue: name) else { throw .scheme(name) }
    let rest = text[colon.upperBound...]
    let authority = rest.prefix { !"/?#\\".contains($0) }
    guard !authority.contains("@") else { throw .userInfo }
    let tail = rest[authority.endIndex...]
    guard !tail.contains(where: { "?#".contains($0) }) else { throw .query }
    let (host, port) = try hostAndPort(authority)
    guard scheme == .https || isLoopback(host) else { throw .plainHTTP(host: host) }
    return (scheme, host, port, try basePath(tail))
  }

  private static func hostAndPort(_ text: Substring) throws(Problem) -> (String, Int?) {
    let host: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { throw .host(String(text)) }
      host = text[...end]
      guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || ":.".contains($0) }),
        host.contains(":")
      else { throw .host(String(host)) }
    } else {
      host = text.prefix { $0 != ":" }
      let isName = host.utf8.allSatisfy { byte in
        (0x30...0x39) ~= byte || (0x61...0x7A) ~= (byte | 0x20)
          || [0x2D, 0x2E, 0x5F].contains(byte)
      }
      guard !host.isEmpty, isName else { throw .host(String(host)) }
    }
    let tail = text[host.endIndex...]
    guard !tail.isEmpty else { return (host.lowercased(), nil) }
    let digits = tail.dropFirst()
    guard tail.first == ":", digits.allSatisfy({ ("0"..."9").contains($0) }),
      let port = Int(digits), (1...65535).contains(port)
    else { throw .port(String(digits)) }
    return (host.lowercased(), port)
  }

  private static func basePath(_ text: Substring) throws(Problem) -> String {
    var path = text
    while path.hasSuffix("/") { path = path.dropLast() }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard path.hasSuffix(Endpoint.basePath),
      !segments.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
      !path.contains(where: { "\\\"<>^`{|}".contains($0) })
    else { throw .path(String(text)) }
    return String(path)
  }

  /// 127.0.0.0/8 in four decimal parts, `::1`, `localhost`; other spellings of them don't count.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        part.allSatisfy { ("0"..."9").contains($0) } && UInt8(part) != nil
          && (part.count == 1 || part.first != "0")
      }
  }
}
