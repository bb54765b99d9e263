import SnapLanguage

/// One record with a line for each field; long values go on in lines of their own.
struct Card {
  private let record: Record
  private let style: OutputStyle

  init(_ record: Record, style: OutputStyle) {
    self.record = record
    self.style = style
  }

  /// The lines, each with its end; none for a record without fields.
  var text: String {
    let keys = record.names.map { TerminalText.escaped($0) }
    let keyWidth = keys.map(TerminalText.width).max() ?? 0
    var text = ""
    for (key, position) in zip(keys, record.names.indices) {
      let (value, name) = (record[position], record.names[position])
      let tone =
        value.isNull ? Tone.faint : Tone(field: name, text: value.stringValue ?? "", of: record)
      text += field(key, lines: lines(value), tone, keyWidth: keyWidth)
    }
    return text
  }

  /// The value's own lines, for text that has several.
  private func lines(_ value: Value) -> [String] {
    if case .datetime(let time) = value {
      let age = Age.text(of: time, now: style.now)
      return ["\(value.words) (\(age.hasPrefix("in ") ? age : age + " ago"))"]
    }
    return value.words.split(separator: "\n", omittingEmptySubsequences: false).map {
      TerminalText.escaped(String($0))
    }
  }

  private func field(_ key: String, lines: [String], _ tone: Tone, keyWidth: Int) -> String {
    func toned(_ lines: [String]) -> [String] {
      lines.map { tone.apply(to: $0, isColored: style.isColored) }
    }
    let gap = TableLayout.gap
    guard let width = style.width else {
      return aligned(key, toned(lines), indent: keyWidth + gap)
    }
    if width - keyWidth - gap >= 10 {
      let room = width - keyWidth - gap
      return aligned(
        key, toned(lines.flatMap { TerminalText.wrapped($0, to: room) }), indent: keyWidth + gap)
    }
    // Too narrow for two columns: the value stands below its key.
    let room = max(1, width - gap)
    let below = toned(lines.flatMap { TerminalText.wrapped($0, to: room) })
    return title(TerminalText.truncated(key, to: width)) + "\n"
      + below.map { "  \($0)\n" }.joined()
  }

  private func aligned(_ key: String, _ lines: [String], indent: Int) -> String {
    let blanks = String(repeating: " ", count: indent)
    var text = title(key) + String(repeating: " ", count: indent - TerminalText.width(key))
    text += lines.first ?? ""
    text += "\n"
    for line in lines.dropFirst() { text += blanks + line + "\n" }
    return text
  }

  private func title(_ key: String) -> String {
    Tone.strong.apply(to: key, isColored: style.isColored)
  }
}
