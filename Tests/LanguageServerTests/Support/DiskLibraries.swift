import Foundation
import SnapLanguage

/// Libraries that are real files.
struct DiskLibraries: LibraryLoader {
  func library(_ path: String, from source: SourceText) throws -> SourceText {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Failure(.usage, "can't read '\(path)'")
    }
    return SourceText(name: path, text: text)
  }
}

/// A folder of its own, which goes with the test.
final class TemporaryFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/snapsh lsp ü \(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
  }

  /// As editors write it.
  func uri(_ name: String) -> String { URL(fileURLWithPath: "\(path)/\(name)").absoluteString }
}
