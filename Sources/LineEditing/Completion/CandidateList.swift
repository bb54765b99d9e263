/// The lines that show candidates: by groups; in aligned columns, or one a line with its details.
struct CandidateList {
  let candidates: [Candidate]
  let note: String?
  /// The part of the text that they fit; it is marked where they have it.
  let typed: String

  private struct Line {
    var menuLine: MenuLine
    var candidates: [Int] = []
  }

  /// At most `rows` lines, the one of the `selected` candidate among them; the last one says what is
  /// left out.
  func lines(rows: Int, columns: Int, selected: Int?, usesStyles: Bool) -> [MenuLine] {
    let all = lines(columns: columns, selected: selected, usesStyles: usesStyles)
    let dim: (String) -> MenuLine = { text in
      let shown = text.shortened(columns: columns)
      let range = StyledRange(0..<shown.unicodeScalars.count, .dim)
      return MenuLine(text: shown, styles: usesStyles ? [range] : [])
    }
    let notes = [note].compactMap(\.self)
    if all.count + notes.count <= rows { return all.map(\.menuLine) + notes.map(dim) }
    let height = max(0, rows - 1)
    let line = selected.flatMap { index in all.firstIndex { $0.candidates.contains(index) } } ?? 0
    let top = max(0, min(line - height / 2, all.count - height))
    let shown = all[top..<min(all.count, top + height)]
    let left = candidates.count - shown.reduce(0) { $0 + $1.candidates.count }
    let more = "\(left) more: Tab goes through them, typing narrows"
    return shown.map(\.menuLine) + [dim(([more] + notes).joined(separator: "; "))]
  }

  private func lines(columns: Int, selected: Int?, usesStyles: Bool) -> [Line] {
    let groups = groups
    return groups.flatMap { group in
      let hasDetails = group.contains { candidates[$0].details.contains { !$0.isEmpty } }
      var lines =
        hasDetails ? detailed(group, columns: columns) : packed(group, columns: columns)
      if usesStyles { style(&lines, selected) }
      guard groups.count > 1, let name = group.first.map({ candidates[$0].group }), !name.isEmpty
      else { return lines.map(\.line) }
      let heading = usesStyles ? name : name + ":"
      let style = StyledRange(0..<heading.unicodeScalars.count, Style(bold: true, underlined: true))
      return [Line(menuLine: MenuLine(text: heading, styles: usesStyles ? [style] : []))]
        + lines.map(\.line)
    }
  }

  /// The indices of the candidates, a group each.
  private var groups: [[Int]] {
    candidates.indices.reduce(into: []) { groups, index in
      if let last = groups.last?.last, candidates[last].group == candidates[index].group {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
  }

  /// A line and where in it its candidates and their details stand, in scalars.
  private struct Laid {
    var line: Line
    var words: [(candidate: Int, range: Range<Int>)] = []
    var details: Range<Int>?
  }

  private func detailed(_ group: [Int], columns: Int) -> [Laid] {
    let shown = group.map { candidates[$0] }
    let widest = shown.map(\.display.columns).max() ?? 0
    let word = min(widest, max(8, columns / 2))
    let detailColumns = (0..<(shown.map(\.details.count).max() ?? 0)).map { column in
      DetailColumn(shown.map { column < $0.details.count ? $0.details[column] : "" })
    }
    return group.indices.map { row in
      let display = shown[row].display.shortened(columns: word)
      var text = display
      var room = columns - word
      if detailColumns.contains(where: { !$0.cells[row].isEmpty }) {
        text += String(repeating: " ", count: word - display.columns)
        for column in detailColumns where column.width > 0 && room > 2 {
          let cell = column.cell(row).shortened(columns: room - 2)
          text += "  " + cell
          room -= 2 + cell.columns
        }
        while text.last == " " { text.removeLast() }
      }
      let end = display.unicodeScalars.count
      let line = Line(menuLine: MenuLine(text: text), candidates: [group[row]])
      return Laid(
        line: line, words: [(group[row], 0..<end)],
        details: end..<max(end, text.unicodeScalars.count))
    }
  }

  /// Sorted downwards, as `ls` does it.
  private func packed(_ group: [Int], columns: Int) -> [Laid] {
    let cell = (group.map { candidates[$0].display.columns }.max() ?? 0) + 2
    let perLine = max(1, (columns + 2) / cell)
    let height = (group.count + perLine - 1) / perLine
    return (0..<height).map { row in
      var laid = Laid(line: Line(menuLine: MenuLine(text: "")))
      var text = ""
      for index in stride(from: row, to: group.count, by: height) {
        let shown = candidates[group[index]].display.shortened(columns: columns)
        let start = text.unicodeScalars.count
        laid.words.append((group[index], start..<(start + shown.unicodeScalars.count)))
        laid.line.candidates.append(group[index])
        let isLast = index + height >= group.count
        text += shown + (isLast ? "" : String(repeating: " ", count: cell - shown.columns))
      }
      laid.line.menuLine.text = text
      return laid
    }
  }

  private func style(_ lines: inout [Laid], _ selected: Int?) {
    for index in lines.indices {
      let laid = lines[index]
      var styles = laid.details.map { [StyledRange($0, .dim)] } ?? []
      let text = Array(laid.line.menuLine.text.unicodeScalars)
      for word in laid.words {
        if word.candidate == selected {
          styles.append(StyledRange(word.range, .reversed))
        } else if let part = typedPart(of: text[word.range]) {
          styles.append(StyledRange(part, Style(bold: true)))
        }
      }
      lines[index].line.menuLine.styles = styles
    }
  }

  /// Where what was typed stands in a word, in whatever letters.
  private func typedPart(of word: ArraySlice<Unicode.Scalar>) -> Range<Int>? {
    let wanted = Array(typed.unicodeScalars)
    guard !wanted.isEmpty, word.count >= wanted.count else { return nil }
    let start = (word.startIndex...(word.endIndex - wanted.count)).first { start in
      zip(word[start...], wanted).allSatisfy {
        $0 == $1 || $0.properties.lowercaseMapping == $1.properties.lowercaseMapping
      }
    }
    return start.map { $0..<($0 + wanted.count) }
  }
}

/// One column of details: numbers with their units stand to the right.
private struct DetailColumn {
  let cells: [String]
  let width: Int
  private let isNumeric: Bool

  init(_ cells: [String]) {
    self.cells = cells
    width = cells.map(\.columns).max() ?? 0
    isNumeric = cells.allSatisfy { cell in
      cell.isEmpty || (cell.first?.isNumber ?? false) && cell.columns <= 16
    }
  }

  func cell(_ row: Int) -> String {
    let padding = String(repeating: " ", count: width - cells[row].columns)
    return isNumeric ? padding + cells[row] : cells[row] + padding
  }
}

extension String {
  /// The text, or its beginning and `…` where it is wider than `limit` columns.
  fileprivate func shortened(columns limit: Int) -> String {
    columns <= limit ? self : fitting(columns: max(0, limit - 1)) + (limit > 0 ? "…" : "")
  }
}
