package import OrderedJSON

/// One snapshot as a list call shows it: its fields as sent, known and unknown, in their order.
///
/// The full list and a slice's list show different fields; what is missing or null is `nil` here.
package struct SnapshotRow: Sendable, Hashable {
  package let fields: JSONObject
  package let id: SnapshotID

  /// Nil when `json` is no object or has no integer `id`: then it is no row of this API.
  package init?(_ json: JSON) {
    guard case .object(let fields) = json, let id = fields[Field.id]?.intValue else { return nil }
    self.fields = fields
    self.id = SnapshotID(id)
  }

  /// The row of a snapshot that is only planned: its id is `new-3`, which no cloud gives.
  package init?(planned fields: JSONObject) {
    guard let id = fields[Field.id]?.stringValue.flatMap({ SnapshotID(handle: $0) }) else {
      return nil
    }
    self.fields = fields
    self.id = id
  }

  /// The names of the fields that the documentation shows.
  package enum Field {
    package static let backupFullSize = "backup_full_size"
    package static let created = "created"
    package static let datacenterID = "datacenter_id"
    package static let duration = "duration"
    package static let id = "id"
    package static let inProgress = "in_progress"
    package static let legacy = "legacy"
    package static let name = "name"
    package static let perms = "perms"
    package static let progress = "progress"
    package static let region = "region"
    package static let snapshotSize = "snapshot_size"
    package static let vmDatacenterID = "vm_datacenter_id"
    package static let vmDeleted = "vm_deleted"
    package static let vmID = "vm_id"
    package static let vmPerms = "vm_perms"
    package static let vmUserID = "vm_user_id"
    package static let vmname = "vmname"
  }

  package var name: String? { fields[Field.name]?.stringValue }
  package var slice: SliceID? { fields[Field.vmID]?.intValue.map { SliceID($0) } }
  package var sliceName: String? { fields[Field.vmname]?.stringValue }
  package var region: String? { fields[Field.region]?.stringValue }
  /// `rw` or `ro`.
  package var perms: String? { fields[Field.perms]?.stringValue }
  /// `rw` or `ro`.
  package var slicePerms: String? { fields[Field.vmPerms]?.stringValue }
  /// Whether `query` is a part of the snapshot's or the slice's name, in whatever case.
  package func matches(_ query: String) -> Bool {
    let text = query.lowercased()
    return text.isEmpty || [name, sliceName].contains { $0?.lowercased().contains(text) == true }
  }

  /// Whole gigabytes (10⁹ bytes).
  package var gigabytes: Int? {
    (fields[Field.snapshotSize] ?? fields[Field.backupFullSize])?.intValue
  }
  /// The same snapshot under another name.
  package func named(_ name: String) -> SnapshotRow {
    var fields = fields
    fields[Field.name] = .string(name)
    return SnapshotRow(.object(fields)) ?? SnapshotRow(planned: fields) ?? self
  }

  /// UTC, as `2025-02-04 10:19:36.925397`.
  package var created: String? { fields[Field.created]?.stringValue }

  /// Whether an operation on this snapshot is running: `in_progress` is the only sign of one, and
  /// an empty or false value means none.
  package var isInProgress: Bool {
    switch fields[Field.inProgress] {
    case nil, .null, .bool(false), .int(0), .string(""): false
    default: true
    }
  }

  /// Whether its slice is gone: `vm_deleted` tells when.
  package var isOfRemovedSlice: Bool {
    switch fields[Field.vmDeleted] {
    case nil, .null, .bool(false), .int(0), .string(""): false
    default: true
    }
  }

  package var json: JSON { .object(fields) }
}
