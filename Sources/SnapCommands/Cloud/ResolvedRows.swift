import CloudAPI
package import SnapLanguage

extension CloudSession {
  /// The row of a slice or a snapshot that a script gives by its id or name, for its fields.
  ///
  /// - Throws: `Failure` when there is none.
  package func row(for value: Value, as type: ValueType, host: any Host) throws -> Value {
    if case .record = value { return value }
    let targets = Targets(cloud: self, host: host)
    switch type {
    case .optional(let type): return try row(for: value, as: type, host: host)
    case .snapshot: return SnapshotRecords.value(try targets.snapshot(value).row)
    case .slice: return try sliceRow(try targets.slice(value), host)
    default: return value
    }
  }

  private func sliceRow(_ slice: Targets.Slice, _ host: any Host) throws -> Value {
    var (name, perms) = (slice.name, slice.perms)
    if name == nil {
      let rows = try host.wait { [self] in try await list(query: nil) }
      let known = try host.wait { [self] in try await knownSlices() }
      let row = rows.first { $0.slice == slice.id }
      name = row?.sliceName ?? known.first { $0.id == slice.id }?.name
      perms = row?.slicePerms
    }
    return .record(
      Record([
        (SnapshotRow.Field.vmID, .int(slice.id.rawValue)),
        (SnapshotRow.Field.vmname, name.map(Value.string) ?? .null),
        (SnapshotRow.Field.vmPerms, perms.map(Value.string) ?? .null),
      ]))
  }
}
