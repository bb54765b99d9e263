/// What Tab does to the text.
enum CompletionEdit: Equatable {
  case replace(Range<Int>, with: [Unicode.Scalar])
  /// Nothing more is common to the candidates: they are listed.
  case list
  case nothing

  init(_ completion: Completion, text: [Unicode.Scalar]) {
    let range = completion.replacing.clamped(to: 0..<text.count)
    guard let first = completion.candidates.first else {
      self = .nothing
      return
    }
    if completion.candidates.count == 1 {
      var inserted = Array(first.text.unicodeScalars)
      var replaced = range
      if first.appendsSpace {
        inserted.append(" ")
        if range.upperBound < text.count, text[range.upperBound] == " " {
          replaced = range.lowerBound..<(range.upperBound + 1)
        }
      }
      self = .replace(replaced, with: inserted)
      return
    }
    guard !completion.isCut else {
      self = .list
      return
    }
    let common = Self.commonPrefix(completion.candidates.map(\.text))
    let typed = text[range]
    self =
      common.count > typed.count && common.starts(with: typed)
      ? .replace(range, with: common) : .list
  }

  static func commonPrefix(_ texts: [String]) -> [Unicode.Scalar] {
    guard let first = texts.first else { return [] }
    var common = Array(first.unicodeScalars)
    for text in texts.dropFirst() {
      let same = zip(common, text.unicodeScalars).prefix { $0 == $1 }.count
      common.removeLast(common.count - same)
    }
    return common
  }
}
