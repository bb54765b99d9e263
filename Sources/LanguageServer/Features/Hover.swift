import OrderedJSON
import SnapLanguage

extension LanguageServer {
  func hover(_ params: Params) throws(ResponseError) -> JSON {
    guard let place = try place(params) else { return .null }
    if let reference = place.reference, let text = text(for: reference) {
      return hover(text, reference.span.range, place)
    }
    guard let mark = place.mark else { return .null }
    let word = place.analysis.script.source.text(mark.range)
    switch mark.kind {
    case .keyword:
      // `else if` is one mark.
      guard let about = KeywordHelp.texts[String(word.prefix { $0.isLetter })] else { return .null }
      return hover(HelpPage(title: about.form, text: about.text), mark.range, place)
    case .command:
      guard let signature = signatures.first(where: { $0.name == word }) else { return .null }
      return hover(HelpPage(signature), mark.range, place)
    case .flag, .variable, .string, .number, .comment: return .null
    }
  }

  private func text(for reference: Reference) -> HelpPage? {
    switch reference.meaning {
    case .command(let signature), .function(let signature): return HelpPage(signature)
    case .builtIn(let function): return HelpPage(function)
    case .flag(let flag, let signature): return HelpPage(flag, of: signature)
    case .library: return nil
    case .variable(let name, let type, let isMutable):
      return HelpPage(
        title: "$\(name): \(type?.description ?? "any")",
        text: [
          reference.declaration.flatMap { declared($0) },
          isMutable ? "It can be changed." : nil,
        ].compactMap(\.self).joined(separator: "\n\n"))
    }
  }

  /// Where a variable comes from; nil for one that no text declares.
  private func declared(_ span: Span) -> String? {
    guard !span.range.isEmpty else { return nil }
    let line = span.source.position(of: span.range.lowerBound).line
    let text = span.source.line(line).drop { $0.isWhitespace }
    return "Declared in line \(line): `\(text.prefix(80))`"
  }

  private func hover(_ page: HelpPage, _ range: Range<Int>, _ place: Place) -> JSON {
    [
      "contents": page.content(isMarkdown: client.readsMarkdown),
      "range": place.document.lines.range(range),
    ]
  }
}
