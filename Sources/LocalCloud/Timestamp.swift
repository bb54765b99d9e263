import Glibc

/// A moment as the API writes it: UTC, with microseconds.
package struct Timestamp: Sendable, Hashable, CustomStringConvertible {
  /// Since 1970-01-01 00:00 UTC.
  package let microseconds: Int

  package init(microseconds: Int) { self.microseconds = microseconds }

  /// The machine's clock.
  package static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: time.tv_sec * 1_000_000 + time.tv_nsec / 1000)
  }

  /// As `2025-02-04 10:19:36.925397`.
  package var description: String {
    var seconds = time_t(microseconds / 1_000_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(Int.init)
    return date.map(twoDigits).joined(separator: "-") + " "
      + time.map(twoDigits).joined(separator: ":") + "."
      + padded(microseconds % 1_000_000, to: 6)
  }
}

/// How long an operation took, as the API writes it: `43s`, `02s`.
func durationText(_ duration: Duration) -> String {
  let (seconds, attoseconds) = duration.components
  return twoDigits(Int(seconds) + (attoseconds > 0 ? 1 : 0)) + "s"
}

private func twoDigits(_ number: Int) -> String { padded(number, to: 2) }

private func padded(_ number: Int, to digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
