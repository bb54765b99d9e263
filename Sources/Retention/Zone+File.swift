extension Zone {
  /// A zone from the bytes of its file in `/usr/share/zoneinfo` (TZif, RFC 8536); nil when they are
  /// none.
  package init?(name: String, file: [UInt8]) {
    var reader = TZifReader(file)
    guard var counts = reader.header() else { return nil }
    var timeSize = 4
    if counts.version >= 2 {
      guard reader.skip(counts.blockSize(timeSize: 4)), let second = reader.header() else {
        return nil
      }
      counts = second
      timeSize = 8
    }
    guard counts.types > 0, counts.blockSize(timeSize: timeSize) <= reader.remaining else {
      return nil
    }
    let transitions = (0..<counts.times).map { _ in reader.signed(timeSize) }
    let types = (0..<counts.times).map { _ in reader.signed(1) & 0xFF }
    let offsets = (0..<counts.types).map { _ in
      let offset = reader.signed(4)
      _ = reader.skip(2)
      return offset
    }
    guard types.allSatisfy({ $0 < offsets.count }),
      zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }),
      reader.skip(
        counts.characters + counts.leaps * (timeSize + 4) + counts.standards + counts.universals)
    else { return nil }
    var rule: ZoneRule?
    if counts.version >= 2 {
      guard let footer = reader.footer() else { return nil }
      rule = ZoneRule(footer)
      guard rule != nil || footer.isEmpty else { return nil }
    }
    self.init(
      name: name, transitions: transitions, offsets: types.map { offsets[$0] },
      firstOffset: offsets[0], rule: rule)
  }
}

/// Takes numbers in network order from the bytes of a TZif file.
private struct TZifReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - at }

  struct Counts {
    var version: Int
    var universals: Int, standards: Int, leaps: Int, times: Int, types: Int, characters: Int

    func blockSize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standards
        + universals
    }
  }

  mutating func header() -> Counts? {
    guard remaining >= 44, bytes[at..<at + 4].elementsEqual("TZif".utf8) else { return nil }
    let version = Int(bytes[at + 4])
    at += 20
    let numbers = (0..<6).map { _ in signed(4) & 0xFFFF_FFFF }
    return Counts(
      version: version == 0 ? 1 : version - Int(UInt8(ascii: "0")), universals: numbers[0],
      standards: numbers[1], leaps: numbers[2], times: numbers[3], types: numbers[4],
      characters: numbers[5])
  }

  /// The next `size` bytes, which are there.
  mutating func signed(_ size: Int) -> Int {
    defer { at += size }
    let first = Int(Int8(bitPattern: bytes[at]))
    return bytes[at + 1..<at + size].reduce(first) { $0 << 8 | Int($1) }
  }

  mutating func skip(_ count: Int) -> Bool {
    guard count <= remaining else { return false }
    at += count
    return true
  }

  /// The text between the two line ends after the data.
  func footer() -> String? {
    let newline = UInt8(ascii: "\n")
    guard at < bytes.count, bytes[at] == newline,
      let end = bytes[(at + 1)...].firstIndex(of: newline)
    else { return nil }
    return String(decoding: bytes[at + 1..<end], as: UTF8.self)
  }
}
