import SnapLanguage

/// The order of rows by their keys. Equal rows keep their order, as Swift's sort documents.
struct SortedOrder {
  /// The rows' places, first to last.
  let positions: [Int]

  /// `keys` has a list for each column, the most important first, with a value for each row.
  init(keys: [[Value]], isDescending: Bool) {
    let first = keys.first ?? []
    if keys.count == 1, let amounts = Self.amounts(first) {
      positions = Self.order(amounts, isDescending) { $0.amount < $1.amount }
    } else if keys.count == 1, let texts = Self.texts(first) {
      positions = Self.order(Self.ranks(texts), isDescending) { a, b in
        if a.high != b.high { return a.high < b.high }
        if a.low != b.low { return a.low < b.low }
        return texts[a.place] < texts[b.place]
      }
    } else {
      positions = first.indices.sorted { a, b in
        for column in keys where !Value.areEqual(column[a], column[b]) {
          return isDescending
            ? Value.sortsBefore(column[b], column[a]) : Value.sortsBefore(column[a], column[b])
        }
        return false
      }
    }
  }

  @inline(__always)
  private static func order<Key: Placed>(
    _ keys: consuming [Key], _ isDescending: Bool, isLess: (Key, Key) -> Bool
  ) -> [Int] {
    if isDescending { keys.sort { isLess($1, $0) } } else { keys.sort(by: isLess) }
    return keys.map(\.place)
  }

  /// The values as plain integers when they are of one kind that is one.
  private static func amounts(_ values: [Value]) -> [AmountKey]? {
    var keys: [AmountKey] = []
    keys.reserveCapacity(values.count)
    for (place, value) in values.enumerated() {
      switch (value, values[0]) {
      case (.int(let amount), .int), (.size(let amount), .size),
        (.duration(let amount), .duration), (.datetime(let amount), .datetime):
        keys.append(AmountKey(amount: amount, place: place))
      default: return nil
      }
    }
    return keys
  }

  /// The values as texts when they all are ASCII, whose order is that of the bytes.
  private static func texts(_ values: [Value]) -> [String]? {
    var texts: [String] = []
    texts.reserveCapacity(values.count)
    for value in values {
      guard case .string(let text) = value, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      texts.append(text)
    }
    return texts
  }

  private static func ranks(_ texts: [String]) -> [TextKey] {
    let start = sharedPrefix(texts)
    return texts.enumerated().map { place, text in
      var text = text
      return text.withUTF8 { TextKey(UnsafeBufferPointer(rebasing: $0[start...]), place: place) }
    }
  }

  private static func sharedPrefix(_ texts: [String]) -> Int {
    let first = texts.first ?? ""
    var count = first.utf8.count
    for text in texts where count > 0 {
      var common = 0
      for (a, b) in zip(first.utf8, text.utf8) {
        guard a == b, common < count else { break }
        common += 1
      }
      count = common
    }
    return count
  }
}

/// What is compared in place of a row's value.
private protocol Placed {
  /// Where the row was.
  var place: Int { get }
}

private struct AmountKey: Placed {
  let amount: Int
  let place: Int
}

/// Sixteen bytes of a text as numbers: most comparisons end there.
private struct TextKey: Placed {
  let high: UInt64
  let low: UInt64
  let place: Int

  init(_ text: UnsafeBufferPointer<UInt8>, place: Int) {
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (index, byte) in text.prefix(8).enumerated() { high |= UInt64(byte) << (56 - 8 * index) }
    for (index, byte) in text.dropFirst(8).prefix(8).enumerated() {
      low |= UInt64(byte) << (56 - 8 * index)
    }
    (self.high, self.low, self.place) = (high, low, place)
  }
}
