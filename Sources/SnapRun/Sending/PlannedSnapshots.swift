package import CloudAPI
import OrderedJSON

extension Step {
  /// The operation that makes the snapshot that this one works on; nil when the cloud has it.
  package var needs: Int? { snapshot?.id.plannedBy }

  /// The same with the snapshots that exist by now, `made` by operations of those numbers, in place of
  /// planned ones; nil when the one that it works on is still missing.
  package func resolved(_ made: [Int: SnapshotID]) -> Step? {
    let keepers = Set(
      keepers.compactMap { keeper in keeper.plannedBy.map { made[$0] } ?? keeper })
    guard let snapshot, let number = snapshot.id.plannedBy else {
      return Step(
        change, snapshot: snapshot, slice: slice, sliceName: sliceName, slicePerms: slicePerms,
        knownIDs: knownIDs, keepers: keepers)
    }
    guard let id = made[number], let row = snapshot.existing(as: id) else { return nil }
    let change: Endpoint =
      switch self.change {
      case .restore(_, let slice): .restore(id, onto: slice)
      case .rename(_, let name): .rename(id, name: name)
      case .delete: .delete(id)
      case .create, .list, .listSlice: self.change
      }
    return Step(
      change, snapshot: row, slice: slice, sliceName: sliceName, slicePerms: slicePerms,
      knownIDs: knownIDs, keepers: keepers)
  }
}

extension SnapshotRow {
  /// With the id that it has got; what only the cloud tells is not known yet.
  fileprivate func existing(as id: SnapshotID) -> SnapshotRow? {
    var fields = fields
    fields[Field.id] = .int(id.rawValue)
    fields[Field.created] = nil
    fields[Field.snapshotSize] = nil
    return SnapshotRow(.object(fields))
  }
}
