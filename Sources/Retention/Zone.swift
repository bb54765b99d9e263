package import SnapLanguage

/// A time zone: how far its clocks are from UTC at each moment.
package struct Zone: Sendable {
  package let name: String
  /// The moments at which the offset changes, ascending, in seconds since 1970.
  let transitions: [Int]
  /// The offset from each transition on, in seconds east of UTC.
  let offsets: [Int]
  /// Before the first transition.
  let firstOffset: Int
  /// After the last transition.
  let rule: ZoneRule?

  init(
    name: String, transitions: [Int] = [], offsets: [Int] = [], firstOffset: Int = 0,
    rule: ZoneRule? = nil
  ) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.rule = rule
  }

  package static let utc = Zone(name: "UTC")

  /// Seconds east of UTC at a moment in seconds since 1970.
  package func offset(at second: Int) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: second) ?? firstOffset }
    if second >= last { return rule?.offset(at: second) ?? offsets[offsets.count - 1] }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : offsets[low - 1]
  }

  /// What calendar and clock show at `time`, in microseconds since 1970.
  package func civil(_ time: Int) -> Timestamp.Civil {
    Timestamp.civil(
      time + offset(at: Timestamp.seconds(time)) * Timestamp.microsecondsPerSecond)
  }

  /// The days since 1970-01-01 that calendars show at `time`.
  package func day(of time: Int) -> Int {
    let civil = civil(time)
    return Timestamp.daysSinceEpoch(year: civil.year, month: civil.month, day: civil.day)
  }

  /// The moment at which the clocks show `local`, microseconds since 1970-01-01T00:00 by them.
  ///
  /// For a time that comes twice or never, it is the one that Go's `time.Date` gives, since that is
  /// what restic reckons with: the offset in force when UTC clocks show it, else the one at the
  /// moment that this offset leads to.
  func time(local: Int) -> Int {
    let second = Timestamp.seconds(local)
    let offset = offset(at: second - self.offset(at: second))
    return local - offset * Timestamp.microsecondsPerSecond
  }
}
