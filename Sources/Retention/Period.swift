import SnapLanguage

/// A rule's measure: of each such stretch of time it keeps the newest.
package enum Period: String, CaseIterable, Sendable {
  /// Each snapshot is one of its own.
  case last
  case hourly, daily, weekly, monthly, yearly

  /// A number that is the same for all moments of one stretch. `position` counts from the newest.
  func number(of civil: Timestamp.Civil, position: Int) -> Int {
    switch self {
    case .last: position
    case .hourly:
      ((civil.year * 100 + civil.month) * 100 + civil.day) * 100 + civil.hour
    case .daily: (civil.year * 100 + civil.month) * 100 + civil.day
    case .weekly: Self.isoWeek(civil)
    case .monthly: civil.year * 100 + civil.month
    case .yearly: civil.year
    }
  }

  /// The day, hour and so on, for words.
  package var noun: String {
    switch self {
    case .last: "snapshot"
    case .hourly: "hour"
    case .daily: "day"
    case .weekly: "week"
    case .monthly: "month"
    case .yearly: "year"
    }
  }

  /// The year and the week of ISO 8601: a week begins on Monday and belongs to the year that its
  /// Thursday is in.
  private static func isoWeek(_ civil: Timestamp.Civil) -> Int {
    let day = Timestamp.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day)
    // 1970-01-01 was a Thursday: days from Monday on, 0...6.
    let weekday = ((day + 3) % 7 + 7) % 7
    let thursday = day - weekday + 3
    let year = Timestamp.civil(thursday * Timestamp.microsecondsPerDay).year
    let newYear = Timestamp.daysSinceEpoch(year: year, month: 1, day: 1)
    return year * 100 + (thursday - newYear) / 7 + 1
  }
}
