/// Which blocks of names hold which sequences of one, two or three bytes.
///
/// The names stand in blocks of 64. For each sequence, by its hash, there is a row of bits, one for each
/// block: a text can only be in the blocks that all of its sequences are in.
struct GramTable {
  static let blockSize = 64
  private static let hashBits = 13

  let words: UnsafeBufferPointer<UInt64>
  private let wordsPerRow: Int

  init(_ words: UnsafeBufferPointer<UInt64>, rows: Int) {
    self.words = words
    wordsPerRow = Self.wordsPerRow(rows)
  }

  /// In bytes.
  static func size(rows: Int) -> Int { wordsPerRow(rows) << hashBits * 8 }

  private static func wordsPerRow(_ rows: Int) -> Int {
    (rows + blockSize * 64 - 1) / (blockSize * 64)
  }

  private static func hash(_ gram: UInt32) -> Int {
    Int((gram &* 0x9E37_79B1) >> (32 - UInt32(hashBits)))
  }

  /// Sequences of different lengths are different numbers, for no byte of a name is zero.
  private static func gram(_ bytes: some Collection<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Notes the sequences of a name, with what marks its beginning.
  static func note(
    _ bytes: UnsafeRawBufferPointer, row: Int, rows: Int,
    in words: UnsafeMutableBufferPointer<UInt64>
  ) {
    let perRow = wordsPerRow(rows)
    let block = row / blockSize
    let (word, bit) = (block / 64, UInt64(1) << UInt64(block % 64))
    var (one, two) = (UInt32(0), UInt32(0))
    for byte in bytes {
      let three = (two << 8 | UInt32(byte)) & 0xFF_FFFF
      two = (one << 8 | UInt32(byte)) & 0xFFFF
      one = UInt32(byte)
      words[hash(one) * perRow + word] |= bit
      if two > 0xFF { words[hash(two) * perRow + word] |= bit }
      if three > 0xFFFF { words[hash(three) * perRow + word] |= bit }
    }
  }

  /// Calls `body` with the blocks that may hold `text`, ascending, until it returns false.
  func forEachBlock(mayHold text: [UInt8], _ body: (Int) -> Bool) {
    let length = min(3, text.count)
    guard length > 0 else { return }
    let starts = Set(
      (0...(text.count - length)).map { start in
        Self.hash(Self.gram(text[start..<(start + length)])) * wordsPerRow
      })
    let rows = Array(starts)
    for word in 0..<wordsPerRow {
      var bits = UInt64.max
      for row in rows where bits != 0 { bits &= words[row + word] }
      while bits != 0 {
        if !body(word * 64 + bits.trailingZeroBitCount) { return }
        bits &= bits - 1
      }
    }
  }
}
