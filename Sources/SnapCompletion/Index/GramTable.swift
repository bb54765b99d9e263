/// Which blocks of names hold which sequences of one to four bytes, and which longer ones their
/// names begin with.
///
/// The names stand in blocks of 64. For each sequence, by its hash, there is a row of bits, one for each
/// block: a text can only be in the blocks that all of its sequences are in.
struct GramTable {
  static let blockSize = 64
  private static let hashBits = 14

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

  /// The lengths, the mark included, of the beginnings of names that are noted.
  private static let beginnings = 2...9

  private static func beginning(_ bytes: some Sequence<UInt8>) -> Int {
    hash(bytes.reduce(1) { $0 &* 0x0100_0193 ^ UInt32($1) })
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
    func note(_ hash: Int) { words[hash * perRow + word] |= bit }
    for length in beginnings where length <= bytes.count {
      note(beginning(UnsafeRawBufferPointer(rebasing: bytes[..<length])))
    }
    var last = UInt32(0)
    for byte in bytes {
      last = last << 8 | UInt32(byte)
      note(hash(last & 0xFF))
      if last > 0xFF { note(hash(last & 0xFFFF)) }
      if last > 0xFFFF { note(hash(last & 0xFF_FFFF)) }
      if last > 0xFF_FFFF { note(hash(last)) }
    }
  }

  /// Calls `body` with the blocks that may hold `text`, ascending, until it returns false.
  func forEachBlock(mayHold text: [UInt8], _ body: (Int) -> Bool) {
    guard !text.isEmpty else { return }
    var hashes: Set<Int> = []
    for length in min(3, text.count)...min(4, text.count) {
      for start in 0...(text.count - length) {
        hashes.insert(Self.hash(Self.gram(text[start..<(start + length)])))
      }
    }
    let beginning = min(text.count, Self.beginnings.upperBound)
    if text.first == NameTable.mark, Self.beginnings.contains(beginning) {
      hashes.insert(Self.beginning(text[..<beginning]))
    }
    let rows = hashes.map { $0 * wordsPerRow }
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
