import SnapLanguage

/// The line on which a span begins, and the marks under it.
struct SourceExcerpt {
  /// From 1.
  let line: Int
  let text: String
  /// What stands under the text before the span: tabs where it has tabs.
  let blanks: String
  let carets: String

  init(_ span: Span) {
    let bytes = span.source.bytes
    let start = min(span.range.lowerBound, bytes.count)
    let isBreak = { (byte: UInt8) in byte == UInt8(ascii: "\n") }
    let lineStart = bytes[..<start].lastIndex(where: isBreak).map { $0 + 1 } ?? 0
    var lineEnd = bytes[start...].firstIndex(where: isBreak) ?? bytes.count
    if lineEnd > start, bytes[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
    let end = max(start, min(span.range.upperBound, lineEnd))

    line = span.line
    let before = Self.shown(bytes[lineStart..<start])
    let marked = Self.shown(bytes[start..<end])
    text = before + marked + Self.shown(bytes[end..<max(end, lineEnd)])
    blanks = before.map { character in
      character == "\t" ? "\t" : String(repeating: " ", count: TerminalText.width(character))
    }.joined()
    carets = String(repeating: "^", count: max(1, Self.columns(of: marked)))
  }

  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    TerminalText.escaped(String(decoding: bytes, as: UTF8.self), keepsLines: true)
  }

  /// A tab counts as one column: how far it reaches is the terminal's affair.
  private static func columns(of text: String) -> Int {
    text.reduce(0) { $0 + ($1 == "\t" ? 1 : TerminalText.width($1)) }
  }
}
