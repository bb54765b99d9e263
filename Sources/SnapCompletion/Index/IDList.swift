/// Ids in order, searched by the digits that they begin with.
struct IDList: Sendable {
  private let sorted: [(id: Int, position: Int)]

  init(_ ids: some Sequence<Int>) {
    sorted = ids.enumerated().map { ($0.element, $0.offset) }.sorted { $0.0 < $1.0 }
  }

  /// The positions, in no order, of the ids whose decimal form begins with `digits`.
  func search(_ digits: String) -> [Int] {
    guard !digits.hasPrefix("0"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits)
    else { return [] }
    var positions: [Int] = []
    var (low, width) = (number, 1)
    while true {
      let (end, overflow) = low.addingReportingOverflow(width)
      positions += sorted[lowerBound(low)..<(overflow ? sorted.count : lowerBound(end))]
        .map(\.position)
      let (nextLow, lowOverflow) = low.multipliedReportingOverflow(by: 10)
      let (nextWidth, widthOverflow) = width.multipliedReportingOverflow(by: 10)
      if overflow || lowOverflow || widthOverflow { return positions }
      (low, width) = (nextLow, nextWidth)
    }
  }

  private func lowerBound(_ id: Int) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
