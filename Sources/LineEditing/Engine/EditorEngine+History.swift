/// Commands on the history.
extension EditorEngine {
  func up(byPrefix: Bool = true) -> EditorCommand.Outcome {
    guard let above = TextPosition(buffer.cursor, in: buffer.text).lineAbove else {
      return walkHistory(1, byPrefix: byPrefix)
    }
    buffer.move(to: above)
    return .refresh
  }

  func down(byPrefix: Bool = true) -> EditorCommand.Outcome {
    guard let below = TextPosition(buffer.cursor, in: buffer.text).lineBelow else {
      return walkHistory(-1, byPrefix: byPrefix)
    }
    buffer.move(to: below)
    return .refresh
  }

  /// `byPrefix` passes over commands that don't begin with what was typed.
  func walkHistory(_ step: Int, byPrefix: Bool = false) -> EditorCommand.Outcome {
    guard let text = walk.move(step, from: buffer.text, byPrefix: byPrefix) else { return .beep }
    return buffer.set(text, cursor: text.count) ? .refresh : .beep
  }

  /// Takes the keys itself until one ends the search; that key then does what it always does.
  func searchHistory() -> EditorCommand.Outcome {
    let before = UndoHistory.State(text: buffer.text, cursor: buffer.cursor)
    var search = HistorySearch(commands: walk.commands)
    isSearching = true
    defer {
      isSearching = false
      match = nil
      menu = []
    }
    while true {
      show(search)
      guard let key = nextKey() else { return .end }
      switch SearchKey(key) {
      case .older: search.older()
      case .newer: search.newer()
      case .erase: search.removeLast()
      case .append(let scalar): search.append(scalar)
      case .paste:
        guard !pastes.isEmpty else { continue }
        for scalar in pastes.removeFirst().unicodeScalars { search.append(scalar) }
      case .abandon: return buffer.set(before.text, cursor: before.cursor) ? .refresh : .beep
      case .keep: return keep(search, insteadOf: before.text)
      case .other:
        keys.insert(key, at: 0)
        return keep(search, insteadOf: before.text)
      }
    }
  }

  private func keep(
    _ search: HistorySearch, insteadOf text: [Unicode.Scalar]
  ) -> EditorCommand.Outcome {
    if let match = search.match { walk.jump(to: match.index, from: text) }
    return .refresh
  }

  private func show(_ search: HistorySearch) {
    menu = [MenuLine(text: "\(search.failing ? "no match" : "search"): \(search.pattern)")]
    match = search.match?.range
    if search.failing { rings = true }
    guard let found = search.match else { return }
    let text = Array(search.commands[found.index].unicodeScalars)
    if !buffer.set(text, cursor: found.range.lowerBound) { rings = true }
  }
}

/// What a key means while a search runs.
private enum SearchKey {
  case older, newer, erase, abandon, keep, paste, other
  case append(Unicode.Scalar)

  init(_ key: UInt32) {
    switch key {
    case 0x12: self = .older
    case 0x13: self = .newer
    case 0x08, 0x7f: self = .erase
    case 0x07: self = .abandon
    case 0x1b: self = .keep
    case UInt32(EightBitKey.paste): self = .paste
    case 0..<0x20, 0x80..<0xa0: self = .other
    default: self = Unicode.Scalar(key).map { .append($0) } ?? .other
    }
  }
}
