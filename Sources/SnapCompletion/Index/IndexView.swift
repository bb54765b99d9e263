/// An index at one moment, as a search sees it.
struct IndexView {
  let state: IndexState
  private let parts: [Part]

  private struct Part {
    let columns: ListColumns
    let isBase: Bool
  }

  struct Found<Row> {
    let row: Row
    /// Whether no other one has its name.
    let isUnique: Bool
  }

  /// What fits, at most as many as were asked for.
  struct Matches<Row> {
    var found: [Found<Row>] = []
    /// Whether more fit.
    var isCut = false
  }

  /// What keeps the columns alive, and the rows of `base` that aren't true any more.
  private let base: StoredList?
  private let recent: StoredList?
  private let recentIDs: IDTable?
  private let removed: Set<Int>

  init(base: StoredList?, recent: StoredList?, removed: Set<Int>, state: IndexState) {
    self.state = state
    self.base = base
    self.recent = recent
    self.removed = removed
    recentIDs = recent.map(\.columns.ids)
    parts =
      [recent.map { Part(columns: $0.columns, isBase: false) }].compactMap(\.self)
      + [base.map { Part(columns: $0.columns, isBase: true) }].compactMap(\.self)
  }

  /// Of the snapshots that are known.
  var snapshotCount: Int { (base?.count ?? 0) + (recent?.count ?? 0) }
  var sliceCount: Int { max(base?.sliceCount ?? 0, recent?.sliceCount ?? 0) }

  var snapshots: [SnapshotIndex.Snapshot] {
    parts.flatMap { part in
      part.columns.ids.ids.indices.filter { !isHidden($0, in: part) }.map(part.columns.snapshot)
    }
  }

  var regions: [String] { Set(parts.flatMap(\.columns.regions)).sorted() }

  /// Whether a newer row stands in place of this one, or none.
  private func isHidden(_ position: Int, in part: Part) -> Bool {
    guard part.isBase else { return false }
    let id = part.columns.ids.ids[position]
    return removed.contains(id) || recentIDs?.position(of: id) != nil
  }

  /// Those whose id begins with `text`, then those whose name does, then those whose name holds it;
  /// each newest first. When none fits, the snapshots of the slices that do.
  func snapshots(matching text: String, limit: Int) -> Matches<SnapshotIndex.Snapshot> {
    var places: [(part: Int, position: Int)] = []
    if text.isEmpty {
      for part in parts.indices {
        let before = places.count
        for position in 0..<parts[part].columns.ids.ids.count {
          if places.count - before > limit { break }
          if !isHidden(position, in: parts[part]) { places.append((part, position)) }
        }
      }
    } else {
      places = search(text, limit, ids: \.ids, names: \.names) { part, position in
        isHidden(position, in: parts[part])
      }
      if places.isEmpty { places = members(ofSlicesMatching: text, limit) }
    }
    var found = places.map { part, position in
      let row = parts[part].columns.snapshot(at: position)
      let isUnique = parts[part].columns.isUnique(position) && !isElsewhere(row.name, part)
      return Found(row: row, isUnique: isUnique)
    }
    if text.isEmpty, parts.count > 1 {
      found.sort { ($0.row.created ?? .min, $0.row.id) > ($1.row.created ?? .min, $1.row.id) }
    }
    return Matches(found: Array(found.prefix(limit)), isCut: found.count > limit)
  }

  /// Whether a row of another part has the name, letter by letter.
  private func isElsewhere(_ name: String?, _ own: Int) -> Bool {
    guard let name, parts.count > 1 else { return false }
    let folded = NameTable.folding(name)
    for (index, part) in parts.enumerated() where index != own {
      var isThere = false
      part.columns.names.forEach(beginningWith: folded) { position in
        isThere = part.columns.names[position] == name && !isHidden(position, in: part)
        return !isThere
      }
      if isThere { return true }
    }
    return false
  }

  private func members(ofSlicesMatching text: String, _ limit: Int) -> [(part: Int, position: Int)]
  {
    var places: [(part: Int, position: Int)] = []
    for (part, position) in slicePlaces(text, limit) {
      for member in parts[part].columns.members(ofSlice: position) {
        if places.count > limit { return places }
        if !isHidden(Int(member), in: parts[part]) { places.append((part, Int(member))) }
      }
    }
    return places
  }

  private func slicePlaces(_ text: String, _ limit: Int) -> [(part: Int, position: Int)] {
    search(text, limit, ids: \.sliceIDs, names: \.sliceNames) { _, _ in false }
  }

  /// In the order of a whole list, the slices that are known besides at the end.
  func slices(matching text: String, limit: Int) -> Matches<SnapshotIndex.Slice> {
    var places: [(part: Int, position: Int)] = []
    if text.isEmpty {
      for part in parts.indices.reversed() {
        let count = min(parts[part].columns.sliceIDs.ids.count, limit + 1)
        places += (0..<count).map { (part, $0) }
      }
    } else {
      places = slicePlaces(text, limit).sorted { $0.part > $1.part && parts.count > 1 }
    }
    var seen: Set<Int> = []
    let found = places.compactMap { part, position -> Found<SnapshotIndex.Slice>? in
      let columns = parts[part].columns
      guard seen.insert(columns.sliceIDs.ids[position]).inserted else { return nil }
      return Found(row: columns.slice(at: position), isUnique: columns.isUnique(slice: position))
    }
    return Matches(found: Array(found.prefix(limit)), isCut: found.count > limit)
  }

  /// Up to one more than `limit`, so that it can be seen whether there are more.
  private func search(
    _ text: String, _ limit: Int, ids: KeyPath<ListColumns, IDTable>,
    names: KeyPath<ListColumns, NameTable>, isHidden: (_ part: Int, _ position: Int) -> Bool
  ) -> [(part: Int, position: Int)] {
    var places: [(part: Int, position: Int)] = []
    var byID: Set<Int> = []
    func take(_ part: Int, _ position: Int) -> Bool {
      if !isHidden(part, position) { places.append((part, position)) }
      return places.count <= limit
    }
    for (index, part) in parts.enumerated() {
      part.columns[keyPath: ids].forEach(beginningWith: text) { position in
        byID.insert(position << 1 | index)
        return take(index, position)
      }
    }
    let folded = NameTable.folding(text)
    for (index, part) in parts.enumerated() where places.count <= limit {
      part.columns[keyPath: names].forEach(beginningWith: folded) { position in
        byID.contains(position << 1 | index) || take(index, position)
      }
    }
    for (index, part) in parts.enumerated() where places.count <= limit {
      part.columns[keyPath: names].forEach(containing: folded) { position in
        byID.contains(position << 1 | index) || take(index, position)
      }
    }
    return places
  }
}
