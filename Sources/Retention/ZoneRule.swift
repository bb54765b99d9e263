import SnapLanguage

/// The rule for a zone's future: a TZ string as POSIX describes it, with the extensions of RFC 8536,
/// section 3.3.1, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
  /// Seconds east of UTC.
  private var standard = 0
  private var summer: Summer?

  private struct Summer: Sendable {
    var offset: Int
    var start: Change
    var end: Change
  }

  /// A moment in each year, by the clocks that are in force before it.
  private struct Change: Sendable {
    enum Day: Sendable {
      /// 1...365, without the 29th of February.
      case julian(Int)
      /// 0...365.
      case ofYear(Int)
      /// The `week`th weekday of the month, the last for 5; Sunday is 0.
      case weekday(month: Int, week: Int, weekday: Int)
    }
    var day: Day
    /// Seconds after midnight; may be negative or above a day.
    var time = 2 * 3600

    /// Seconds since 1970 by the local clocks.
    func local(in year: Int) -> Int { days(in: year) * 86_400 + time }

    private func days(in year: Int) -> Int {
      let newYear = Timestamp.daysSinceEpoch(year: year, month: 1, day: 1)
      switch day {
      case .julian(let day):
        let march = Timestamp.daysSinceEpoch(year: year, month: 3, day: 1)
        return day >= 60 ? march + day - 60 : newYear + day - 1
      case .ofYear(let day): return newYear + day
      case .weekday(let month, let week, let weekday):
        let first = Timestamp.daysSinceEpoch(year: year, month: month, day: 1)
        // 1970-01-01 was a Thursday.
        let firstWeekday = ((first + 4) % 7 + 7) % 7
        var day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        let next = Timestamp.daysSinceEpoch(
          year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        while day >= next { day -= 7 }
        return day
      }
    }
  }

  /// Seconds east of UTC at a moment in seconds since 1970.
  func offset(at second: Int) -> Int {
    guard let summer else { return standard }
    let year = Timestamp.civil((second + standard) * Timestamp.microsecondsPerSecond).year
    let start = summer.start.local(in: year) - standard
    let end = summer.end.local(in: year) - summer.offset
    let isSummer =
      start < end ? (start..<end).contains(second) : !(end..<start).contains(second)
    return isSummer ? summer.offset : standard
  }

  /// Nil for text that isn't such a string.
  init?(_ text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    guard reader.takeName(), let west = reader.takeTime() else { return nil }
    standard = -west
    if reader.rest.isEmpty { return }
    guard reader.takeName() else { return nil }
    var offset = standard + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.takeTime() else { return nil }
      offset = -west
    }
    guard let start = reader.takeChange(), let end = reader.takeChange(), reader.rest.isEmpty else {
      return nil
    }
    summer = Summer(offset: offset, start: start, end: end)
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func takeName() -> Bool {
      if take("<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[(end + 1)...]
        return true
      }
      let name = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
      rest = rest.dropFirst(name.count)
      return name.count >= 3
    }

    mutating func takeNumber(_ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }.prefix(3)
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
      let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return range.contains(number) ? number : nil
    }

    /// `[+|-]hh[:mm[:ss]]` as seconds.
    mutating func takeTime() -> Int? {
      let sign = take("-") ? -1 : 1
      if sign > 0 { _ = take("+") }
      guard let hours = takeNumber(0...167) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(":") {
        guard let number = takeNumber(0...59) else { return nil }
        seconds += number * unit
      }
      return sign * seconds
    }

    mutating func takeChange() -> Change? {
      guard take(","), let day = takeDay() else { return nil }
      guard take("/") else { return Change(day: day) }
      return takeTime().map { Change(day: day, time: $0) }
    }

    private mutating func takeDay() -> Change.Day? {
      if take("J") { return takeNumber(1...365).map(Change.Day.julian) }
      guard take("M") else { return takeNumber(0...365).map(Change.Day.ofYear) }
      guard let month = takeNumber(1...12), take("."), let week = takeNumber(1...5), take("."),
        let weekday = takeNumber(0...6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
  }
}
