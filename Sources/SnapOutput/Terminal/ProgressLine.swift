/// The state of long work on one line of a terminal.
package struct ProgressLine: Sendable {
  package var label: String
  package var done: Int
  /// Nil when nobody knows.
  package var total: Int?
  /// What is being done right now.
  package var detail: String?

  package init(_ label: String, done: Int, total: Int?, detail: String? = nil) {
    self.label = label
    self.done = done
    self.total = total
    self.detail = detail
  }

  /// `rm  [=======>      ]  50%  12/24  web-1`, without a line end.
  ///
  /// What does not fit is left out: first the detail, then the bar, then the count; the label and
  /// the percentage are cut only by a very narrow terminal.
  package func text(width: Int) -> String {
    let label = TerminalText.escaped(label)
    let detail = detail.map { TerminalText.escaped($0) } ?? ""
    guard let total else { return fitted([label, "\(done)", detail], width: width) }
    let percent = Self.percent(done: done, of: total)
    let percentText = TerminalText.padded("\(percent)%", to: 4, right: true)
    let count = "\(done)/\(total)"
    let fixed = [label, percentText, count].map(TerminalText.width).reduce(0, +) + 6
    let room = width - fixed - (detail.isEmpty ? 0 : min(TerminalText.width(detail), 24) + 2)
    let barWidth = min(32, max(room, width - fixed))
    guard barWidth >= 8 else { return fitted([label, percentText, count, detail], width: width) }
    let bar = Self.bar(percent: percent, width: room >= 8 ? min(32, room) : barWidth)
    return fitted([label, bar, percentText, count, detail], width: width)
  }

  /// 100 only when all is done.
  private static func percent(done: Int, of total: Int) -> Int {
    if done >= total { return 100 }
    return max(0, min(99, Int(Double(done) / Double(total) * 100)))
  }

  private static func bar(percent: Int, width: Int) -> String {
    let inner = width - 2
    let filled = inner * percent / 100
    let head = percent > 0 && filled < inner ? ">" : ""
    let line = String(repeating: "=", count: filled) + head
    return "[" + TerminalText.padded(line, to: inner) + "]"
  }

  /// As many of the parts as fit, the last one cut.
  private func fitted(_ parts: [String], width: Int) -> String {
    var line = ""
    for part in parts where !part.isEmpty {
      let joined = line.isEmpty ? part : line + "  " + part
      let room = width - TerminalText.width(line) - (line.isEmpty ? 0 : 2)
      if TerminalText.width(part) > room {
        guard line.isEmpty || part == parts.last && room >= 4 else { return line }
        let cut = TerminalText.truncated(part, to: max(0, room))
        return line.isEmpty ? cut : line + "  " + cut
      }
      line = joined
    }
    return line
  }
}
