package import SnapLanguage

/// Words diagnostics and failures for people, with the place in the source.
package struct DiagnosticWriter: Sendable {
  package var isColored: Bool
  /// Of the terminal; nil when there is none, and lines may be as long as they are.
  package var columns: Int?

  package init(isColored: Bool, columns: Int? = nil) {
    self.isColored = isColored
    self.columns = columns
  }

  /// The text, with a line end.
  package func text(for diagnostic: Diagnostic) -> String {
    let tone: Tone = diagnostic.severity == .error ? .error : .warning
    return report(
      tone, diagnostic.severity == .error ? "error" : "warning", diagnostic.message,
      span: diagnostic.span, help: diagnostic.help, trace: [])
  }

  package func text(for failure: Failure) -> String {
    var text = report(
      .error, "error", failure.message, span: failure.span, help: failure.help,
      trace: failure.trace)
    var cause = failure.cause
    while let known = cause {
      let at = known.span.map { " (\(place($0)))" } ?? ""
      text += paragraph(.faint, "while handling", known.message + at)
      cause = known.cause
    }
    return text
  }

  private func report(
    _ tone: Tone, _ word: String, _ message: String, span: Span?, help: String?, trace: [Span]
  ) -> String {
    var text = paragraph(tone, word, message)
    if let span { text += excerpt(span, tone) }
    if let help { text += paragraph(.help, "help", help) }
    return text + calls(trace)
  }

  /// Lines after the first are indented, so that none of them passes for a line of ours.
  private func paragraph(_ tone: Tone, _ word: String, _ message: String) -> String {
    let indent = String(repeating: " ", count: word.count + 2)
    let width = columns.map { max($0 - indent.count, 20) } ?? Int.max
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      TerminalText.filled(TerminalText.escaped(String($0)), to: width)
    }
    return tone.apply(to: word + ":", isColored: isColored) + " "
      + lines.joined(separator: "\n" + indent) + "\n"
  }

  private func excerpt(_ span: Span, _ tone: Tone) -> String {
    let excerpt = SourceExcerpt(span)
    let number = String(excerpt.line)
    let blank = String(repeating: " ", count: number.count)
    func bar(_ label: String) -> String {
      Tone.position.apply(to: label, isColored: isColored)
    }
    let carets = tone.apply(to: excerpt.carets, isColored: isColored)
    return " \(blank)\(bar("-->")) \(place(span))\n"
      + bar(" \(blank) |") + "\n"
      + bar(" \(number) |") + (excerpt.text.isEmpty ? "" : " " + excerpt.text) + "\n"
      + bar(" \(blank) |") + " \(excerpt.blanks)\(carets)\n"
  }

  private func place(_ span: Span) -> String {
    "\(TerminalText.escaped(span.source.name)):\(span.line):\(span.column)"
  }

  /// The innermost calls and the outermost; a deep recursion's middle is only counted.
  private func calls(_ trace: [Span]) -> String {
    let inner = 8
    let outer = 2
    var text = ""
    for (index, span) in trace.enumerated() {
      if trace.count <= inner + outer + 1 || index < inner || index >= trace.count - outer {
        text += Tone.faint.apply(to: "called from \(place(span))", isColored: isColored) + "\n"
      } else if index == inner {
        let hidden = "… \(trace.count - inner - outer) more calls"
        text += Tone.faint.apply(to: hidden, isColored: isColored) + "\n"
      }
    }
    return text
  }
}
