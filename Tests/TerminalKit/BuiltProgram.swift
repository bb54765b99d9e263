import Glibc

/// A program of this package, as the test's own build has left it.
package struct BuiltProgram: Sendable {
  package let path: String

  /// Beside the running test program.
  package init(_ name: String) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
    }
    let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? ""
    path = "\(folder)/\(name)"
  }
}
