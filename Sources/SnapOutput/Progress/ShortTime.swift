/// How long something takes, as short as it can be read.
package enum ShortTime {
  package static func text(_ duration: Duration) -> String {
    let limit = Duration.seconds(Int.max / 1_000_000)
    return text(microseconds: Int(min(duration, limit).components.seconds) * 1_000_000)
  }

  /// `43s`, `12m05s`, `3h12m`, `2d04h`.
  package static func text(microseconds: Int) -> String {
    let seconds = max(0, microseconds) / 1_000_000
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
    case ..<86400: return "\(seconds / 3600)h\(two(seconds / 60 % 60))m"
    default: return "\(seconds / 86400)d\(two(seconds / 3600 % 24))h"
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
