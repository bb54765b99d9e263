/// Which columns fit on a line, and how wide each is.
struct TableLayout: Equatable {
  /// What a column would like, and what it can bear.
  struct Wish {
    var natural: Int
    /// Numbers bear no cut: they would be other numbers.
    var isCuttable: Bool
    var isName: Bool
    var rank: Int

    /// A name is told from others by more of its characters than other text.
    var least: Int { isCuttable ? min(natural, isName ? 16 : 8) : natural }
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
    shrink(to: width, least: least) { !wishes[self.shown[$0]].isName }
    shrink(to: width, least: least) { wishes[self.shown[$0]].isName }
  }

  private mutating func shrink(to width: Int, least: [Int], where isMeant: (Int) -> Bool) {
    let candidates = widths.indices.filter { isMeant($0) }
    while Self.sum(widths) > width {
      let widest = candidates.filter { widths[$0] > least[$0] }.max { widths[$0] < widths[$1] }
      guard let widest else { return }
      widths[widest] -= 1
    }
  }

  private static func sum(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * (widths.count - 1)
  }
}
