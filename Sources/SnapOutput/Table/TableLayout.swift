/// Which columns fit on a line, and how wide each is.
struct TableLayout: Equatable {
  /// What a column would like, and what it can bear.
  struct Wish {
    var natural: Int
    var least: Int
    var isName: Bool
    var rank: Int

    init(natural: Int, column: Column, mayBeCut: Bool) {
      self.natural = natural
      isName = column.isName
      rank = column.rank
      least =
        switch column.content {
        // A cut number would be another number.
        case .value where !mayBeCut: natural
        // A name is told from others by more of its characters than other text.
        case .value, .slice, .words: min(natural, isName ? 12 : 8)
        case .age, .state: min(natural, 14)
        }
    }
  }

  static let gap = 2

  /// Positions of the columns that are shown.
  private(set) var shown: [Int]
  /// By position in `shown`.
  private(set) var widths: [Int]

  /// Fits columns into `width`: text is cut first, the widest before others and names last; then
  /// columns are left out, the highest rank first.
  init(_ wishes: [Wish], width: Int?) {
    shown = Array(wishes.indices)
    widths = wishes.map(\.natural)
    guard let width else { return }
    while shown.count > 1, Self.sum(shown.map { wishes[$0].least }) > width {
      let last = shown.indices.max { wishes[shown[$0]].rank < wishes[shown[$1]].rank }
      if let last { shown.remove(at: last) }
    }
    widths = shown.map { min(wishes[$0].natural, max(1, width)) }
    let least = shown.map { min(wishes[$0].least, max(1, width)) }
    let (names, others) = (
      shown.indices.filter { wishes[shown[$0]].isName },
      shown.indices.filter { !wishes[shown[$0]].isName }
    )
    shrink(others, to: width, least: least)
    shrink(names, to: width, least: least)
  }

  private mutating func shrink(_ positions: [Int], to width: Int, least: [Int]) {
    while Self.sum(widths) > width {
      let widest = positions.filter { widths[$0] > least[$0] }.max { widths[$0] < widths[$1] }
      guard let widest else { return }
      widths[widest] -= 1
    }
  }

  private static func sum(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * (widths.count - 1)
  }
}
