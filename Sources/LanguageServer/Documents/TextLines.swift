/// How a client counts the columns of a line (LSP 3.17, `PositionEncodingKind`).
enum PositionEncoding: String {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// A place as a client says it: both from 0, the column in units of the encoding.
struct Position: Hashable, Comparable {
  var line: Int
  var character: Int

  static func < (one: Position, other: Position) -> Bool {
    (one.line, one.character) < (other.line, other.character)
  }
}

/// Translates between places in a text and offsets of its bytes.
///
/// `\n`, `\r\n` and a lone `\r` end a line here, as LSP has it.
struct TextLines {
  let bytes: [UInt8]
  let encoding: PositionEncoding
  private let starts: [Int]

  init(_ bytes: [UInt8], encoding: PositionEncoding) {
    self.bytes = bytes
    self.encoding = encoding
    starts = bytes.withUnsafeBufferPointer { bytes in
      var starts = [0]
      for index in 0..<bytes.count {
        let byte = bytes[index]
        if byte > 0x0D { continue }
        if byte == 0x0A || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
        {
          starts.append(index + 1)
        }
      }
      return starts
    }
  }

  /// The line with its end.
  private func line(_ number: Int) -> Range<Int> {
    starts[number]..<(number + 1 < starts.count ? starts[number + 1] : bytes.count)
  }

  /// A column behind the line's end is its end; a line behind the text's end is the text's end.
  func offset(of position: Position) -> Int {
    guard position.line < starts.count else { return bytes.count }
    guard position.line >= 0 else { return 0 }
    var range = line(position.line)
    while let last = bytes[range].last, last == 0x0A || last == 0x0D {
      range = range.lowerBound..<range.upperBound - 1
    }
    var at = range.lowerBound
    var units = 0
    while at < range.upperBound {
      let (length, width) = character(at)
      if units + width > position.character { break }
      units += width
      at = min(at + length, range.upperBound)
    }
    return at
  }

  func position(of offset: Int) -> Position {
    let offset = min(max(0, offset), bytes.count)
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(line: low, character: width(starts[low]..<offset))
  }

  /// The units of the bytes in `range`.
  func width(_ range: Range<Int>) -> Int {
    if encoding == .utf8 { return range.count }
    return bytes[range].reduce(0) { units, byte in
      byte & 0xC0 == 0x80 ? units : units + (byte >= 0xF0 ? 2 : 1)
    }
  }

  /// The bytes of the scalar that begins at `at`, and its units.
  private func character(_ at: Int) -> (length: Int, width: Int) {
    let length: Int =
      switch bytes[at] {
      case ..<0xC0: 1
      case ..<0xE0: 2
      case ..<0xF0: 3
      default: 4
      }
    return (length, encoding == .utf8 ? length : length == 4 ? 2 : 1)
  }

  /// The parts of `range` that stand on one line each, without the ends of the lines.
  func partsByLine(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for at in range where bytes[at] == 0x0A || bytes[at] == 0x0D {
      if start < at { parts.append(start..<at) }
      start = at + 1
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}
