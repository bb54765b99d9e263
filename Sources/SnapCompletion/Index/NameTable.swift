import Glibc

/// The names of a table in one buffer, each behind a line feed, in small letters: what a search looks
/// through. A zero ends each block of them, and so a search by `strstr`. A name that looks otherwise is
/// kept beside it as it is.
struct NameTable {
  let starts: UnsafeBufferPointer<UInt32>
  let folded: UnsafeRawBufferPointer
  let grams: GramTable
  let ownPositions: UnsafeBufferPointer<UInt32>
  let own: TextTable

  static let mark = UInt8(ascii: "\n")

  var count: Int { starts.count - 1 }

  /// Where the name stands in `folded`; empty when the table is damaged.
  private func range(_ position: Int) -> Range<Int> {
    let start = Int(starts[position])
    let end = Int(starts[position + 1]) - (Self.endsBlock(position, of: count) ? 2 : 1)
    return start <= end && end <= folded.count ? start..<end : 0..<0
  }

  /// Whether a zero stands behind the name.
  static func endsBlock(_ position: Int, of count: Int) -> Bool {
    position + 1 == count || (position + 1).isMultiple(of: GramTable.blockSize)
  }

  subscript(position: Int) -> String {
    if !ownPositions.isEmpty {
      let index = ownPositions.lowerBound(UInt32(position))
      if index < ownPositions.count, ownPositions[index] == position { return own[index] }
    }
    return String(decoding: folded[range(position)], as: UTF8.self)
  }

  /// What is compared: small letters, and blanks for bytes that have a meaning in the buffer.
  static func folding(_ text: String) -> [UInt8] {
    var bytes = [UInt8](text.utf8)
    if bytes.contains(where: { $0 >= 0x80 }) { bytes = Array(text.lowercased().utf8) }
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0 || byte == mark { bytes[index] = UInt8(ascii: " ") }
      if (0x41...0x5A).contains(byte) { bytes[index] = byte | 0x20 }
    }
    return bytes
  }

  /// Calls `body` with the positions of the names that begin with `text` (folded), ascending, until
  /// it returns false.
  func forEach(beginningWith text: [UInt8], _ body: (Int) -> Bool) {
    forEachMatch(of: [Self.mark] + text) { position, _ in body(position) }
  }

  /// The same for names that hold `text` further behind, and don't begin with it.
  func forEach(containing text: [UInt8], _ body: (Int) -> Bool) {
    forEachMatch(of: text) { position, offset in
      offset == Int(starts[position]) ? true : body(position)
    }
  }

  private func forEachMatch(of text: [UInt8], _ body: (_ position: Int, _ offset: Int) -> Bool) {
    guard let base = folded.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
    let needle = (text + [0]).map { CChar(bitPattern: $0) }
    grams.forEachBlock(mayHold: text) { block in
      var position = block * GramTable.blockSize
      guard position < count else { return false }
      let last = min(position + GramTable.blockSize, count)
      while position < last {
        let from = Int(starts[position]) - 1
        guard 0..<folded.count ~= from, let found = strstr(base + from, needle) else { return true }
        let offset = UnsafePointer(found) - base
        while position + 1 < last, Int(starts[position + 1]) - 1 <= offset { position += 1 }
        guard body(position, offset) else { return false }
        position += 1
      }
      return true
    }
  }
}

/// Texts one behind the other.
struct TextTable {
  let starts: UnsafeBufferPointer<UInt32>
  let bytes: UnsafeRawBufferPointer

  var count: Int { max(0, starts.count - 1) }

  /// Empty when the table is damaged.
  subscript(index: Int) -> String {
    guard index + 1 < starts.count else { return "" }
    let (start, end) = (Int(starts[index]), Int(starts[index + 1]))
    guard start <= end, end <= bytes.count else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

extension UnsafeBufferPointer where Element: Comparable {
  /// The first index whose element is not below `value`, of elements in order.
  func lowerBound(_ value: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
