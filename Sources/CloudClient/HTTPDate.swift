/// A point in time in whole seconds, as the `Date` and `Retry-After` headers write it
/// (RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`).
package struct HTTPDate: Sendable, Hashable, Comparable {
  package let secondsSince1970: Int

  package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

  /// Nil when `text` is no IMF-fixdate; the two obsolete formats are not read.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
      let day = Self.number(parts[1], digits: 2), (1...31).contains(day),
      let month = Self.months.firstIndex(where: { $0 == parts[2] }),
      let year = Self.number(parts[3], digits: 4)
    else { return nil }
    let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 3, let hour = Self.number(clock[0], digits: 2), hour < 24,
      let minute = Self.number(clock[1], digits: 2), minute < 60,
      let second = Self.number(clock[2], digits: 2), second <= 60
    else { return nil }
    let days = Self.daysSince1970(year: year, month: month + 1, day: day)
    secondsSince1970 = ((days * 24 + hour) * 60 + minute) * 60 + second
  }

  package static func < (a: Self, b: Self) -> Bool { a.secondsSince1970 < b.secondsSince1970 }

  package static func - (a: Self, b: Self) -> Duration {
    .seconds(a.secondsSince1970 - b.secondsSince1970)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39) ~= $0 }) else {
      return nil
    }
    return Int(text)
  }

  /// Counted in years that begin in March, so that a leap day is the last of its year.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
