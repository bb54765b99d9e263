import SnapLanguage
import SnapOutput

/// What `watch` draws: a line about the data, then the data.
struct WatchFrame {
  private let text: String
  private let every: Int
  private var result: WatchedResult?
  private var time = 0
  private var before: WatchedResult?
  /// Why the last read failed; the result is older then.
  var failure: String?

  init(text: String, every: Int) {
    self.text = text
    self.every = every
  }

  var hasResult: Bool { result != nil }

  mutating func take(_ new: WatchedResult, at time: Int) {
    (before, result) = (result, new)
    self.time = time
    failure = nil
  }

  /// The codes that draw it over what was there.
  ///
  /// - Throws: `Failure` when the result can't be shown in that form.
  func drawing(rows: Int, columns: Int, _ style: OutputStyle) throws -> String {
    var plain = style
    plain.isColored = false
    let shown = try lines(result, plain)
    let marked = ChangedLines.marked(shown, since: try lines(before, plain))
    let coloured = try lines(result, style)
    var lines = [header(columns, style.now)]
    if let failure {
      let note = TerminalText.truncated(
        TerminalText.escaped("the last read failed: \(failure)"), to: columns)
      lines.append(style.isColored ? "\u{1B}[1;31m\(note)\u{1B}[0m" : note)
    }
    let room = max(1, rows - lines.count)
    let count = shown.count <= room ? shown.count : max(0, room - 1)
    lines += (0..<count).map { marked[$0] ?? coloured[$0] }
    if count < shown.count { lines.append("… \(shown.count - count) more lines") }
    return "\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J"
  }

  private func lines(_ result: WatchedResult?, _ style: OutputStyle) throws -> [String] {
    try result?.text(style).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init) ?? []
  }

  /// `ls --query web, every 2s                     read 1s ago, 10:20:31 UTC, q leaves`.
  private func header(_ columns: Int, _ now: Int) -> String {
    let clock = Timestamp.text(now / 1_000_000 * 1_000_000).dropFirst(11).prefix(8)
    let right = "read \(ShortTime.text(microseconds: now - time)) ago · \(clock) UTC · q leaves"
    let left = TerminalText.escaped("\(text) · every \(Units.durationText(every))")
    let room = columns - TerminalText.width(right) - 2
    guard room >= 8 else { return TerminalText.truncated(left, to: columns) }
    return TerminalText.padded(TerminalText.truncated(left, to: room), to: room) + "  " + right
  }
}
