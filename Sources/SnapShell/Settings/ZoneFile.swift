import Retention
import SnapCommands

/// The time zones of this machine, by their names in its database.
enum ZoneFile {
  /// Where the C library looks, unless `TZDIR` names another folder.
  private static let folder = "/usr/share/zoneinfo"

  /// Nil when there is none of that name.
  static func zone(_ name: String, environment: [String: String]) -> Zone? {
    if name.uppercased() == "UTC" { return .utc }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
      return nil
    }
    // A name that can't be read is as good as none: all the caller can say is that it isn't there.
    let file = try? FileContents.read("\(environment["TZDIR"] ?? folder)/\(name)")
    return file.flatMap { Zone(name: name, file: $0) }
  }
}
