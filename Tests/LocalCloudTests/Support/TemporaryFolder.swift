import Foundation
import Glibc
import LocalCloud

/// A folder that goes with its last owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/snapsh-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SystemCallError(call: "mkdtemp", path: "/tmp", code: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    // What can't be removed stays in the folder for temporary files.
    try? FileManager.default.removeItem(atPath: path)
  }
}
