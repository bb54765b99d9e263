/// One command of a settings file, made safe and put into the editor's terms.
///
/// libedit's own `el_source` stops at the first line that it doesn't know, lets `bind -v` drop every
/// binding of the program, and takes keys that it then misreads; so the editor reads the file itself
/// and hands over one command at a time.
struct EditrcCommand: Equatable {
  private(set) var words: [String]
  /// `bind -v` and `bind -e` undo every binding: the defaults have to be bound again.
  private(set) var selectsKeyMap = false
  /// The key that is bound, when it is one that a terminal sends as CSI or SS3.
  private(set) var sequence: [UInt8]?

  /// Nil for a command that is for other programs, does nothing here, or would do harm.
  init?(words: [String], isForProgram: (String) -> Bool) {
    guard let first = words.first else { return nil }
    self.words = words
    if let colon = first.firstIndex(of: ":") {
      let pattern = String(first[..<colon])
      guard !pattern.isEmpty, isForProgram(pattern) else { return nil }
      self.words[0] = String(first[first.index(after: colon)...])
      if self.words[0].isEmpty { self.words.removeFirst() }
    }
    switch self.words.first {
    case "bind": if !checkBinding() { return nil }
    case .some(let name) where !name.isEmpty: break
    default: return nil
    }
  }

  private mutating func checkBinding() -> Bool {
    let options = words.dropFirst().prefix { $0.hasPrefix("-") }
    if options.contains("-v") || options.contains("-e") {
      selectsKeyMap = true
      return true
    }
    let index = 1 + options.count
    guard index < words.count else { return false }
    guard let bytes = Self.key(words[index], isArrowName: options.contains("-k")) else {
      return false
    }
    let escape: UInt8 = 0x1b
    if bytes.first == escape, bytes.count > 2,
      let key = EightBitKey.bytes(sequence: Array(bytes.dropFirst()))
    {
      words[index] = KeyNotation.text(key)
      words.removeAll { $0 == "-k" }
      sequence = Array(bytes.dropFirst())
    }
    return true
  }

  private static func key(_ text: String, isArrowName: Bool) -> [UInt8]? {
    guard isArrowName else { return KeyNotation.bytes(text) }
    return arrows[text].map { [0x1b, UInt8(ascii: "[")] + Array($0.utf8) }
  }

  /// What the names of `bind -k` stand for.
  private static let arrows = [
    "up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F", "delete": "3~",
  ]
}
