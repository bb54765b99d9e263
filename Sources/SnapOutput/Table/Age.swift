import SnapLanguage

/// How long ago something was, in one unit.
package enum Age {
  /// `43 s`, `12 min`, `3 h`, `5 d`, `8 mon`, `2 y`; `in 3 h` for what is yet to come.
  package static func text(of time: Int, now: Int) -> String {
    let (age, overflow) = now.subtractingReportingOverflow(time)
    if overflow { return "-" }
    let seconds = age.magnitude / UInt(Timestamp.microsecondsPerSecond)
    let text = text(seconds: Int(seconds))
    return age < 0 && seconds > 0 ? "in " + text : text
  }

  private static let day = 24 * 60 * 60 * Timestamp.microsecondsPerSecond

  /// The last day's is new, and what is older than a month fades.
  static func tone(of time: Int, now: Int) -> Tone {
    let (age, overflow) = now.subtractingReportingOverflow(time)
    if overflow || age > 30 * day { return .faint }
    return age < day ? .good : .plain
  }

  private static func text(seconds: Int) -> String {
    let minute = 60
    let hour = 60 * minute
    let day = 24 * hour
    switch seconds {
    case ..<minute: return "\(seconds) s"
    case ..<hour: return "\(seconds / minute) min"
    case ..<day: return "\(seconds / hour) h"
    case ..<(60 * day): return "\(seconds / day) d"
    case ..<(730 * day): return "\(seconds / day * 12 / 365) mon"
    default: return "\(seconds / (365 * day)) y"
    }
  }
}
