import LineEditing
import SnapCommands
import SnapCompletion
import SnapLanguage
import SnapOutput

/// What the line editor asks about the text: completion, colours, suggestions, and whether it
/// is complete.
struct PromptDelegate: LineEditorDelegate {
  let completer: Completer
  let check: @Sendable () -> LineCheck
  let history: History
  let profile: String
  let isProduction: Bool
  let isColored: Bool
  /// Begins to fetch the list of snapshots anew.
  let refresh: @Sendable () -> Void
  let ownPrompt: OwnPrompt

  func complete(_ text: String, cursor: Int) -> Completion {
    let result = completer.complete(text, cursor: cursor)
    if completer.isStale { refresh() }
    return Completion(
      replacing: result.replacing,
      candidates: result.candidates.map {
        LineEditing.Candidate(
          $0.text, display: TerminalText.escaped($0.display),
          details: $0.details.map { TerminalText.escaped($0) }, group: $0.kind.plural,
          appendsSpace: $0.appendsSpace)
      }, isCut: result.isCut, note: result.note.map { TerminalText.escaped($0) })
  }

  func highlight(_ text: String, cursor: Int) -> [StyledRange] {
    guard isColored else { return [] }
    let script = Parser.parse(SourceText(name: "<prompt>", text: text))
    let offsets = ScalarOffsets(text)
    var styles = script.marks.map { StyledRange(offsets[$0.range], $0.kind.style) }
    let place = String(text.unicodeScalars.prefix(cursor)).utf8.count
    if let error = check().firstError(in: script, cursor: place) {
      styles.append(StyledRange(offsets[error], Style(.red, underlined: true)))
    }
    return styles
  }

  /// A line that was not understood is not offered again.
  func suggest(_ text: String) -> String? {
    history.suggestion(for: text, except: [Int(ExitCode.usage)])
  }

  func hint(_ text: String) -> String? {
    let script = Parser.parse(SourceText(name: "<prompt>", text: text))
    return ArgumentHint.text(after: script, signatures: completer.signatures())
  }

  func isComplete(_ text: String) -> Bool {
    !Parser.parse(SourceText(name: "<prompt>", text: text)).isIncomplete
  }

  func prompt() -> Prompt {
    let name = isProduction ? "\(profile)!" : profile
    let style = Style(isProduction ? .red : .green, bold: true)
    let own = ownPrompt.text
    if let own, !isProduction { return Prompt(own) }
    return Prompt(
      own.map { "\(name) \($0)" } ?? "\(name)> ", continuation: "... ",
      styles: isColored ? [StyledRange(0..<name.unicodeScalars.count, style)] : [])
  }
}

/// From offsets in UTF-8 to offsets in Unicode scalars.
private struct ScalarOffsets {
  private var offsets: [Int] = []

  init(_ text: String) {
    var count = -1
    for byte in text.utf8 {
      if byte & 0xC0 != 0x80 { count += 1 }
      offsets.append(count)
    }
    offsets.append(count + 1)
  }

  private subscript(byte: Int) -> Int { offsets[min(byte, offsets.count - 1)] }

  subscript(bytes: Range<Int>) -> Range<Int> { self[bytes.lowerBound]..<self[bytes.upperBound] }
}

extension Mark.Kind {
  fileprivate var style: Style {
    switch self {
    case .keyword: Style(bold: true)
    case .command: Style(.blue, bold: true)
    case .flag: Style(.cyan)
    // Yellow can't be read on white.
    case .variable: Style(.magenta)
    case .string: Style(.green)
    case .number: Style(.cyan)
    case .comment: .dim
    }
  }
}
