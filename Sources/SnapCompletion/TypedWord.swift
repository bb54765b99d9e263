import SnapLanguage

/// The word at the cursor as it was typed: its text without quotes, and which quote it began with.
struct TypedWord {
  enum Quote: Character { case raw = "'", interpolating = "\"" }

  let text: String
  let quote: Quote?

  /// A word that is no text but a variable, as it stands.
  init(variable source: String) { (text, quote) = (source, nil) }

  /// Nil when the word's text can't be known before it runs, as in `web-$x`.
  init?(_ source: String) {
    var text = ""
    var open: Quote?
    var rest = source[...]
    while let character = rest.popFirst() {
      switch (open, character) {
      case (nil, "'"): open = .raw
      case (nil, "\""): open = .interpolating
      case (.raw, "'"), (.interpolating, "\""): open = nil
      case (nil, "$"): return nil
      case (.interpolating, "$") where "{(".contains(rest.first ?? " "): return nil
      case (.interpolating, "\\"): if let escaped = rest.popFirst() { text.append(escaped) }
      default: text.append(character)
      }
    }
    self.text = text
    quote = source.first.flatMap { Quote(rawValue: $0) }
  }

  var isEmpty: Bool { text.isEmpty && quote == nil }

  /// `value` as it can stand in this word's place: in the quote that was typed, or in any that it
  /// needs. Without `closed`, the quote stays open, for a folder that is typed on.
  func inserting(_ value: String, quoting: Quoting = .argument, closed: Bool = true) -> String {
    let needed: Quote? = quoting.needsQuotes(value) ? .raw : nil
    guard var quote = self.quote ?? needed else { return value }
    if quote == .raw, value.contains("'") { quote = .interpolating }
    let end = closed ? String(quote.rawValue) : ""
    guard quote == .interpolating else { return "'\(value)\(end)" }
    let escaped = value.map { "\"\\$".contains($0) ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\(end)"
  }
}

/// Where an inserted text stands, which decides what ends it.
enum Quoting {
  /// A word of a command.
  case argument
  /// The right side of an operator in `where`.
  case rowValue
  /// Text that stands in quotes always.
  case always

  func needsQuotes(_ value: String) -> Bool {
    if value.utf8.allSatisfy(Self.isPlain), let first = value.utf8.first,
      self == .argument && first != UInt8(ascii: "-")
    {
      return false
    }
    guard let first = value.unicodeScalars.first else { return true }
    if value.unicodeScalars.contains(where: endsWord) { return true }
    switch self {
    case .always: return true
    case .argument: return "#-!".unicodeScalars.contains(first) || value.hasPrefix("...")
    case .rowValue:
      let isLetter = first.isASCII && (first.properties.isAlphabetic || first == "_")
      return !isLetter || value.contains(",") || ["true", "false", "null", "not"].contains(value)
    }
  }

  /// Letters, digits, and what can stand between them anywhere.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || ";|(){}[]\"'$<>&`\\".unicodeScalars.contains(scalar)
  }
}
