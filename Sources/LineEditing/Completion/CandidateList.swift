/// The lines that show candidates: aligned columns, or one a line when any has a description.
struct CandidateList {
  let candidates: [Candidate]

  func lines(columns: Int, usesStyles: Bool) -> [MenuLine] {
    candidates.contains { !$0.description.isEmpty }
      ? described(columns: columns, usesStyles: usesStyles) : packed(columns: columns)
  }

  private func described(columns: Int, usesStyles: Bool) -> [MenuLine] {
    let widest = candidates.map(\.display.columns).max() ?? 0
    let wordColumns = min(widest, max(8, columns / 2))
    return candidates.map { candidate in
      let word = candidate.display.fitting(columns: wordColumns)
      guard !candidate.description.isEmpty else { return MenuLine(text: word) }
      let padding = String(repeating: " ", count: wordColumns - word.columns + 2)
      let description = candidate.description.fitting(columns: columns - wordColumns - 2)
      let start = (word + padding).unicodeScalars.count
      let styled = StyledRange(start..<(start + description.unicodeScalars.count), .dim)
      return MenuLine(text: word + padding + description, styles: usesStyles ? [styled] : [])
    }
  }

  /// Sorted downwards, as `ls` does it.
  private func packed(columns: Int) -> [MenuLine] {
    let cell = (candidates.map(\.display.columns).max() ?? 0) + 2
    let perLine = max(1, (columns + 2) / cell)
    let height = (candidates.count + perLine - 1) / perLine
    return (0..<height).map { line in
      var text = ""
      for index in stride(from: line, to: candidates.count, by: height) {
        let shown = candidates[index].display
        let isLast = index + height >= candidates.count
        text += shown
        if !isLast { text += String(repeating: " ", count: cell - shown.columns) }
      }
      return MenuLine(text: text.fitting(columns: columns))
    }
  }
}
