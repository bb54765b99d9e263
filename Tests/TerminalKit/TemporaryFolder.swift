import FoundationEssentials
import Glibc

/// A new folder that goes, with what is in it, when its last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws(TerminalError) {
    var template = Array("/tmp/snapsh-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .noFolder(errno: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  // What can't be removed stays in /tmp and harms no test.
  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func file(_ name: String) -> String { path + "/" + name }
}
