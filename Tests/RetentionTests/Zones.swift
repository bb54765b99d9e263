import Foundation
import Retention
import Testing

/// The zones beside this file, copies of those that systems have.
enum Zones {
  static func bytes(_ file: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Zones")
    return Array(try Data(contentsOf: folder.appending(path: file)))
  }

  /// By a name such as `Europe/Berlin`.
  static func named(_ name: String) throws -> Zone {
    if name == "UTC" { return .utc }
    let file = String(name.split(separator: "/").last ?? "")
    return try #require(Zone(name: name, file: try bytes(file)))
  }
}
