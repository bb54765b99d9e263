extension EditorEngine {
  func complete() -> EditorCommand.Outcome {
    let text = buffer.text
    let completion = delegate.complete(String(scalars: text), cursor: buffer.cursor)
    switch CompletionEdit(completion, text: text) {
    case .replace(let range, let added):
      return buffer.replace(range, with: added) ? .refresh : .beep
    case .list:
      list(completion.candidates)
      return .refresh
    case .nothing:
      if let note = completion.note { menu = [MenuLine(text: note)] }
      return .beep
    }
  }

  /// Below the input; a list that doesn't fit there is printed above it, once someone agrees.
  private func list(_ candidates: [Candidate]) {
    let size = display.size
    let lines = CandidateList(candidates: candidates)
      .lines(columns: size.columns, usesStyles: configuration.usesStyles)
    let room = size.rows - view.frame(rows: size.rows, columns: size.columns).rows.count
    if lines.count <= room {
      menu = lines
      return
    }
    menu = [MenuLine(text: "Display all \(candidates.count) possibilities? (y or n)")]
    let agreed = askYesOrNo()
    menu = []
    if agreed { display.printAbove(lines.map(\.text)) }
  }

  private func askYesOrNo() -> Bool {
    while let key = nextKey() {
      switch key {
      case UInt32(UInt8(ascii: "y")), UInt32(UInt8(ascii: "Y")), UInt32(UInt8(ascii: " ")):
        return true
      case UInt32(UInt8(ascii: "n")), UInt32(UInt8(ascii: "N")), 0x07, 0x08, 0x7f: return false
      case 0x03:
        keys.insert(key, at: 0)
        return false
      default: rings = true
      }
    }
    return false
  }
}
