import SnapLanguage

/// A cursor's place in the grammar, with all that says what can stand there.
struct Place {
  let completer: Completer
  let context: CursorContext
  let word: TypedWord
  let signatures: [Signature]

  func offer() -> Offer {
    switch context.place {
    case .command: commandOffer
    case .argument(let command): argument(of: command)
    case .variable: Offer(candidates: variables())
    case .field(let owner): Offer(candidates: fields(of: owner))
    case .column: Offer(candidates: columns() + (word.isEmpty ? [] : functions()))
    case .columnValue(let column): rowValues(of: column)
    case .expression: Offer(candidates: values())
    case .word(let words): Offer(candidates: matching(words, .keyword))
    case .string: Offer()
    }
  }

  var shapes: RowShapes {
    RowShapes(signatures: signatures, bindings: context.bindings, fields: completer.fields)
  }

  /// Those of `texts` that begin with what was typed.
  func matching(
    _ texts: some Sequence<String>, _ kind: Candidate.Kind, quoting: Quoting = .argument,
    description: String = ""
  ) -> [Candidate] {
    texts.filter(isPrefixed).map {
      let text = kind == .keyword ? $0 : word.inserting($0, quoting: quoting)
      return Candidate(
        text, kind, display: Shown.text($0), details: description.isEmpty ? [] : [description])
    }
  }

  func isPrefixed(_ text: String) -> Bool { text.lowercased().hasPrefix(word.text.lowercased()) }
}

/// Names from the cloud or a disk as a terminal may show them.
enum Shown {
  /// `text` with control and format characters, which could move the cursor or turn the writing's
  /// direction, as `\u{…}`.
  static func text(_ text: String) -> String {
    guard hides(text) else { return text }
    return text.unicodeScalars.map {
      isHidden($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0)
    }.joined()
  }

  /// Whether any of it must not be shown as it is.
  static func hides(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return false }
    return text.unicodeScalars.contains(where: isHidden)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
