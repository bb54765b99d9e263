/// File URIs (RFC 8089) and the paths that they name.
enum FileURI {
  /// The path; nil for a URI of another scheme, or of another machine.
  static func path(_ uri: String) -> String? {
    let scheme = "file://"
    guard uri.lowercased().hasPrefix(scheme) else { return nil }
    let rest = uri.dropFirst(scheme.count)
    guard let slash = rest.firstIndex(of: "/"), ["", "localhost"].contains(rest[..<slash]) else {
      return nil
    }
    var bytes: [UInt8] = []
    var encoded = rest[slash...].prefix { $0 != "?" && $0 != "#" }.utf8
    while let byte = encoded.popFirst() {
      let hex = encoded.prefix(2)
      if byte == UInt8(ascii: "%"), hex.count == 2,
        let decoded = UInt8(String(decoding: hex, as: UTF8.self), radix: 16)
      {
        bytes.append(decoded)
        encoded = encoded.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return Self.normalized(String(decoding: bytes, as: UTF8.self))
  }

  static func uri(_ path: String) -> String {
    "file://"
      + path.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
          String(Unicode.Scalar(byte))
        default: "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
      }.joined()
  }

  /// `path` without `.`, `..` and doubled slashes.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
