extension EditorEngine {
  var view: EditorView {
    let text = buffer.text
    let string = String(scalars: text)
    var view = EditorView(prompt: delegate.prompt(), text: text, cursor: buffer.cursor)
    view.styles = delegate.highlight(string, cursor: view.cursor)
    if let match, configuration.usesStyles { view.styles.append(StyledRange(match, .reversed)) }
    view.suggestion = suggestion(for: string, cursor: view.cursor)
    if view.suggestion.isEmpty { view.suggestion = hint(for: string, cursor: view.cursor) }
    view.menu = menu
    return view
  }

  /// The text as it stays on the terminal.
  func finalView(of text: [Unicode.Scalar]) -> EditorView {
    var view = EditorView(prompt: delegate.prompt(), text: text, cursor: text.count)
    view.styles = delegate.highlight(String(scalars: text), cursor: text.count)
    return view
  }

  /// Nothing where it would look like typed text: without styles, or before the end of the text.
  func suggestion(for text: String, cursor: Int) -> [Unicode.Scalar] {
    guard mayFollow(text, cursor) else { return [] }
    return Array((delegate.suggest(text) ?? "").unicodeScalars)
  }

  private func hint(for text: String, cursor: Int) -> [Unicode.Scalar] {
    guard mayFollow(text, cursor) else { return [] }
    return Array((delegate.hint(text) ?? "").unicodeScalars)
  }

  private func mayFollow(_ text: String, _ cursor: Int) -> Bool {
    configuration.usesStyles && !isSearching && !isChoosing && cursor == text.unicodeScalars.count
  }

  func paint() {
    if handle.takeBell() { rings = true }
    display.paint(view, bell: rings)
    rings = false
  }
}
