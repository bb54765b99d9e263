import Glibc

/// Names in one buffer, so that a search is one pass of `strstr` over it.
struct NameList: Sendable {
  /// The names in small letters, each ended by a newline; a zero byte at the end.
  private var bytes: [CChar] = []
  private var starts: [Int] = []

  init(_ names: some Sequence<String?>) {
    for name in names {
      starts.append(bytes.count)
      if let name { Self.append(name, to: &bytes) }
      bytes.append(Self.end)
    }
    bytes.append(0)
  }

  private static let end = CChar(bitPattern: UInt8(ascii: "\n"))

  /// Adds what is compared; bytes that have a meaning in the buffer become blanks.
  private static func append(_ text: String, to bytes: inout [CChar]) {
    let start = bytes.count
    for byte in text.utf8 {
      guard byte < 0x80 else {
        bytes.removeLast(bytes.count - start)
        for byte in text.lowercased().utf8 { bytes.append(compared(byte)) }
        return
      }
      bytes.append(compared((0x41...0x5A).contains(byte) ? byte | 0x20 : byte))
    }
  }

  private static func compared(_ byte: UInt8) -> CChar {
    let byte = CChar(bitPattern: byte)
    return byte == 0 || byte == end ? CChar(bitPattern: UInt8(ascii: " ")) : byte
  }

  struct Matches {
    var prefixed: [Int] = []
    var containing: [Int] = []
  }

  /// The positions of the names that hold `text`, ascending, at most `limit` of each kind.
  func search(_ text: String, limit: Int) -> Matches {
    var matches = Matches()
    guard !text.isEmpty else { return matches }
    var needle: [CChar] = []
    Self.append(text, to: &needle)
    needle.append(0)
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      var from = 0
      while matches.prefixed.count < limit,
        let found = strstr(base + from, needle)
      {
        let offset = UnsafePointer(found) - base
        let position = position(of: offset)
        if offset == starts[position] {
          matches.prefixed.append(position)
        } else if matches.containing.count < limit {
          matches.containing.append(position)
        }
        guard position + 1 < starts.count else { return }
        from = starts[position + 1]
      }
    }
    return matches
  }

  /// The name that the byte at `offset` belongs to.
  private func position(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
