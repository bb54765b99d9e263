import Glibc

/// Names in one buffer, so that a search is one pass of `strstr` over it.
struct NameList: Sendable {
  /// The names in small letters, each ended by a newline; a zero byte at the end.
  private var bytes: [CChar] = []
  private var starts: [Int] = []

  init(_ names: some Sequence<String?>) {
    for name in names {
      starts.append(bytes.count)
      if let name { bytes.append(contentsOf: Self.bytes(of: name)) }
      bytes.append(Self.end)
    }
    bytes.append(0)
  }

  private static let end = CChar(bitPattern: UInt8(ascii: "\n"))

  /// The bytes that are compared; those that have a meaning in the buffer become blanks.
  private static func bytes(of text: String) -> [CChar] {
    text.lowercased().utf8.map { byte in
      let byte = CChar(bitPattern: byte)
      return byte == 0 || byte == end ? CChar(bitPattern: UInt8(ascii: " ")) : byte
    }
  }

  struct Matches {
    var prefixed: [Int] = []
    var containing: [Int] = []
  }

  /// The positions of the names that hold `text`, ascending, at most `limit` of each kind.
  func search(_ text: String, limit: Int) -> Matches {
    let needle = Self.bytes(of: text) + [0]
    var matches = Matches()
    guard !text.isEmpty else { return matches }
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
