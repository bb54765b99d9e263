import CloudAPI
import OrderedJSON
import SnapLanguage
package import SnapRun

/// What planned changes would make of the lists: while a text is planned, its reads show the cloud as
/// it would be by then.
///
/// A new snapshot counts as taken when it was planned. Its id is `new-3`. Its row has no size, for that
/// only the change itself will tell: to ask for it is an error, so that no decision can hang on it.
package struct Overlay: Sendable {
  /// The last operation that was planned.
  package private(set) var last = 0
  private var created: [(row: SnapshotRow, slice: SliceID)] = []
  private var renamed: [SnapshotID: SnapshotRow] = [:]
  private var deleted: Set<SnapshotID> = []

  package init() {}

  /// Takes a change in as it will have ended; gives its number. `time` is in microseconds since 1970.
  package mutating func add(_ step: Step, at time: Int) -> Int {
    last += 1
    switch step.change {
    case .create(let slice, let name):
      if let row = Self.row(of: step, name: name, number: last, at: time) {
        created.append((row, slice))
      }
    case .rename(let id, let name):
      if let index = created.firstIndex(where: { $0.row.id == id }) {
        created[index].row = created[index].row.named(name)
      } else if let row = step.snapshot {
        renamed[id] = row.named(name)
      }
    case .delete(let id):
      deleted.insert(id)
      renamed[id] = nil
      created.removeAll { $0.row.id == id }
    case .restore, .list, .listSlice: break
    }
    return last
  }

  private static func row(of step: Step, name: String, number: Int, at time: Int) -> SnapshotRow? {
    typealias Field = SnapshotRow.Field
    return SnapshotRow(
      planned: [
        Field.created: .string(Timestamp.text(time)),
        Field.id: .string(SnapshotID(plannedBy: number).description),
        Field.inProgress: "", Field.name: .string(name), Field.perms: "rw",
        Field.vmID: .int(step.slice.rawValue),
        Field.vmPerms: .string(step.slicePerms ?? "rw"),
        Field.vmname: step.sliceName.map(JSON.string) ?? .null,
      ])
  }

  /// The rows of a list of the whole, or of those that the server has found for `query`.
  func applied(to rows: [SnapshotRow], query: String?) -> [SnapshotRow] {
    var shown = changed(rows)
    guard let query else { return shown + created.map { filled($0.row, rows) } }
    let word = query.lowercased()
    func fits(_ row: SnapshotRow) -> Bool {
      [row.name, row.sliceName].contains { $0?.lowercased().contains(word) ?? false }
    }
    let found = Set(rows.map(\.id))
    shown.removeAll { renamed[$0.id] != nil && !fits($0) }
    shown += renamed.values.filter { !found.contains($0.id) && fits($0) }.sorted { $0.id < $1.id }
    return shown + created.map { filled($0.row, rows) }.filter(fits)
  }

  /// The rows of one slice's own list.
  func applied(to rows: [SnapshotRow], of slice: SliceID) -> [SnapshotRow] {
    changed(rows) + created.lazy.filter { $0.slice == slice }.map { filled($0.row, rows) }
  }

  /// The rows that the cloud has, without those that are planned to go, under their new names.
  func changed(_ rows: [SnapshotRow]) -> [SnapshotRow] {
    guard !renamed.isEmpty || !deleted.isEmpty else { return rows }
    return rows.compactMap { row in
      if deleted.contains(row.id) { return nil }
      return renamed[row.id]?.name.map { row.named($0) } ?? row
    }
  }

  /// The handle of a planned snapshot that stands in `text`, such as `new-3` in `copy-of-new-3`.
  func handle(in text: String) -> SnapshotID? {
    created.lazy.map(\.row.id).first { id in
      text.split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { word in
        word == id.description || word.hasSuffix("-\(id)") || word.hasPrefix("\(id)-")
      }
    }
  }

  /// The planned snapshot with that id, as a list would show it.
  func row(_ id: SnapshotID) -> SnapshotRow? { created.first { $0.row.id == id }?.row }

  /// With what other rows of the slice tell about it.
  private func filled(_ row: SnapshotRow, _ rows: [SnapshotRow]) -> SnapshotRow {
    guard let other = rows.last(where: { $0.slice == row.slice }) else { return row }
    typealias Field = SnapshotRow.Field
    var fields = row.fields
    for name in [Field.region, Field.vmname, Field.vmPerms] {
      if let value = other.fields[name] { fields[name] = value }
    }
    return SnapshotRow(planned: fields) ?? row
  }
}
