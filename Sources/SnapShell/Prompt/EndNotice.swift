import SnapLanguage
import SnapOutput

/// What tells a person who looks elsewhere that long work has ended.
package struct EndNotice: Sendable {
  let how: Settings.Notify
  let after: Duration

  package init(_ how: Settings.Notify, after: Duration) {
    self.how = how
    self.after = after
  }

  /// The codes for the terminal; nil when the work was short, or nothing is wanted.
  package func codes(took: Duration, line: String, code: Int32) -> String? {
    guard took >= after else { return nil }
    switch how {
    case .off: return nil
    case .bell: return "\u{7}"
    case .message:
      let end = code == 0 ? "done" : "ended with \(code)"
      let time = ShortTime.text(took)
      // OSC 9 has no way to quote: only what is plain in every terminal goes into it.
      let shown = line.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" }
      return "\u{1B}]9;snapsh: \(end) after \(time): \(String(shown.prefix(60)))\u{7}\u{7}"
    }
  }
}
