/// Text as a terminal shows it.
package enum TerminalText {
  /// Text from outside, made harmless: controls, direction overrides and what cannot be seen are
  /// shown as `\u{1b}`. Line feeds and tabs stay when `keepsLines` is set.
  package static func escaped(_ text: String, keepsLines: Bool = false) -> String {
    let isPlain = text.utf8.allSatisfy {
      0x20 <= $0 && $0 < 0x7F || keepsLines && ($0 == 0x0A || $0 == 0x09)
    }
    if isPlain { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar), !(keepsLines && (scalar == "\n" || scalar == "\t")) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Whether a terminal would obey `scalar`, or a person overlook it.
  ///
  /// Default-ignorable characters (UAX #44) are all that have no glyph; of these, the variation
  /// selectors that choose between text and emoji are let through.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
    case 0xFE00...0xFE0F: false
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// The columns of `text`, which holds no controls: 2 for wide characters, 0 for combining ones.
  package static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + width($1) }
  }

  /// The columns of `text`, in which colours (ECMA-48 SGR) take none.
  package static func visibleWidth(_ text: String) -> Int {
    guard text.contains("\u{1b}") else { return width(text) }
    var plain = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "\u{1b}") {
      plain += rest[..<start]
      guard let end = rest[start...].firstIndex(of: "m") else { break }
      rest = rest[rest.index(after: end)...]
    }
    return width(plain + rest)
  }

  package static func width(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7F ? 1 : 0 }
    var width = 0
    var indicators = 0
    for scalar in character.unicodeScalars {
      if scalar == "\u{FE0F}" { return 2 }
      if scalar.isRegionalIndicator { indicators += 1 }
      width = max(width, scalar.terminalWidth)
    }
    return indicators == 2 ? 2 : width
  }

  /// `text`, or as much of its beginning as fits into `width` columns together with `…`.
  package static func truncated(_ text: String, to width: Int) -> String {
    if text.utf8.count <= width || self.width(text) <= width { return text }
    guard width > 0 else { return "" }
    return prefix(text[...], width: width - 1) + "…"
  }

  /// `text` in pieces of at most `width` columns, cut between characters.
  package static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    repeat {
      var line = prefix(rest, width: width)
      // A character wider than the line stands alone, so that the loop ends.
      if line.isEmpty { line = rest.prefix(1) }
      lines.append(String(line))
      rest = rest[line.endIndex...]
    } while !rest.isEmpty
    return lines
  }

  /// `text` in lines of at most `width` columns, broken at blanks; a longer word stays whole.
  package static func filled(_ text: String, to width: Int) -> [String] {
    guard self.width(text) > width else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let line = lines.last, self.width(line) + 1 + self.width(String(word)) <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// `text` and blanks up to `width` columns.
  package static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - self.width(text)))
    return right ? blanks + text : text + blanks
  }

  private static func prefix(_ text: Substring, width: Int) -> Substring {
    var end = text.startIndex
    var used = 0
    for index in text.indices {
      used += self.width(text[index])
      if used > width { break }
      end = text.index(after: index)
    }
    return text[..<end]
  }
}
