import SnapLanguage

/// The order of rows by their keys. Equal rows keep their order, as Swift's sort documents.
struct SortedOrder {
  /// The rows' places, first to last.
  let positions: [Int]

  /// `keys` has a list for each column, the most important first, with a value for each row.
  init(keys: [[Value]], isDescending: Bool) {
    let first = keys.first ?? []
    if keys.count == 1, let amounts = Self.amounts(first) {
      positions = Self.order(amounts, isDescending) { $0.rank < $1.rank }
    } else if keys.count == 1, let texts = Self.texts(first) {
      positions = Self.order(Self.ranks(texts), isDescending) { a, b in
        if a.rank != b.rank { return a.rank < b.rank }
        return texts[a.position] < texts[b.position]
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

  /// What is compared in place of a row's value.
  private struct Key<Rank> {
    let rank: Rank
    let position: Int
  }

  @inline(__always)
  private static func order<Rank>(
    _ keys: [Key<Rank>], _ isDescending: Bool, isLess: (Key<Rank>, Key<Rank>) -> Bool
  ) -> [Int] {
    let sorted = isDescending ? keys.sorted { isLess($1, $0) } : keys.sorted(by: isLess)
    return sorted.map(\.position)
  }

  /// The values as plain integers when they are of one kind that is one.
  private static func amounts(_ values: [Value]) -> [Key<Int>]? {
    var keys: [Key<Int>] = []
    keys.reserveCapacity(values.count)
    for (position, value) in values.enumerated() {
      switch (value, values[0]) {
      case (.int(let amount), .int), (.size(let amount), .size),
        (.duration(let amount), .duration), (.datetime(let amount), .datetime):
        keys.append(Key(rank: amount, position: position))
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

  /// The sixteen bytes after those that all texts share, as numbers: most comparisons end there.
  private static func ranks(_ texts: [String]) -> [Key<SIMD2<UInt64>>] {
    let start = sharedPrefix(texts)
    return texts.enumerated().map { position, text in
      var rank = SIMD2<UInt64>()
      for (index, byte) in text.utf8.dropFirst(start).prefix(16).enumerated() {
        rank[index / 8] |= UInt64(byte) << UInt64(56 - index % 8 * 8)
      }
      return Key(rank: rank, position: position)
    }
  }

  private static func sharedPrefix(_ texts: [String]) -> Int {
    let first = texts.first ?? ""
    var count = first.utf8.count
    for text in texts where count > 0 {
      count = zip(first.utf8.prefix(count), text.utf8).prefix { $0 == $1 }.count
    }
    return count
  }
}

extension SIMD2<UInt64> {
  fileprivate static func < (a: Self, b: Self) -> Bool {
    a[0] != b[0] ? a[0] < b[0] : a[1] < b[1]
  }
}
