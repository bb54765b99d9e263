import CloudAPI
import SnapLanguage
import SnapOutput

/// What a SNAPSHOT or SLICE argument means: an id, a unique name, or a row that carries one.
struct Targets {
  let cloud: CloudSession
  let host: any Host

  struct Slice {
    let id: SliceID
    let name: String?
    let perms: String?
  }

  struct Snapshot {
    let row: SnapshotRow
    let slice: SliceID
  }

  // MARK: Slices

  /// - Throws: `Failure` of kind notfound, usage (several), or what reading the list throws.
  func slice(_ value: Value) throws -> Slice {
    switch value {
    case .int(let id): return Slice(id: SliceID(id), name: nil, perms: nil)
    case .string(let name): return try slice(named: name)
    case .record(let record):
      if let id = record[SnapshotRow.Field.vmID]?.intValue {
        return Slice(
          id: SliceID(id), name: record[SnapshotRow.Field.vmname]?.stringValue,
          perms: record[SnapshotRow.Field.vmPerms]?.stringValue)
      }
      guard
        let id = record[SnapshotRow.Field.id]?.intValue.flatMap({ cloud.slice(of: SnapshotID($0)) })
      else {
        throw Failure(.usage, "the row names no slice: it has no 'vm_id'", item: value)
      }
      return Slice(id: id, name: nil, perms: nil)
    default: throw Failure(.usage, "expected a slice, found \(value.kindName)")
    }
  }

  /// With the name and the permissions that the last whole list has told, where only the id is known.
  func completed(_ slice: Slice) -> Slice {
    guard slice.name == nil || slice.perms == nil, let row = cloud.lastRow(of: slice.id) else {
      return slice
    }
    return Slice(
      id: slice.id, name: slice.name ?? row.sliceName, perms: slice.perms ?? row.slicePerms)
  }

  private func slice(named name: String) throws -> Slice {
    let cloud = cloud
    let (rows, known) = try host.wait {
      // The whole list: a search may miss others of that name.
      (try await cloud.list(query: nil), try await cloud.knownSlices())
    }
    var found: [SliceID: Slice] = [:]
    for slice in known where slice.name == name {
      found[slice.id] = Slice(id: slice.id, name: name, perms: slice.perms)
    }
    for row in rows where row.sliceName == name {
      if let id = row.slice { found[id] = Slice(id: id, name: name, perms: row.slicePerms) }
    }
    if let only = found.values.first, found.count == 1 { return only }
    guard found.isEmpty else {
      throw Failure(
        .usage, "several slices are called '\(name)'",
        help: "give the id: " + found.keys.sorted().map(\.description).joined(separator: ", "))
    }
    let names = Set(rows.compactMap(\.sliceName) + known.map(\.name))
    throw Failure(
      .notfound, "there is no slice '\(name)'",
      help: Suggestions.help(for: name, among: names) ?? near(name, names)
        ?? "a slice without snapshots is known by its id alone")
  }

  private func near(_ name: String, _ names: Set<String>) -> String? {
    let near = names.filter { $0.contains(name) }.sorted().prefix(Suggestions.most)
    return near.isEmpty ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  }

  // MARK: Snapshots

  /// The snapshots in the order of the arguments; ids are looked up by one reading of the list.
  ///
  /// - Throws: `Failure` of kind notfound, usage (several), or what reading the list throws.
  func snapshots(_ values: [Value]) throws -> [Snapshot] {
    let cloud = cloud
    let hasID = values.contains { value in
      switch value {
      case .int: true
      case .record(let record): !record.isAsSent
      default: false
      }
    }
    let all = hasID ? try host.wait { try await cloud.list(query: nil) } : []
    let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    return try values.map { value in
      switch value {
      case .int(let id): return try snapshot(SnapshotID(id), byID[SnapshotID(id)])
      case .string(let name): return try snapshot(named: name)
      case .record(let record):
        guard let id = record.snapshotID, !record.isAsSent else { return try snapshot(record) }
        return try snapshot(SnapshotID(id), byID[SnapshotID(id)])
      default: throw Failure(.usage, "expected a snapshot, found \(value.kindName)")
      }
    }
  }

  func snapshot(_ value: Value) throws -> Snapshot {
    guard let snapshot = try snapshots([value]).first else {
      throw Failure(.notfound, "there is no such snapshot")
    }
    return snapshot
  }

  /// The snapshot that a row describes. A row that tells neither the slice nor permissions, as those
  /// of a slice's own list, is looked up.
  private func snapshot(_ record: Record) throws -> Snapshot {
    let value = Value.record(record)
    if case .string(let text)? = record[SnapshotRow.Field.id], let row = planned(text) {
      return try snapshot(row.id, row)
    }
    guard let json = try? json(of: value), let row = SnapshotRow(json) else {
      throw Failure(.usage, "the row is no snapshot: it has no 'id'", item: value)
    }
    if let slice = row.slice, row.perms != nil, row.slicePerms != nil {
      return Snapshot(row: row, slice: slice)
    }
    let cloud = cloud
    return try snapshot(row.id, try host.wait { try await cloud.fullRow(for: row.id) })
  }

  private func snapshot(_ id: SnapshotID, _ row: SnapshotRow?) throws -> Snapshot {
    guard let row else {
      throw Failure(
        .notfound, "there is no snapshot \(id)", help: "'ls' shows them", item: .int(id.rawValue))
    }
    guard let slice = row.slice ?? cloud.slice(of: id) else {
      throw Failure(.server, "the list does not say which slice the snapshot \(id) is of")
    }
    return Snapshot(row: row, slice: slice)
  }

  /// The snapshot that is planned under a handle such as `new-3`.
  private func planned(_ text: String) -> SnapshotRow? {
    guard cloud.isPlanning else { return nil }
    return SnapshotID(handle: text).flatMap { cloud.plannedRow($0) }
  }

  private func snapshot(named name: String) throws -> Snapshot {
    if let row = planned(name) { return try snapshot(row.id, row) }
    let cloud = cloud
    // The whole list: a search may miss others of that name.
    let rows = try host.wait { try await cloud.list(query: nil) }
    let exact = rows.filter { $0.name == name }
    guard exact.count <= 1 else {
      let places = exact.prefix(5).map { "\($0.id) of \($0.sliceName ?? "?")" }
      throw Failure(
        .usage, "\(exact.count) snapshots are called '\(name)'",
        help: "give the id: \(places.joined(separator: ", "))\(exact.count > 5 ? ", …" : "")",
        item: .string(name))
    }
    guard let row = exact.first else {
      let names = Set(rows.compactMap(\.name))
      throw Failure(
        .notfound, "there is no snapshot '\(name)'",
        help: Suggestions.help(for: name, among: names) ?? near(name, names) ?? "'ls' shows them",
        item: .string(name))
    }
    return try snapshot(row.id, row)
  }
}

extension Record {
  /// Whether the row is as the API sent it, and not one whose values came another way, as through a
  /// plugin.
  fileprivate var isAsSent: Bool {
    [SnapshotRow.Field.created, SnapshotRow.Field.snapshotSize].allSatisfy { name in
      guard let position = shape.position(of: name) else { return true }
      switch wireValue(at: position) {
      case .datetime, .size: return false
      default: return true
      }
    }
  }

  fileprivate var snapshotID: Int? { self[SnapshotRow.Field.id]?.intValue }
}
