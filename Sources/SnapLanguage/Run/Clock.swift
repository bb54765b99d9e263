import Glibc

/// The machine's wall clock.
package enum Clock {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package static func microseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}
