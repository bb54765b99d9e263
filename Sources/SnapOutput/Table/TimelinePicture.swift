import SnapLanguage

/// Days across, slices down: a cell a day.
package struct TimelinePicture: Sendable {
  package struct Line: Sendable {
    let label: String
    let cells: [Cell]
    /// What stands behind the cells.
    let remark: String

    package init(label: String, cells: [Cell], remark: String) {
      (self.label, self.cells, self.remark) = (label, cells, remark)
    }
  }

  package enum Cell: Sendable, Equatable {
    case empty
    /// Something is there that is worth nothing.
    case broken
    case amount(Int)
  }

  package enum Shades: Sendable {
    /// By fixed steps: 1, up to 3, up to 7, more.
    case counts
    /// From one eighth of the largest amount up to all of it.
    case bars
  }

  private let lines: [Line]
  private let firstDay: Int
  private let shades: Shades
  private let most: Int

  /// `firstDay`: that of the first cells, in days since 1970-01-01.
  package init(_ lines: [Line], firstDay: Int, shades: Shades) {
    (self.lines, self.firstDay, self.shades) = (lines, firstDay, shades)
    most = lines.lazy.flatMap(\.cells).reduce(1) { most, cell in
      if case .amount(let amount) = cell { max(most, amount) } else { most }
    }
  }

  private static let widestLabel = 20
  /// What a line takes beside its label and its cells.
  package static let remarkWidth = 14

  /// The days that fit on a line.
  package static func days(labels: some Sequence<String>, width: Int) -> Int {
    max(7, width - labelWidth(labels) - remarkWidth - 3)
  }

  private static func labelWidth(_ labels: some Sequence<String>) -> Int {
    min(widestLabel, labels.map { TerminalText.width(TerminalText.escaped($0)) }.max() ?? 0)
  }

  /// The lines below a calendar; each ends with a newline.
  package func text(isColored: Bool) -> String {
    let width = Self.labelWidth(lines.lazy.map(\.label))
    let indent = String(repeating: " ", count: width + 2)
    let ruler = Self.trimmed(indent + calendar)
    var text = Tone.faint.apply(to: ruler, isColored: isColored) + "\n"
    for line in lines {
      let escaped = TerminalText.escaped(line.label)
      let label = TerminalText.padded(TerminalText.truncated(escaped, to: width), to: width)
      let cells = line.cells.map { mark($0, isColored) }.joined()
      text += "\(label)  \(cells)  \(line.remark)\n"
    }
    return text
  }

  /// The day of the month above each Monday, where two columns are left for it.
  private var calendar: String {
    let count = lines.first?.cells.count ?? 0
    var text = ""
    for offset in 0..<count where text.count <= offset {
      let day = firstDay + offset
      let isMonday = (day + 3) % 7 == 0
      let number = Timestamp.dateText(day * Timestamp.microsecondsPerDay).suffix(2)
      text += isMonday && offset + 1 < count ? String(number) : " "
    }
    return text
  }

  private func mark(_ cell: Cell, _ isColored: Bool) -> String {
    switch cell {
    case .empty: Tone.faint.apply(to: "·", isColored: isColored)
    case .broken: Tone.bad.apply(to: "×", isColored: isColored)
    case .amount(let amount): Tone.good.apply(to: shade(amount), isColored: isColored)
    }
  }

  private func shade(_ amount: Int) -> String {
    switch shades {
    case .counts:
      switch amount {
      case ...1: "░"
      case ...3: "▒"
      case ...7: "▓"
      default: "█"
      }
    case .bars:
      ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][min(7, max(0, (amount * 8 - 1) / most))]
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// What the marks mean.
  package var legend: String {
    switch shades {
    case .counts: "· none  × incomplete only  ░ 1  ▒ 2–3  ▓ 4–7  █ 8 or more"
    case .bars: "· nothing  ▁ to █: gigabytes kept at the end of a day, █ = \(most) GB"
    }
  }
}
