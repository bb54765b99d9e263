/// The parts of a stored list, in their order in the file.
enum ListSection: Int, CaseIterable {
  case ids, created, slices, gigabytes, flags, idOrder
  case nameStarts, names, nameGrams, ownNamePositions, ownNameStarts, ownNames
  case sliceIDs, newest, counts, sliceRegions, sliceFlags, sliceIDOrder, memberStarts, members
  case sliceNameStarts, sliceNames, sliceNameGrams
  case ownSliceNamePositions, ownSliceNameStarts, ownSliceNames
  case regionStarts, regions
}

/// What stands at the head of a stored list: what it is, and where its parts are.
///
/// The numbers are in the machine's byte order; a file of another one has another `magic`.
struct ListHeader {
  static let magic: UInt64 = 0x736E_6170_6C73_0001
  private static let fixedFields = 5
  static let size = (fixedFields + ListSection.allCases.count + 1) * 8

  /// Whose list it is, as `ListFile` makes it of a name.
  var key: UInt64
  /// When the list was read, in microseconds since 1970.
  var time: Int
  var snapshotCount: Int
  var sliceCount: Int
  /// In bytes.
  var lengths: [Int]

  var offsets: [Int] {
    var offset = Self.size
    return lengths.map { length in
      defer { offset += (length + 7) & ~7 }
      return offset
    }
  }

  var total: Int { lengths.reduce(Self.size) { $0 + (($1 + 7) & ~7) } }

  private var words: [UInt64] {
    let numbers = [time, snapshotCount, sliceCount] + lengths
    return [Self.magic, key] + numbers.map { UInt64(bitPattern: Int64($0)) }
  }

  func write(to bytes: UnsafeMutableRawBufferPointer) {
    let words = words
    for (index, word) in (words + [Hash.of(words)]).enumerated() {
      bytes.storeBytes(of: word, toByteOffset: index * 8, as: UInt64.self)
    }
  }

  /// Nil when the bytes are no list, or not all of one.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size else { return nil }
    let words = (0..<(Self.size / 8)).map {
      bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)
    }
    let body = Array(words.dropLast())
    let counts = body.dropFirst(2).map { Int(Int64(bitPattern: $0)) }
    guard body[0] == Self.magic, words.last == Hash.of(body),
      counts.dropFirst().allSatisfy({ (0...bytes.count).contains($0) })
    else { return nil }
    self.init(
      key: body[1], time: counts[0], snapshotCount: counts[1], sliceCount: counts[2],
      lengths: Array(counts.dropFirst(3)))
    guard total == bytes.count, hasExpectedLengths else { return nil }
  }

  init(key: UInt64, time: Int, snapshotCount: Int, sliceCount: Int, lengths: [Int]) {
    self.key = key
    self.time = time
    self.snapshotCount = snapshotCount
    self.sliceCount = sliceCount
    self.lengths = lengths
  }

  /// Whether the columns hold as many values as there are rows.
  private var hasExpectedLengths: Bool {
    func length(_ section: ListSection) -> Int { lengths[section.rawValue] }
    let (rows, slices) = (snapshotCount, sliceCount)
    return length(.ids) == rows * 8 && length(.created) == rows * 8 && length(.slices) == rows * 4
      && length(.gigabytes) == rows * 4 && length(.flags) == rows && length(.idOrder) == rows * 4
      && length(.nameStarts) == (rows + 1) * 4
      && length(.nameGrams) == GramTable.size(rows: rows)
      && length(.sliceIDs) == slices * 8 && length(.newest) == slices * 8
      && length(.counts) == slices * 4 && length(.sliceRegions) == slices * 4
      && length(.sliceFlags) == slices && length(.sliceIDOrder) == slices * 4
      && length(.memberStarts) == (slices + 1) * 4
      && length(.sliceNameStarts) == (slices + 1) * 4
      && length(.sliceNameGrams) == GramTable.size(rows: slices)
      && length(.names) > 0 && length(.sliceNames) > 0
  }
}

/// FNV-1a over bytes, 64 bits.
enum Hash {
  static func of(_ words: [UInt64]) -> UInt64 {
    words.withUnsafeBytes { of($0) }
  }

  static func of(_ text: String) -> UInt64 { of(Array(text.utf8)) }

  private static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
