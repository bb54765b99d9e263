/// The candidates that are listed for a text, and the one of them that stands in the text.
struct CandidateChoice {
  enum Direction { case next, previous }

  let typed: [Unicode.Scalar]
  let typedCursor: Int
  let list: CandidateList
  private let replacing: Range<Int>
  private(set) var selected: Int?

  init(_ completion: Completion, text: [Unicode.Scalar]) {
    typed = text
    replacing = completion.replacing.clamped(to: 0..<text.count)
    typedCursor = replacing.upperBound
    list = CandidateList(
      candidates: completion.candidates, note: completion.note,
      typed: String(scalars: Array(text[replacing])))
  }

  /// Around the ends.
  mutating func move(_ direction: Direction) {
    let count = list.candidates.count
    guard let selected else {
      self.selected = direction == .previous ? count - 1 : 0
      return
    }
    let step = direction == .next ? 1 : -1
    self.selected = (selected + step + count) % count
  }

  private var candidate: Candidate? { selected.map { list.candidates[$0] } }

  /// The text with the candidate in it.
  var text: [Unicode.Scalar] {
    guard let candidate else { return typed }
    var text = typed
    text.replaceSubrange(replacing, with: candidate.text.unicodeScalars)
    return text
  }

  var cursor: Int {
    replacing.lowerBound + (candidate?.text.unicodeScalars.count ?? replacing.count)
  }

  /// Whether a space belongs behind the candidate, and there is none.
  var endsWord: Bool {
    let follows = replacing.upperBound < typed.count ? typed[replacing.upperBound] : nil
    return candidate?.appendsSpace == true && follows != " "
  }
}
