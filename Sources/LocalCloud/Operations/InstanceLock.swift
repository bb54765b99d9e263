import Glibc

/// A lock of the kernel that tells other processes that the one that took it still lives.
///
/// flock(2) belongs to the open file, so the lock goes with its process however that ends, and two
/// locks of one process exclude each other as well.
final class InstanceLock: InstanceRegister {
  let id: String
  private let folder: String
  private let path: String
  private let descriptor: Int32

  /// Takes a new lock in `folder`.
  init(in folder: String) throws(SystemCallError) {
    while true {
      let id = String(UInt64.random(in: .min ... .max), radix: 16)
      let path = Self.path(of: id, in: folder)
      let descriptor = try check(
        open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600), "open", path)
      // Who looks between these two calls finds the file without a lock, and removes it.
      var status = stat()
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0,
        status.st_nlink > 0
      {
        self.id = id
        self.folder = folder
        self.path = path
        self.descriptor = descriptor
        return
      }
      _ = close(descriptor)
    }
  }

  deinit {
    _ = unlink(path)
    _ = close(descriptor)
  }

  func known() async throws -> [String] {
    let folder = folder
    return try await BlockingThreads.records.run { try Self.all(in: folder) }
  }

  /// The kernel has ended all that a dead process began.
  func isGone(_ id: String) async throws -> Bool {
    let folder = folder
    return try await BlockingThreads.records.run { try !Self.isHeld(id, in: folder) }
  }

  /// The file went when its holder was found dead.
  func forget(_ id: String) async throws {}

  /// The kernel does.
  func keepAlive() async throws {}

  /// The lock goes with its owner.
  func leave() async throws {}

  /// Who needs a slice looks then.
  var interval: Duration? { nil }

  /// Whether the holder of the lock `id` lives; removes the file of a dead one.
  static func isHeld(_ id: String, in folder: String) throws(SystemCallError) -> Bool {
    let path = path(of: id, in: folder)
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw SystemCallError(call: "open", path: path, code: errno) }
      return false
    }
    defer { _ = close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
    _ = unlink(path)
    return false
  }

  /// The locks whose files are in `folder`.
  static func all(in folder: String) throws(SystemCallError) -> [String] {
    guard let listing = opendir(folder) else {
      throw SystemCallError(call: "opendir", path: folder, code: errno)
    }
    defer { closedir(listing) }
    var ids: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name.hasSuffix(suffix) { ids.append(String(name.dropLast(suffix.count))) }
    }
    return ids
  }

  private static let suffix = ".lock"

  private static func path(of id: String, in folder: String) -> String {
    folder + "/" + id + suffix
  }
}
