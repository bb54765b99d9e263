/// The states of the text that undo goes back to. libedit has no undo in its emacs mode and takes no
/// note of changes by other than its own commands, so the editor keeps its own.
struct UndoHistory {
  struct State: Equatable {
    var text: [Unicode.Scalar]
    var cursor: Int
  }

  private var states: [State] = []
  private var current = State(text: [], cursor: 0)
  private var typing = false

  mutating func restart() { self = UndoHistory() }

  /// Takes note of the text before a key. Letters typed one after the other are one change.
  mutating func note(_ state: State) {
    defer { current.cursor = state.cursor }
    guard state.text != current.text else { return }
    let continues = state.continues(current)
    if !(typing && continues) { states.append(current) }
    typing = continues
    current = state
  }

  mutating func undo() -> State? {
    guard let state = states.popLast() else { return nil }
    current = state
    typing = false
    return state
  }
}

extension UndoHistory.State {
  /// Whether this is `before` and one more character that is no blank, typed at its cursor.
  fileprivate func continues(_ before: Self) -> Bool {
    guard text.count == before.text.count + 1, cursor == before.cursor + 1, cursor <= text.count
    else { return false }
    return !text[cursor - 1].properties.isWhitespace
      && text[..<(cursor - 1)] == before.text[..<before.cursor]
      && text[cursor...] == before.text[before.cursor...]
  }
}
