/// Eight bytes of a text, looked at together.
enum ByteWord {
  /// The first byte is the lowest. All eight must be readable.
  @inline(__always)
  static func load(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
  }

  /// Marks the bytes that are more than themselves in a JSON string: quotes, backslashes, control
  /// characters and all from 0x7F on. Only the lowest mark is certain.
  @inline(__always)
  static func specials(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (0x22 &* ones)
    let backslashes = word ^ (0x5C &* ones)
    // A borrow from a lower byte can only come from one that is marked itself.
    let low =
      ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
      | ((word &- (0x20 &* ones)) & ~word)
    return (low | word | (word &+ ones)) & (0x80 &* ones)
  }
}

extension UnsafePointer<UInt8> {
  /// The first byte from here on that is special in a JSON string. Some byte is, and seven more can
  /// be read after it.
  @inline(__always)
  func nextSpecial() -> Self {
    var at = self
    while true {
      let marks = ByteWord.specials(ByteWord.load(at))
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
  }

  /// The end of the UTF-8 sequence that begins here with a byte from 0x80 on; nil when it is none.
  func sequenceEnd() -> Self? {
    func continues(_ index: Int) -> Bool { self[index] & 0xC0 == 0x80 }
    switch self[0] {
    case 0xC2...0xDF: return continues(1) ? self + 2 : nil
    case 0xE0...0xEF:
      let least: UInt8 = self[0] == 0xE0 ? 0xA0 : 0x80
      let most: UInt8 = self[0] == 0xED ? 0x9F : 0xBF
      return self[1] >= least && self[1] <= most && continues(2) ? self + 3 : nil
    case 0xF0...0xF4:
      let least: UInt8 = self[0] == 0xF0 ? 0x90 : 0x80
      let most: UInt8 = self[0] == 0xF4 ? 0x8F : 0xBF
      return self[1] >= least && self[1] <= most && continues(2) && continues(3)
        ? self + 4 : nil
    default: return nil
    }
  }
}
