import LineEditing
import SnapCompletion
import SnapLanguage
import SnapOutput

/// What the line editor asks about the text: completion, colours, and whether it is complete.
struct PromptDelegate: LineEditorDelegate {
  let completer: Completer
  let profile: String
  let isProduction: Bool
  let isColored: Bool

  func complete(_ text: String, cursor: Int) -> Completion {
    let result = completer.complete(text, cursor: cursor)
    return Completion(
      replacing: result.replacing,
      candidates: result.candidates.map {
        LineEditing.Candidate(
          $0.text, display: TerminalText.escaped($0.display),
          description: TerminalText.escaped($0.description), appendsSpace: $0.appendsSpace)
      }, note: result.note)
  }

  func highlight(_ text: String) -> [StyledRange] {
    guard isColored else { return [] }
    let script = Parser.parse(SourceText(name: "<prompt>", text: text))
    let offsets = ScalarOffsets(text)
    return script.marks.map { mark in
      StyledRange(offsets[mark.range.lowerBound]..<offsets[mark.range.upperBound], mark.kind.style)
    }
  }

  func isComplete(_ text: String) -> Bool {
    !Parser.parse(SourceText(name: "<prompt>", text: text)).isIncomplete
  }

  func prompt() -> Prompt {
    let name = isProduction ? "\(profile)!" : profile
    let style = Style(isProduction ? .red : .green, bold: true)
    return Prompt(
      "\(name)> ", continuation: "... ",
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

  subscript(byte: Int) -> Int { offsets[min(byte, offsets.count - 1)] }
}

extension Mark.Kind {
  fileprivate var style: Style {
    switch self {
    case .keyword: Style(.magenta)
    case .command: Style(.blue, bold: true)
    case .flag: Style(.cyan)
    case .variable: Style(.yellow)
    case .string: Style(.green)
    case .number: Style(.cyan)
    case .comment: .dim
    }
  }
}
