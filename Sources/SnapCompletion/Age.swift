/// How long ago something was, in one unit, as tables show it: `43 s`, `12 min`, `3 h`, `5 d`.
enum Age {
  static func text(of time: Int, now: Int) -> String? {
    let (age, overflow) = now.subtractingReportingOverflow(time)
    guard !overflow, age >= 0 else { return nil }
    let minute = 60
    let hour = 60 * minute
    let day = 24 * hour
    let seconds = age / 1_000_000
    return switch seconds {
    case ..<minute: "\(seconds) s"
    case ..<hour: "\(seconds / minute) min"
    case ..<day: "\(seconds / hour) h"
    case ..<(60 * day): "\(seconds / day) d"
    case ..<(730 * day): "\(seconds / day * 12 / 365) mon"
    default: "\(seconds / (365 * day)) y"
    }
  }
}
