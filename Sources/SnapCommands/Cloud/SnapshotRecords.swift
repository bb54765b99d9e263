package import CloudAPI
import OrderedJSON
package import SnapLanguage
import SnapOutput
import Synchronization

/// Rows of the API as records of the language: every field under its own name, as it came.
package enum SnapshotRecords {
  /// The columns of `ls`: those that the API documents, in the order of its documentation.
  package static let columns = [
    Field.backupFullSize, Field.created, Field.datacenterID, Field.duration, Field.id,
    Field.inProgress, Field.legacy, Field.name, Field.perms, Field.progress, Field.region,
    Field.snapshotSize, Field.vmDatacenterID, Field.vmDeleted, Field.vmID, Field.vmPerms,
    Field.vmUserID, Field.vmname,
  ]

  /// What the documented columns are, by the form that the language reads them in.
  package static let columnTypes: [String: ValueType] = [
    Field.created: .datetime, Field.duration: .duration, Field.snapshotSize: .size,
    Field.backupFullSize: .size, Field.id: .int, Field.vmID: .int, Field.name: .string,
    Field.vmname: .string, Field.perms: .string, Field.vmPerms: .string, Field.region: .string,
  ]

  package typealias Field = SnapshotRow.Field

  package static func value(_ row: SnapshotRow) -> Value {
    let members = row.fields.members
    return .record(
      Record(
        shape: shape(members.map(\.name), isPlanned: row.id.plannedBy != nil),
        wireValues: members.map { Value(json: $0.value) }))
  }

  /// The row with further columns behind its own.
  static func value(_ row: SnapshotRow, adding columns: [(name: String, value: Value)]) -> Value {
    let members = row.fields.members
    return .record(
      Record(
        shape: shape(
          members.map(\.name) + columns.map(\.name), isPlanned: row.id.plannedBy != nil),
        wireValues: members.map { Value(json: $0.value) } + columns.map(\.value)))
  }

  package static func values(_ rows: [SnapshotRow]) -> [Value] { rows.map(value) }

  private struct ShapeKey: Hashable {
    let names: [String]
    let isPlanned: Bool
  }

  private static let shapes = Mutex<[ShapeKey: Shape]>([:])

  private static func shape(_ names: [String], isPlanned: Bool) -> Shape {
    let key = ShapeKey(names: names, isPlanned: isPlanned)
    return shapes.withLock { shapes in
      if let shape = shapes[key] { return shape }
      let shape = Shape(
        names, forms: names.map(form), unknown: isPlanned ? knownAfterwards : [])
      shapes[key] = shape
      return shape
    }
  }

  /// What only the change itself tells of the snapshot that it makes.
  private static let knownAfterwards: Set = [
    Field.snapshotSize, Field.backupFullSize, Field.duration,
  ]

  private static func form(_ name: String) -> WireForm {
    switch name {
    case Field.created: .timestamp
    case Field.duration: .durationText
    case Field.snapshotSize, Field.backupFullSize: .gigabytes
    default: .plain
    }
  }
}
