/// Keys that a terminal sends as ESC [ or ESC O, as libedit gets them here: with the one 8-bit
/// introducer (CSI 0x9B, SS3 0x8F; ECMA-48 5.3) in place of the two bytes.
///
/// So ESC itself stays free in vi's maps: bound as a lead-in it would wait for another key, and arrows
/// would leave the insert mode.
enum EightBitKey {
  /// Stands for pasted text.
  static let paste: UInt8 = 0x81

  /// `sequence` begins after ESC. Nil when it doesn't begin with an introducer.
  static func bytes(sequence: [UInt8]) -> [UInt8]? {
    switch sequence.first {
    case UInt8(ascii: "["): [0x9b] + sequence.dropFirst()
    case UInt8(ascii: "O"): [0x8f] + sequence.dropFirst()
    default: nil
    }
  }
}
