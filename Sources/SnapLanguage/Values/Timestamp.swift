/// Dates and times as text: ISO 8601 (and the API's blank in place of the `T`), UTC unless a zone
/// stands there. Times are microseconds since 1970-01-01T00:00:00Z.
package enum Timestamp {
  package static let microsecondsPerSecond = 1_000_000
  package static let microsecondsPerDay = 86_400 * microsecondsPerSecond

  /// `2026-08-01`, `2026-08-01T10:20`, `2026-08-01T10:20:30.925397Z`, `…+02:00`; nil for other text.
  package static func parse(_ text: String) -> Int? {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), (1...12).contains(month), day >= 1,
      day <= daysInMonth(year: year, month: month)
    else { return nil }
    var time = daysSinceEpoch(year: year, month: month, day: day) * microsecondsPerDay
    if reader.isAtEnd { return time }
    guard reader.take("T") || reader.take(" "), let hour = reader.digits(2), hour < 24,
      reader.take(":"), let minute = reader.digits(2), minute < 60
    else { return nil }
    var second = 0
    if reader.take(":") {
      guard let value = reader.digits(2), value < 60 else { return nil }
      second = value
    }
    time += ((hour * 60 + minute) * 60 + second) * microsecondsPerSecond
    if reader.take(".") {
      guard let fraction = reader.fraction() else { return nil }
      time += fraction
    }
    if reader.isAtEnd { return time }
    if reader.take("Z") { return reader.isAtEnd ? time : nil }
    let sign = reader.take("+") ? 1 : reader.take("-") ? -1 : 0
    guard sign != 0, let offsetHours = reader.digits(2), offsetHours < 24 else { return nil }
    _ = reader.take(":")
    guard let offsetMinutes = reader.digits(2), offsetMinutes < 60, reader.isAtEnd else {
      return nil
    }
    return time - sign * (offsetHours * 60 + offsetMinutes) * 60 * microsecondsPerSecond
  }

  /// `2026-08-01T10:20:30Z`, with microseconds where there are any.
  package static func text(_ time: Int) -> String {
    let civil = civil(time)
    let fraction = civil.microsecond == 0 ? "" : "." + padded(civil.microsecond, 6)
    return "\(date(civil))T\(clock(civil)):\(padded(civil.second, 2))\(fraction)Z"
  }

  /// `2026-08-01`.
  package static func dateText(_ time: Int) -> String { date(civil(time)) }

  /// `102030`: hours, minutes and seconds without separators, fit for a snapshot's name.
  package static func compactTimeText(_ time: Int) -> String {
    let civil = civil(time)
    return padded(civil.hour, 2) + padded(civil.minute, 2) + padded(civil.second, 2)
  }

  package struct Civil: Sendable {
    package let year: Int, month: Int, day: Int
    package let hour: Int, minute: Int, second: Int, microsecond: Int
  }

  package static func civil(_ time: Int) -> Civil {
    let days = floorDivide(time, microsecondsPerDay)
    let remainder = time % microsecondsPerDay
    let rest = remainder < 0 ? remainder + microsecondsPerDay : remainder
    let seconds = rest / microsecondsPerSecond
    let (year, month, day) = date(daysSinceEpoch: days)
    return Civil(
      year: year, month: month, day: day, hour: seconds / 3600, minute: seconds / 60 % 60,
      second: seconds % 60, microsecond: rest % microsecondsPerSecond)
  }

  private static func date(_ civil: Civil) -> String {
    "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
  }

  private static func clock(_ civil: Civil) -> String {
    "\(padded(civil.hour, 2)):\(padded(civil.minute, 2))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  /// Whole seconds since 1970 at `time`, rounded down.
  package static func seconds(_ time: Int) -> Int { floorDivide(time, microsecondsPerSecond) }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int {
    let quotient = a / b
    return a % b < 0 ? quotient - 1 : quotient
  }

  private static func daysInMonth(year: Int, month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant's `days_from_civil`: eras of 400 years that begin in March.
  package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = floorDivide(year, 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Howard Hinnant's `civil_from_days`.
  private static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

/// A reader of fixed-width numbers in ASCII text.
private struct DigitReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard at + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[at..<at + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    at += count
    return value
  }

  /// Decimal places as microseconds; places after the sixth are dropped.
  mutating func fraction() -> Int? {
    let start = at
    var value = 0
    var scale = 100_000
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
      value += Int(bytes[at] - 0x30) * scale
      scale /= 10
      at += 1
    }
    return at > start ? value : nil
  }
}
