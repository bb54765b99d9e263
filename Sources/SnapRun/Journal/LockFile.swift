import Glibc
import Synchronization

/// Locks between processes on single bytes of a file: the kernel frees them when their holder dies.
///
/// They are the "open file description locks" of Linux (fcntl(2)), which belong to this object's
/// descriptor alone. A byte stands for a run, a slice of an endpoint, or a
/// script.
package final class LockFile: Sendable {
  private let descriptor: Int32
  /// The bytes that this object holds; the kernel lets the same descriptor take them again.
  private let held = Mutex<Set<Int>>([])

  /// - Throws: `JournalError`.
  package init(path: String) throws(JournalError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw JournalError(problem: .unusable(String(cString: strerror(errno))), path: path)
    }
  }

  deinit { close(descriptor) }

  /// False when it is held already, by this process or by another.
  package func take(_ byte: Int) -> Bool {
    held.withLock { held in
      guard !held.contains(byte), change(byte, to: Int16(F_WRLCK)) else { return false }
      held.insert(byte)
      return true
    }
  }

  package func free(_ byte: Int) {
    held.withLock { held in
      _ = change(byte, to: Int16(F_UNLCK))
      held.remove(byte)
    }
  }

  func isTaken(_ byte: Int) -> Bool {
    if held.withLock({ $0.contains(byte) }) { return true }
    var lock = Self.lock(byte, Int16(F_WRLCK))
    guard fcntl(descriptor, Self.getCommand, &lock) == 0 else { return true }
    return lock.l_type != Int16(F_UNLCK)
  }

  private func change(_ byte: Int, to type: Int16) -> Bool {
    var lock = Self.lock(byte, type)
    return fcntl(descriptor, Self.setCommand, &lock) == 0
  }

  private static func lock(_ byte: Int, _ type: Int16) -> flock {
    var lock = flock()
    lock.l_type = type
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = byte
    lock.l_len = 1
    return lock
  }

  /// F_OFD_GETLK and F_OFD_SETLK, which the C library shows to GNU sources alone.
  private static let getCommand: Int32 = 36
  private static let setCommand: Int32 = 37
}
