/// A list of snapshots, newest first, and of their slices, laid out for searching; in memory or in a
/// file that is only mapped, never read as a whole.
struct StoredList: Sendable {
  let header: ListHeader
  let memory: MappedBytes
  private let offsets: [Int]

  /// Nil when the bytes are no list.
  init?(_ memory: MappedBytes) {
    guard let header = ListHeader(memory.bytes) else { return nil }
    self.header = header
    self.memory = memory
    offsets = header.offsets
    // Without its last zero, a search would go on behind the memory.
    guard bytes(.names).last == 0, bytes(.sliceNames).last == 0 else { return nil }
  }

  var count: Int { header.snapshotCount }
  var sliceCount: Int { header.sliceCount }

  func bytes(_ section: ListSection) -> UnsafeRawBufferPointer {
    let start = offsets[section.rawValue]
    return UnsafeRawBufferPointer(
      rebasing: memory.bytes[start..<(start + header.lengths[section.rawValue])])
  }

  func values<Value>(_ section: ListSection, as type: Value.Type) -> UnsafeBufferPointer<Value> {
    bytes(section).bindMemory(to: type)
  }

  /// The columns, found once for a search.
  var columns: ListColumns { ListColumns(self) }
}

/// The columns of a stored list. To be used no longer than the list.
struct ListColumns {
  private let list: StoredList
  let ids: IDTable
  let names: NameTable
  let sliceIDs: IDTable
  let sliceNames: NameTable
  private let created: UnsafeBufferPointer<Int>
  private let slices: UnsafeBufferPointer<UInt32>
  private let gigabytes: UnsafeBufferPointer<Int32>
  private let flags: UnsafeBufferPointer<UInt8>
  private let newest: UnsafeBufferPointer<Int>
  private let counts: UnsafeBufferPointer<UInt32>
  private let sliceRegions: UnsafeBufferPointer<UInt32>
  private let sliceFlags: UnsafeBufferPointer<UInt8>
  private let memberStarts: UnsafeBufferPointer<UInt32>
  private let memberPositions: UnsafeBufferPointer<UInt32>
  private let regionTexts: TextTable

  static let none = UInt32.max

  enum Flag {
    static let named: UInt8 = 1
    /// No other row has the name.
    static let unique: UInt8 = 2
    static let running: UInt8 = 4
  }

  init(_ list: StoredList) {
    self.list = list
    ids = IDTable(
      ids: list.values(.ids, as: Int.self), order: list.values(.idOrder, as: UInt32.self))
    names = NameTable(
      starts: list.values(.nameStarts, as: UInt32.self), folded: list.bytes(.names),
      grams: GramTable(list.values(.nameGrams, as: UInt64.self), rows: list.count),
      ownPositions: list.values(.ownNamePositions, as: UInt32.self),
      own: TextTable(
        starts: list.values(.ownNameStarts, as: UInt32.self), bytes: list.bytes(.ownNames)))
    sliceIDs = IDTable(
      ids: list.values(.sliceIDs, as: Int.self), order: list.values(.sliceIDOrder, as: UInt32.self))
    sliceNames = NameTable(
      starts: list.values(.sliceNameStarts, as: UInt32.self), folded: list.bytes(.sliceNames),
      grams: GramTable(list.values(.sliceNameGrams, as: UInt64.self), rows: list.sliceCount),
      ownPositions: list.values(.ownSliceNamePositions, as: UInt32.self),
      own: TextTable(
        starts: list.values(.ownSliceNameStarts, as: UInt32.self),
        bytes: list.bytes(.ownSliceNames)))
    created = list.values(.created, as: Int.self)
    slices = list.values(.slices, as: UInt32.self)
    gigabytes = list.values(.gigabytes, as: Int32.self)
    flags = list.values(.flags, as: UInt8.self)
    newest = list.values(.newest, as: Int.self)
    counts = list.values(.counts, as: UInt32.self)
    sliceRegions = list.values(.sliceRegions, as: UInt32.self)
    sliceFlags = list.values(.sliceFlags, as: UInt8.self)
    memberStarts = list.values(.memberStarts, as: UInt32.self)
    memberPositions = list.values(.members, as: UInt32.self)
    regionTexts = TextTable(
      starts: list.values(.regionStarts, as: UInt32.self), bytes: list.bytes(.regions))
  }

  var regions: [String] { (0..<regionTexts.count).map { regionTexts[$0] } }

  func snapshot(at position: Int) -> SnapshotIndex.Snapshot {
    let slice = Int(slices[position])
    let isKnown = slice < sliceIDs.ids.count
    let flags = flags[position]
    return SnapshotIndex.Snapshot(
      id: ids.ids[position], name: flags & Flag.named != 0 ? names[position] : nil,
      slice: isKnown ? sliceIDs.ids[slice] : nil,
      sliceName: isKnown && sliceFlags[slice] & Flag.named != 0 ? sliceNames[slice] : nil,
      region: isKnown ? region(ofSlice: slice) : nil,
      created: created[position] == .min ? nil : created[position],
      gigabytes: gigabytes[position] == .min ? nil : Int(gigabytes[position]),
      isRunning: flags & Flag.running != 0)
  }

  func isUnique(_ position: Int) -> Bool { flags[position] & Flag.unique != 0 }

  func slice(at position: Int) -> SnapshotIndex.Slice {
    SnapshotIndex.Slice(
      id: sliceIDs.ids[position],
      name: sliceFlags[position] & Flag.named != 0 ? sliceNames[position] : nil,
      region: region(ofSlice: position), count: Int(counts[position]),
      newest: newest[position] == .min ? nil : newest[position])
  }

  func isUnique(slice position: Int) -> Bool { sliceFlags[position] & Flag.unique != 0 }

  /// The positions of a slice's snapshots, newest first.
  func members(ofSlice position: Int) -> [UInt32].SubSequence {
    let (start, end) = (Int(memberStarts[position]), Int(memberStarts[position + 1]))
    guard start <= end, end <= memberPositions.count else { return [] }
    return memberPositions[start..<end].prefix(SnapshotIndex.most)
      .filter { $0 < UInt32(ids.ids.count) }[...]
  }

  private func region(ofSlice position: Int) -> String? {
    let region = Int(sliceRegions[position])
    return region < regionTexts.count ? regionTexts[region] : nil
  }
}
