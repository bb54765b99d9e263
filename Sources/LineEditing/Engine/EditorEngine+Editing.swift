/// Commands on the text.
extension EditorEngine {
  private var position: TextPosition { TextPosition(buffer.cursor, in: buffer.text) }

  func acceptLine() -> EditorCommand.Outcome {
    let text = buffer.text
    let string = String(scalars: text)
    buffer.move(to: text.count)
    if !delegate.isComplete(string) { return buffer.insert(["\n"]) ? .refresh : .beep }
    ending = (.line(string), text)
    return buffer.insert(["\n"]) ? .accept : .end
  }

  func interrupt() -> EditorCommand.Outcome {
    ending = (.interrupted, buffer.text)
    return .end
  }

  func deleteOrEnd() -> EditorCommand.Outcome {
    guard buffer.count == 0 else { return deleteNext() }
    ending = (.endOfInput, [])
    return .end
  }

  func paste() -> EditorCommand.Outcome {
    guard !pastes.isEmpty else { return .beep }
    return buffer.insert(Array(pastes.removeFirst().unicodeScalars)) ? .refresh : .beep
  }

  func undoChange() -> EditorCommand.Outcome {
    noteForUndo()
    guard let state = undo.undo() else { return .beep }
    return buffer.set(state.text, cursor: state.cursor) ? .refresh : .beep
  }

  func clearScreen() -> EditorCommand.Outcome {
    display.clear()
    return .refresh
  }

  func forward() -> EditorCommand.Outcome {
    let next = position.nextCharacter
    if next == buffer.cursor { return acceptSuggestion() }
    buffer.move(to: next)
    return .refresh
  }

  /// At the end of the text: into the suggestion, word by word.
  func forwardWord() -> EditorCommand.Outcome {
    let text = buffer.text
    guard buffer.cursor == text.count else {
      buffer.move(to: position.wordEnd)
      return .refresh
    }
    let suggestion = suggestion(for: String(scalars: text), cursor: text.count)
    let whole = text + suggestion
    let end = TextPosition(text.count, in: whole).wordEnd
    guard end > text.count else { return .beep }
    return buffer.insert(Array(whole[text.count..<end])) ? .refresh : .beep
  }

  func backward() -> EditorCommand.Outcome {
    guard buffer.cursor > 0 else { return .beep }
    buffer.move(to: position.previousCharacter)
    return .refresh
  }

  func lineStart() -> EditorCommand.Outcome {
    buffer.move(to: position.lineStart)
    return .refresh
  }

  func lineEnd() -> EditorCommand.Outcome {
    if buffer.cursor == buffer.count, acceptSuggestion() == .refresh { return .refresh }
    buffer.move(to: position.lineEnd)
    return .refresh
  }

  func deleteNext() -> EditorCommand.Outcome {
    let range = buffer.cursor..<position.nextCharacter
    guard !range.isEmpty else { return .beep }
    buffer.delete(range)
    return .refresh
  }

  func deletePrevious() -> EditorCommand.Outcome {
    let range = position.previousCharacter..<buffer.cursor
    guard !range.isEmpty else { return .beep }
    buffer.delete(range)
    return .refresh
  }

  private func acceptSuggestion() -> EditorCommand.Outcome {
    let suggestion = suggestion(for: String(scalars: buffer.text), cursor: buffer.cursor)
    guard !suggestion.isEmpty else { return .beep }
    return buffer.insert(suggestion) ? .refresh : .beep
  }
}
