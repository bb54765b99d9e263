/// Reads a text byte by byte: blanks, comments and the shapes of words and numbers. What a
/// character means hangs on the grammar's place, so the parser asks for what it expects.
struct Scanner {
  let source: SourceText
  var at = 0
  private let comments = Comments()
  /// Whether the text ends with a `\` that joins it to a line that isn't there.
  private(set) var endsInJoin = false

  init(_ source: SourceText) { self.source = source }

  var isAtEnd: Bool { at >= source.bytes.count }

  /// The byte `ahead` of the position, or zero past the end.
  func peek(_ ahead: Int = 0) -> UInt8 {
    at + ahead < source.bytes.count ? source.bytes[at + ahead] : 0
  }

  func looking(at text: StaticString) -> Bool {
    guard at + text.utf8CodeUnitCount <= source.bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where source.bytes[at + index] != text.utf8Start[index]
    {
      return false
    }
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard looking(at: text) else { return false }
    at += text.utf8CodeUnitCount
    return true
  }

  /// The marks with those of the comments, in their order.
  func withComments(_ marks: [Mark]) -> [Mark] {
    (marks + comments.ranges.map { Mark(kind: .comment, range: $0) })
      .enumerated()
      .sorted {
        ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
      }
      .map(\.element)
  }

  /// What stands between `start` and the position, without the blanks that were looked behind.
  func span(from start: Int) -> Span {
    var end = at
    while end > start, Ascii.isBlank(source.bytes[end - 1]) { end -= 1 }
    return Span(source, start..<max(start, end))
  }

  /// What stands at the position, for messages.
  var found: String {
    if isAtEnd { return "the end of the text" }
    return peek() == Ascii.newline ? "the end of the line" : "'\(character)'"
  }

  var character: String {
    var end = at + 1
    while end < source.bytes.count, source.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return source.text(at..<min(end, source.bytes.count))
  }

  mutating func advanceCharacter() {
    at += 1
    while at < source.bytes.count, source.bytes[at] & 0xC0 == 0x80 { at += 1 }
  }

  /// Skips blanks, joined lines and a comment; newlines too when they count as blanks.
  mutating func skipBlanks(newlines: Bool) {
    while !isAtEnd {
      switch peek() {
      case Ascii.space, Ascii.tab, Ascii.carriageReturn: at += 1
      case Ascii.newline where newlines: at += 1
      case Ascii.backslash:
        guard let length = joinLength else { return }
        at += length
        if isAtEnd { endsInJoin = true }
      case Ascii.hash:
        let start = at
        while !isAtEnd, peek() != Ascii.newline { at += 1 }
        comments.note(start..<at)
      default: return
      }
    }
  }

  /// The bytes of a `\` with the end of its line; nil when there is none here.
  var joinLength: Int? {
    guard peek() == Ascii.backslash else { return nil }
    if at + 1 == source.bytes.count { return 1 }
    if peek(1) == Ascii.newline { return 2 }
    return peek(1) == Ascii.carriageReturn && peek(2) == Ascii.newline ? 3 : nil
  }

  /// Letters, digits and `_`, beginning with no digit; nil when there is none.
  mutating func identifier() -> String? {
    guard Ascii.isNameStart(peek()) else { return nil }
    let start = at
    while Ascii.isNameStart(peek()) || Ascii.isDigit(peek()) { at += 1 }
    return source.text(start..<at)
  }

  /// A command's name: an identifier whose parts may be joined by `-`, or by `.` after `use … as`.
  mutating func commandName() -> String? {
    guard Ascii.isNameStart(peek()) else { return nil }
    let start = at
    while Ascii.isNameStart(peek()) || Ascii.isDigit(peek())
      || ((peek() == Ascii.minus || peek() == Ascii.dot) && Ascii.isNameStart(peek(1)))
    {
      at += 1
    }
    return source.text(start..<at)
  }
}

/// The comments that were met. All copies of a scanner share them: looking ahead over a comment must
/// not cost a copy of all that was read before.
private final class Comments {
  private(set) var ranges: [Range<Int>] = []

  func note(_ range: Range<Int>) {
    if let last = ranges.last, last.lowerBound >= range.lowerBound { return }
    ranges.append(range)
  }
}

/// The bytes that the grammar speaks of.
enum Ascii {
  static let tab: UInt8 = 0x09, newline: UInt8 = 0x0A, carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20, bang: UInt8 = 0x21, quote: UInt8 = 0x22, hash: UInt8 = 0x23
  static let dollar: UInt8 = 0x24, percent: UInt8 = 0x25, ampersand: UInt8 = 0x26
  static let apostrophe: UInt8 = 0x27, open: UInt8 = 0x28, close: UInt8 = 0x29, star: UInt8 = 0x2A
  static let plus: UInt8 = 0x2B, comma: UInt8 = 0x2C, minus: UInt8 = 0x2D, dot: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F, colon: UInt8 = 0x3A, semicolon: UInt8 = 0x3B, less: UInt8 = 0x3C
  static let equal: UInt8 = 0x3D, greater: UInt8 = 0x3E, question: UInt8 = 0x3F
  static let openBracket: UInt8 = 0x5B, backslash: UInt8 = 0x5C, closeBracket: UInt8 = 0x5D
  static let backtick: UInt8 = 0x60, openBrace: UInt8 = 0x7B, bar: UInt8 = 0x7C
  static let closeBrace: UInt8 = 0x7D, tilde: UInt8 = 0x7E

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
  static func isNameStart(_ byte: UInt8) -> Bool { isLetter(byte) || byte == 0x5F }

  static func isBlank(_ byte: UInt8) -> Bool {
    [space, tab, newline, carriageReturn].contains(byte)
  }

  /// Whether an unquoted word of a command ends here.
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, tab, newline, carriageReturn, space, semicolon, bar, open, close, openBrace, closeBrace,
      openBracket, closeBracket, quote, apostrophe, dollar, less, greater, ampersand, backtick:
      true
    default: false
    }
  }
}
