extension EditorEngine {
  /// What Tab does: it inserts what is certain, else lists the candidates; pressed again, it goes
  /// through the list.
  func complete() -> EditorCommand.Outcome {
    if let choice = listedBefore { return choose(from: choice) }
    let text = buffer.text
    let completion = delegate.complete(String(scalars: text), cursor: buffer.cursor)
    switch CompletionEdit(completion, text: text) {
    case .replace(let range, let added):
      return buffer.replace(range, with: added) ? .refresh : .beep
    case .list:
      let choice = CandidateChoice(completion, text: text)
      show(choice)
      listed = choice
      return .refresh
    case .nothing:
      if let note = completion.note { menu = [MenuLine(text: note)] }
      return .beep
    }
  }

  /// Below the input, as far as there is room.
  private func show(_ choice: CandidateChoice) {
    let size = display.size
    menu = []
    let room = size.rows - view.frame(rows: size.rows, columns: size.columns).rows.count
    menu = choice.list.lines(
      rows: room, columns: size.columns, selected: choice.selected,
      usesStyles: configuration.usesStyles)
  }

  /// Takes the keys itself: Tab and arrows go through the candidates, Enter takes one, and any other
  /// key takes it and then does what it always does.
  private func choose(from listed: CandidateChoice) -> EditorCommand.Outcome {
    var choice = listed
    choice.move(.next)
    isChoosing = true
    defer {
      isChoosing = false
      menu = []
    }
    while true {
      guard buffer.set(choice.text, cursor: choice.cursor) else { return .beep }
      show(choice)
      guard let key = nextKey() else { return .end }
      switch ChoiceKey(key) {
      case .move(let direction): choice.move(direction)
      case .take:
        let space = choice.endsWord ? [" "] : [Unicode.Scalar]()
        return buffer.insert(space) ? .refresh : .beep
      case .abandon:
        return buffer.set(listed.typed, cursor: listed.typedCursor) ? .refresh : .beep
      case .sequence:
        guard let direction = CandidateChoice.Direction(sequence: keys) else {
          keys.insert(key, at: 0)
          return .refresh
        }
        keys.removeFirst()
        choice.move(direction)
      case .other:
        keys.insert(key, at: 0)
        return .refresh
      }
    }
  }
}

/// What a key means while a candidate is being chosen.
private enum ChoiceKey {
  case take, abandon, sequence, other
  case move(CandidateChoice.Direction)

  init(_ key: UInt32) {
    switch key {
    case 0x09, 0x0e: self = .move(.next)
    case 0x10: self = .move(.previous)
    case 0x0a, 0x0d: self = .take
    case 0x07, 0x1b: self = .abandon
    case 0x9b: self = .sequence
    default: self = .other
    }
  }
}

extension CandidateChoice.Direction {
  /// Nil when what follows the introducer of a key's sequence is no arrow and not Shift-Tab.
  fileprivate init?(sequence keys: [UInt32]) {
    switch keys.first {
    case UInt32(UInt8(ascii: "B")), UInt32(UInt8(ascii: "C")): self = .next
    case UInt32(UInt8(ascii: "A")), UInt32(UInt8(ascii: "D")), UInt32(UInt8(ascii: "Z")):
      self = .previous
    default: return nil
    }
  }
}
