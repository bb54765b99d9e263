/// The state of an incremental search (Ctrl-R): pattern, found command, and where in it.
///
/// A pattern without capitals matches either case.
struct HistorySearch {
  struct Match: Equatable {
    var index: Int
    /// In Unicode scalars of the command.
    var range: Range<Int>
  }

  let commands: [String]
  private(set) var pattern = ""
  private(set) var match: Match?
  private(set) var failing = false

  init(commands: [String]) { self.commands = commands }

  mutating func append(_ scalar: Unicode.Scalar) {
    pattern.unicodeScalars.append(scalar)
    find(from: match?.index ?? commands.count - 1, by: -1)
  }

  /// Searches anew from the newest command.
  mutating func removeLast() {
    guard !pattern.isEmpty else { return }
    pattern.unicodeScalars.removeLast()
    match = nil
    failing = false
    find(from: commands.count - 1, by: -1)
  }

  mutating func older() { find(from: (match?.index ?? commands.count) - 1, by: -1) }

  mutating func newer() { find(from: (match?.index ?? -1) + 1, by: 1) }

  private mutating func find(from start: Int, by step: Int) {
    guard !pattern.isEmpty else { return }
    let needle = Array(pattern.unicodeScalars)
    let folds = !needle.contains { $0.properties.isUppercase }
    var index = start
    let shown = match.map { commands[$0.index] }
    while commands.indices.contains(index) {
      let moved = index != match?.index
      if !moved || commands[index] != shown,
        let offset = Self.offset(of: needle, in: commands[index], folds: folds)
      {
        match = Match(index: index, range: offset..<(offset + needle.count))
        failing = false
        return
      }
      index += step
    }
    failing = true
  }

  private static func offset(of needle: [Unicode.Scalar], in text: String, folds: Bool) -> Int? {
    var scalars = Array(text.unicodeScalars)
    if folds { scalars = scalars.map(\.folded) }
    guard scalars.count >= needle.count else { return nil }
    return (0...(scalars.count - needle.count)).first { start in
      scalars[start..<(start + needle.count)].elementsEqual(needle)
    }
  }
}

extension Unicode.Scalar {
  /// Its small letter, if that is one scalar.
  fileprivate var folded: Unicode.Scalar {
    if isASCII { return ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self }
    let mapping = properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first ?? self : self
  }
}
