/// The lines of a table in which the cells that changed since the last time are set off.
package enum ChangedLines {
  /// `lines` and `before` are without colours. A line is the same row as the one before that begins
  /// with the same cell; ages don't count.
  ///
  /// - Returns: for each line its text with the changes in reverse video, nil when nothing changed.
  package static func marked(_ lines: [String], since before: [String]) -> [String?] {
    guard !before.isEmpty else { return lines.map { _ in nil } }
    let known = Dictionary(before.map { (key($0), $0) }) { first, _ in first }
    return lines.map { line in
      guard let old = known[key(line)] else { return reversed(line) }
      return old == line ? nil : marked(line, since: cells(old))
    }
  }

  private static func marked(_ line: String, since old: [Substring]) -> String? {
    let new = cells(line)
    var text = ""
    var end = line.startIndex
    var isChanged = false
    for (position, cell) in new.enumerated() {
      text += line[end..<cell.startIndex]
      end = cell.endIndex
      let isSame =
        new.count == old.count
        && (cell == old[position] || isAge(cell) && isAge(old[position]))
      isChanged = isChanged || !isSame
      text += isSame ? String(cell) : reversed(String(cell))
    }
    return isChanged ? text + line[end...] : nil
  }

  private static func reversed(_ text: String) -> String {
    text.isEmpty ? text : "\u{1b}[7m\(text)\u{1b}[0m"
  }

  private static func key(_ line: String) -> Substring { cells(line).first ?? "" }

  /// What two blanks stand between.
  private static func cells(_ line: String) -> [Substring] {
    var cells: [Substring] = []
    var rest = line[...]
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      let end = rest.firstRange(of: "  ")?.lowerBound ?? rest.endIndex
      cells.append(rest[..<end])
      rest = rest[end...]
    }
    return cells
  }

  private static func isAge(_ cell: Substring) -> Bool {
    let words = (cell.hasPrefix("in ") ? cell.dropFirst(3) : cell).split(separator: " ")
    return words.count == 2 && Int(words[0]) != nil
      && ["s", "min", "h", "d", "mon", "y"].contains(words[1])
  }
}
