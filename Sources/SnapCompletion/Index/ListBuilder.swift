/// Lays a list out for searching.
struct ListBuilder {
  private var sections = [[UInt8]](repeating: [], count: ListSection.allCases.count)

  /// - Parameters:
  ///   - snapshots: in any order.
  ///   - known: slices that are known although no snapshot may tell of them.
  ///   - key: whose list it is.
  ///   - time: when it was read, in microseconds since 1970.
  /// - Returns: nil when there is no memory for it.
  static func list(
    _ snapshots: [SnapshotIndex.Snapshot], slices known: [SnapshotIndex.Slice], key: UInt64,
    time: Int
  ) -> StoredList? {
    var order = snapshots.indices.map { (snapshots[$0].created ?? .min, snapshots[$0].id, $0) }
    order.sort { $0 > $1 }
    let rows = order.map(\.2)
    let slices = Slices(snapshots, rows, known)
    var builder = ListBuilder()
    builder.put(rows.map { snapshots[$0].id }, .ids)
    builder.put(rows.map { snapshots[$0].created ?? .min }, .created)
    builder.put(slices.ofRow, .slices)
    builder.put(
      rows.map { snapshots[$0].gigabytes.flatMap(Int32.init(exactly:)) ?? .min }, .gigabytes)
    builder.put(idOrder(rows.map { snapshots[$0].id }), .idOrder)
    let running = rows.map { snapshots[$0].isRunning }
    builder.putNames(
      rows.lazy.map { snapshots[$0].name }, running,
      NameSections(
        flags: .flags, starts: .nameStarts, folded: .names, ownPositions: .ownNamePositions,
        ownStarts: .ownNameStarts, own: .ownNames))
    builder.putSlices(slices)
    return builder.stored(
      ListHeader(
        key: key, time: time, snapshotCount: rows.count, sliceCount: slices.list.count,
        lengths: []))
  }

  private mutating func put<Value>(_ values: [Value], _ section: ListSection) {
    sections[section.rawValue] = values.withUnsafeBytes { Array($0) }
  }

  private static func idOrder(_ ids: [Int]) -> [UInt32] {
    var order = ids.enumerated().map { ($0.element, UInt32($0.offset)) }
    order.sort { $0 < $1 }
    return order.map(\.1)
  }

  private struct NameSections {
    let flags, starts, folded, ownPositions, ownStarts, own: ListSection
  }

  private mutating func putNames(
    _ names: some Collection<String?>, _ running: [Bool], _ sections: NameSections
  ) {
    var counts: [String: Int] = [:]
    counts.reserveCapacity(names.count)
    for case let name? in names { counts[name, default: 0] += 1 }
    var folded: [UInt8] = []
    var (starts, flags): ([UInt32], [UInt8]) = ([], [])
    var (ownPositions, ownStarts, own): ([UInt32], [UInt32], [UInt8]) = ([], [0], [])
    for (position, name) in names.enumerated() {
      folded.append(NameTable.mark)
      starts.append(UInt32(folded.count))
      var flag = running[position] ? ListColumns.Flag.running : 0
      if let name {
        flag |= ListColumns.Flag.named
        if counts[name] == 1 { flag |= ListColumns.Flag.unique }
        let compared = NameTable.folding(name)
        folded += compared
        if !compared.elementsEqual(name.utf8) {
          ownPositions.append(UInt32(position))
          own += name.utf8
          ownStarts.append(UInt32(own.count))
        }
      }
      flags.append(flag)
      if NameTable.endsBlock(position, of: names.count) { folded.append(0) }
    }
    starts.append(UInt32(folded.count + 1))
    if folded.isEmpty { folded.append(0) }
    put(flags, sections.flags)
    put(starts, sections.starts)
    put(folded, sections.folded)
    put(ownPositions, sections.ownPositions)
    put(ownStarts, sections.ownStarts)
    put(own, sections.own)
  }

  private mutating func putSlices(_ slices: Slices) {
    let list = slices.list
    put(list.map(\.id), .sliceIDs)
    put(list.map { $0.newest ?? .min }, .newest)
    put(list.map { UInt32(clamping: $0.count) }, .counts)
    put(Self.idOrder(list.map(\.id)), .sliceIDOrder)
    putNames(
      list.lazy.map(\.name), list.map { _ in false },
      NameSections(
        flags: .sliceFlags, starts: .sliceNameStarts, folded: .sliceNames,
        ownPositions: .ownSliceNamePositions, ownStarts: .ownSliceNameStarts, own: .ownSliceNames))
    let regions = Set(list.compactMap(\.region)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: regions.enumerated().map { ($1, UInt32($0)) })
    put(list.map { $0.region.flatMap { numbers[$0] } ?? ListColumns.none }, .sliceRegions)
    var (starts, bytes): ([UInt32], [UInt8]) = ([0], [])
    for region in regions {
      bytes += region.utf8
      starts.append(UInt32(bytes.count))
    }
    put(starts, .regionStarts)
    put(bytes, .regions)
    let (memberStarts, members) = slices.members
    put(memberStarts, .memberStarts)
    put(members, .members)
  }

  private func stored(_ header: ListHeader) -> StoredList? {
    var header = header
    header.lengths = sections.map(\.count)
    header.lengths[ListSection.nameGrams.rawValue] = GramTable.size(rows: header.snapshotCount)
    header.lengths[ListSection.sliceNameGrams.rawValue] = GramTable.size(rows: header.sliceCount)
    let offsets = header.offsets
    let memory = MappedBytes(count: header.total) { bytes in
      header.write(to: bytes)
      for (section, offset) in zip(sections, offsets) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyBytes(from: section)
      }
      Self.noteGrams(.nameStarts, .names, .nameGrams, header.snapshotCount, header, bytes)
      Self.noteGrams(
        .sliceNameStarts, .sliceNames, .sliceNameGrams, header.sliceCount, header, bytes)
    }
    return memory.flatMap(StoredList.init)
  }

  private static func noteGrams(
    _ startSection: ListSection, _ nameSection: ListSection, _ gramSection: ListSection,
    _ rows: Int, _ header: ListHeader, _ bytes: UnsafeMutableRawBufferPointer
  ) {
    let offsets = header.offsets
    func part(_ section: ListSection) -> UnsafeMutableRawBufferPointer {
      let start = offsets[section.rawValue]
      return UnsafeMutableRawBufferPointer(
        rebasing: bytes[start..<(start + header.lengths[section.rawValue])])
    }
    let starts = UnsafeRawBufferPointer(part(startSection)).bindMemory(to: UInt32.self)
    let names = UnsafeRawBufferPointer(part(nameSection))
    let words = part(gramSection).bindMemory(to: UInt64.self)
    for row in 0..<rows {
      let end = Int(starts[row + 1]) - (NameTable.endsBlock(row, of: rows) ? 2 : 1)
      let name = UnsafeRawBufferPointer(rebasing: names[(Int(starts[row]) - 1)..<end])
      GramTable.note(name, row: row, rows: rows, in: words)
    }
  }
}

/// The slices that snapshots tell of, those with the newest ones first, and those known besides.
private struct Slices {
  private(set) var list: [SnapshotIndex.Slice] = []
  /// For each snapshot in `rows`, its slice's position in `list`.
  private(set) var ofRow: [UInt32] = []

  init(_ snapshots: [SnapshotIndex.Snapshot], _ rows: [Int], _ known: [SnapshotIndex.Slice]) {
    var positions: [Int: Int] = [:]
    for row in rows {
      let snapshot = snapshots[row]
      guard let id = snapshot.slice else {
        ofRow.append(ListColumns.none)
        continue
      }
      let position = positions[id] ?? list.count
      if position == list.count {
        positions[id] = position
        list.append(SnapshotIndex.Slice(id: id, newest: snapshot.created))
      }
      list[position].count += 1
      if list[position].name == nil { list[position].name = snapshot.sliceName }
      if list[position].region == nil { list[position].region = snapshot.region }
      ofRow.append(UInt32(position))
    }
    for slice in known {
      guard let position = positions[slice.id] else {
        positions[slice.id] = list.count
        list.append(slice)
        continue
      }
      list[position].name = slice.name ?? list[position].name
      list[position].region = slice.region ?? list[position].region
    }
  }

  /// The snapshots by slice: where each slice's begin, and their positions.
  var members: (starts: [UInt32], positions: [UInt32]) {
    var starts = [UInt32](repeating: 0, count: list.count + 1)
    for slice in ofRow where slice != ListColumns.none { starts[Int(slice) + 1] += 1 }
    for index in list.indices { starts[index + 1] += starts[index] }
    var next = starts
    var positions = [UInt32](repeating: 0, count: Int(starts[list.count]))
    for (row, slice) in ofRow.enumerated() where slice != ListColumns.none {
      positions[Int(next[Int(slice)])] = UInt32(row)
      next[Int(slice)] += 1
    }
    return (starts, positions)
  }
}
