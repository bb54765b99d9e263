/// Ids in the rows' order and, beside it, the rows in the ids' order.
struct IDTable {
  let ids: UnsafeBufferPointer<Int>
  let order: UnsafeBufferPointer<UInt32>

  /// The position of the row with the id.
  func position(of id: Int) -> Int? {
    let index = lowerBound(id)
    guard index < order.count else { return nil }
    let position = Int(order[index])
    return position < ids.count && ids[position] == id ? position : nil
  }

  /// Calls `body` with the positions of the ids whose decimal form begins with `digits`, the largest
  /// first, until it returns false.
  func forEach(beginningWith digits: String, _ body: (Int) -> Bool) {
    guard !digits.hasPrefix("0"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits)
    else { return }
    var ranges: [Range<Int>] = []
    var (low, width) = (number, 1)
    while true {
      let (end, overflow) = low.addingReportingOverflow(width)
      let first = lowerBound(low)
      // The table may be damaged, and the end before the beginning.
      ranges.append(first..<max(first, overflow ? order.count : lowerBound(end)))
      let (nextLow, lowOverflow) = low.multipliedReportingOverflow(by: 10)
      let (nextWidth, widthOverflow) = width.multipliedReportingOverflow(by: 10)
      if overflow || lowOverflow || widthOverflow { break }
      (low, width) = (nextLow, nextWidth)
    }
    for range in ranges.reversed() {
      for index in range.reversed() {
        let position = Int(order[index])
        guard position < ids.count else { continue }
        if !body(position) { return }
      }
    }
  }

  private func lowerBound(_ id: Int) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      let position = Int(order[middle])
      if position < ids.count, ids[position] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
