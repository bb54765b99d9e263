import Glibc

/// Why Ceph doesn't do what it was asked.
package enum CephError: Error, Hashable {
  /// librados or librbd isn't on this machine; the loader's words.
  case noLibrary(String)
  /// A call failed with a value of `errno`; `object` is what it was about.
  case failed(call: String, object: String, code: Int32)
  /// What the text behind `--store` must be.
  case badAddress(String)
}

extension CephError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noLibrary(let reason): "Ceph's libraries can't be loaded: \(reason)"
    case .failed(let call, let object, let code):
      "\(call) \"\(object)\": \(Self.words(for: code))"
    case .badAddress(let text): "'\(text)' is no store"
    }
  }

  /// What can be done about it, if it is plain.
  package var help: String? {
    switch self {
    case .noLibrary: "on Debian and Ubuntu: apt-get install librados2 librbd1"
    case .badAddress: "such as ceph://POOL; without --store files in the data folder are used"
    case .failed(_, _, ENOENT): "see that the pool exists: ceph osd pool ls"
    case .failed(_, _, EACCES), .failed(_, _, EPERM):
      "give the user what it needs: ceph auth get-or-create client.NAME mon 'profile rbd' osd "
        + "'profile rbd pool=POOL'"
    case .failed(_, _, ETIMEDOUT): "see that the cluster is up: ceph -s"
    case .failed: nil
    }
  }

  private static func words(for code: Int32) -> String {
    // Ceph's name for it; errno's words would be "cannot send after transport endpoint shutdown".
    if code == blocklisted { return "this client is shut out of the cluster (blocklisted)" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
        return "error \(code)"
      }
      return String(cString: start)
    }
  }

  /// EBLOCKLISTED of librados.
  static let blocklisted = ESHUTDOWN
}
