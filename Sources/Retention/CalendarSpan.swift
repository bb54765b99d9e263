import SnapLanguage

/// A time to count back by the calendar, as restic writes it: `1y5m7d2h`. A month is a calendar
/// month and a day a calendar day, which may have 23 or 25 hours; an hour is an hour.
package struct CalendarSpan: Sendable, Hashable, CustomStringConvertible {
  private(set) var years = 0
  private(set) var months = 0
  private(set) var days = 0
  private(set) var hours = 0

  private static let units:
    [(unit: Character, part: any WritableKeyPath<CalendarSpan, Int> & Sendable)] = [
      ("y", \.years), ("m", \.months), ("d", \.days), ("h", \.hours),
    ]

  /// No calendar is so long that it would overflow.
  private static let most = 99_999

  /// - Throws: `PolicyError.Span`, what is wrong with the text.
  init(_ text: String) throws(PolicyError.Span) {
    var rest = text[...]
    var seen: Set<Character> = []
    while !rest.isEmpty {
      if rest.first == "-" { throw .negative }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[digits.endIndex...]
      let word = rest.prefix { $0.isLetter }
      rest = rest[word.endIndex...]
      guard !digits.isEmpty, !word.isEmpty else { throw .noUnit }
      guard let (unit, part) = Self.units.first(where: { String($0.unit) == word }) else {
        throw .unknownUnit(String(word))
      }
      guard seen.insert(unit).inserted else { throw .unitTwice(unit) }
      guard let number = Int(digits), number <= Self.most else { throw .tooLong }
      self[keyPath: part] = number
    }
    if seen.isEmpty { throw .noUnit }
  }

  var isZero: Bool { years == 0 && months == 0 && days == 0 && hours == 0 }

  package var description: String {
    Self.units.map { unit, part in self[keyPath: part] == 0 ? "" : "\(self[keyPath: part])\(unit)" }
      .joined()
  }

  /// The moment that lies this far before `time`, in microseconds. A day that its month lacks goes on
  /// into the next month: a month before the 31st of March is the 2nd or 3rd of March.
  func before(_ time: Int, in zone: Zone) -> Int {
    let civil = zone.civil(time)
    let month = (civil.year - years) * 12 + civil.month - 1 - months
    let (year, monthOfYear) = month.quotientAndRemainder(dividingBy: 12)
    let first = Timestamp.daysSinceEpoch(
      year: monthOfYear < 0 ? year - 1 : year,
      month: (monthOfYear < 0 ? monthOfYear + 12 : monthOfYear) + 1, day: 1)
    let day = first + civil.day - 1 - days
    let second = (civil.hour * 60 + civil.minute) * 60 + civil.second
    let local =
      day * Timestamp.microsecondsPerDay + second * Timestamp.microsecondsPerSecond
      + civil.microsecond
    return zone.time(local: local) - hours * 3600 * Timestamp.microsecondsPerSecond
  }
}
