import CEditline

extension Unicode.Scalar {
  /// Terminal columns, 0 for a mark that joins the character before it (`wcwidth`).
  var columns: Int {
    if value >= 0x20, value < 0x7f { return 1 }
    return max(0, Int(ced_width(wchar_t(bitPattern: value))))
  }

  /// What stands in for a character that a terminal would obey rather than show: C0 and C1 controls,
  /// and the marks that change the direction of text.
  var substitute: String? {
    switch value {
    case 0..<0x20, 0x7f: Unicode.Scalar(UInt8(value) ^ 0x40).asCaret
    case 0x80..<0xa0, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: "\u{fffd}"
    default: nil
    }
  }

  private var asCaret: String { "^" + String(Character(self)) }
}

extension String {
  /// Terminal columns of text without control characters.
  var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// The longest beginning that fits in `limit` columns.
  func fitting(columns limit: Int) -> String {
    var room = limit
    var end = unicodeScalars.startIndex
    for scalar in unicodeScalars {
      room -= scalar.columns
      if room < 0 { break }
      end = unicodeScalars.index(after: end)
    }
    return String(unicodeScalars[..<end])
  }
}
