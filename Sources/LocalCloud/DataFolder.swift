import Glibc

/// The folder that a local cloud lives in.
///
///     cloud.sqlite        what there is, and the operations
///     disks/3001.img      the disk of a slice
///     snapshots/14001.img
///     instances/ID.lock   locked while the process lives that wrote it
struct DataFolder: Sendable {
  let path: String

  /// Creates what is missing, for the owner's eyes only.
  init(creating path: String) throws {
    self.path = path
    try Self.create(path)
    try Self.create(instances)
    // SQLite gives its other files the mode of this one.
    _ = try OpenFile(database, O_RDWR | O_CREAT)
  }

  var database: String { path + "/cloud.sqlite" }
  var instances: String { path + "/instances" }

  /// Creates a folder of mode 0700, and those above it, unless it exists.
  static func create(_ path: String) throws(SystemCallError) {
    if mkdir(path, 0o700) == 0 { return }
    switch errno {
    case EEXIST: return
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
        throw SystemCallError(call: "mkdir", path: path, code: ENOENT)
      }
      try create(String(path[..<slash]))
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw SystemCallError(call: "mkdir", path: path, code: errno)
      }
    default: throw SystemCallError(call: "mkdir", path: path, code: errno)
    }
  }
}
