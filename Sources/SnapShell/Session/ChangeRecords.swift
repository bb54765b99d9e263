import CloudAPI
import CloudClient
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapRun

/// Steps and their results as rows.
enum ChangeRecords {
  private static let resultShape = Shape([
    "verb", "id", "name", "vm_id", "vmname", "outcome", "error",
  ])

  static func result(_ result: StepResult) -> Value {
    let step = result.step
    return .record(
      Record(
        shape: resultShape,
        wireValues: [
          .string(step.verb.rawValue), result.snapshot.map { .int($0.rawValue) } ?? .null,
          name(step), .int(step.slice.rawValue), step.sliceName.map(Value.string) ?? .null,
          .string(result.outcome.word),
          result.outcome.error.map { .string($0.description) } ?? .null,
        ]))
  }

  /// Whether the rows are results, which a person has been told line by line.
  static func areResults(_ rows: [Value]) -> Bool {
    rows.first?.recordValue?.names == resultShape.names
  }

  /// Whether a result's change was taken on by the cloud.
  static func isSuccess(_ row: Value) -> Bool {
    ["accepted", "done", "gone"].contains(row.recordValue?["outcome"]?.stringValue)
  }

  private static let itemShape = Shape(
    [
      "index", "verb", "id", "name", "new_name", "vm_id", "vmname", "created", "snapshot_size",
      "region",
    ],
    forms: [
      .plain, .plain, .plain, .plain, .plain, .plain, .plain, .timestamp, .gigabytes, .plain,
    ])

  /// A step as the hooks of plugins see it.
  static func item(_ step: Step, index: Int) -> Value {
    let row = step.snapshot
    return .record(
      Record(
        shape: itemShape,
        wireValues: [
          .int(index), .string(step.verb.rawValue), row.map { id($0.id) } ?? .null,
          row?.name.map(Value.string) ?? .null, step.newName.map(Value.string) ?? .null,
          .int(step.slice.rawValue), step.sliceName.map(Value.string) ?? .null,
          row?.created.map(Value.string) ?? .null, row?.gigabytes.map(Value.int) ?? .null,
          row?.region.map(Value.string) ?? .null,
        ]))
  }

  private static let planShape = Shape(
    ["verb", "id", "name", "vm_id", "vmname", "created", "snapshot_size", "region"],
    forms: [.plain, .plain, .plain, .plain, .plain, .timestamp, .gigabytes, .plain])

  static func plan(_ operation: PlannedOperation) -> Value {
    plan(operation.step, number: operation.number)
  }

  /// What would be done, as `--dry-run` and questions show it; with its number where snapshots are
  /// called after the operation that makes them.
  static func plan(_ step: Step, number: Int? = nil) -> Value {
    let row = step.snapshot
    let made = step.verb == .create ? number.map { SnapshotID(plannedBy: $0) } : nil
    return .record(
      Record(
        shape: planShape,
        wireValues: [
          .string(step.verb.rawValue), (made ?? row?.id).map(id) ?? .null, name(step),
          .int(step.slice.rawValue), .string(step.sliceName ?? "\(step.slice)"),
          row?.created.map(Value.string) ?? .null,
          row?.gigabytes.map(Value.int) ?? .null, row?.region.map(Value.string) ?? .null,
        ]))
  }

  /// An id of the cloud is a number, one that is only planned is not.
  private static func id(_ id: SnapshotID) -> Value {
    id.plannedBy == nil ? .int(id.rawValue) : .string(id.description)
  }

  private static func name(_ step: Step) -> Value {
    switch step.change {
    case .create(_, let name): .string(name)
    case .rename(_, let name): .string("\(step.snapshot?.name ?? "") → \(name)")
    default: step.snapshot?.name.map(Value.string) ?? .null
    }
  }
}

extension SnapshotRow {
  /// How far the operation on it is, 0...100, where the cloud tells.
  var progressPercent: Int? { isInProgress ? fields[Field.progress]?.intValue : nil }
}
