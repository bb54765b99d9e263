/// Places in a text of several lines, as offsets in Unicode scalars.
struct TextPosition {
  let text: [Unicode.Scalar]
  let offset: Int

  init(_ offset: Int, in text: [Unicode.Scalar]) {
    self.text = text
    self.offset = min(max(0, offset), text.count)
  }

  /// Where the character (grapheme cluster) before this place begins.
  var previousCharacter: Int {
    let before = String(String.UnicodeScalarView(text[..<offset]))
    return offset - (before.last?.unicodeScalars.count ?? 0)
  }

  var nextCharacter: Int {
    let after = String(String.UnicodeScalarView(text[offset...]))
    return offset + (after.first?.unicodeScalars.count ?? 0)
  }

  /// Behind the next word, which is of letters, digits and what stands inside names.
  var wordEnd: Int {
    let start = text[offset...].firstIndex(where: \.isInWord) ?? text.count
    return text[start...].firstIndex { !$0.isInWord } ?? text.count
  }

  var lineStart: Int { (text[..<offset].lastIndex(of: "\n") ?? -1) + 1 }

  var lineEnd: Int { text[offset...].firstIndex(of: "\n") ?? text.count }

  /// The same distance into the line above, nil on the first line.
  var lineAbove: Int? {
    let start = lineStart
    guard start > 0 else { return nil }
    let above = TextPosition(start - 1, in: text)
    return min(above.lineStart + offset - start, above.offset)
  }

  var lineBelow: Int? {
    let end = lineEnd
    guard end < text.count else { return nil }
    let below = TextPosition(end + 1, in: text)
    return min(below.offset + offset - lineStart, below.lineEnd)
  }
}

extension Unicode.Scalar {
  fileprivate var isInWord: Bool {
    properties.isAlphabetic || properties.numericType != nil || "-_.".unicodeScalars.contains(self)
  }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) { self.init(String.UnicodeScalarView(scalars)) }
}
