import Glibc

/// The folders of the XDG Base Directory Specification, each with `snapsh` in it.
package struct Folders: Sendable {
  package let config: String
  package let state: String
  package let data: String
  package let cache: String
  package let home: String

  package init(environment: [String: String]) {
    let home = environment["HOME"] ?? "/"
    func folder(_ variable: String, _ fallback: String) -> String {
      // The specification: a relative path must be ignored.
      let set = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
      return (set ?? "\(home)/\(fallback)") + "/snapsh"
    }
    self.home = home
    config = folder("XDG_CONFIG_HOME", ".config")
    state = folder("XDG_STATE_HOME", ".local/state")
    cache = folder("XDG_CACHE_HOME", ".cache")
    data = folder("XDG_DATA_HOME", ".local/share")
  }

  package var localCloud: String { "\(data)/cloud" }

  package var plugins: String { "\(data)/plugins" }

  package var history: String { "\(state)/history" }

  /// The path from the root; a relative one is meant from the folder that the program is in.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return String(cString: current) + "/" + path
  }

  /// Makes a folder and those above it, for this user alone.
  package static func create(_ path: String) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      mkdir(made, 0o700)
    }
  }
}
