import CloudAPI
import SnapLanguage
import SnapRun

/// Runs and operations of the journal as rows.
enum RunRows {
  private static let runShape = Shape(Runs.columns)

  static func value(_ run: RunRecord, _ operations: [OperationRecord]) -> Value {
    func count(_ states: OperationState...) -> Value {
      .int(states.reduce(0) { $0 + (run.counts[$1] ?? 0) })
    }
    let header = run.header
    let ids = operations.compactMap { $0.result ?? $0.step.snapshot?.id }
      .filter { $0.plannedBy == nil }
    return .record(
      Record(
        shape: runShape,
        wireValues: [
          .int(run.id), .datetime(run.begun), .string(run.outcome), .string(command(header)),
          .int(operations.count), count(.accepted, .done, .gone), count(.failed), count(.unknown),
          count(.planned, .sending), run.exitCode.map { .int(Int($0)) } ?? .null,
          run.ended.map { .duration($0 - run.begun) } ?? .null, .string(header.user),
          .string(header.profile), .string(header.endpoint),
          .list(ids.map { .int($0.rawValue) }),
        ]))
  }

  /// The name of a script with its arguments, or the first line of a text.
  static func command(_ header: RunHeader) -> String {
    if header.kind == .script { return ([header.name] + header.arguments).joined(separator: " ") }
    if header.kind == .plan { return "apply \(header.name)" }
    let lines = header.text.split(separator: "\n", omittingEmptySubsequences: true)
    return (lines.first.map(String.init) ?? "") + (lines.count > 1 ? " …" : "")
  }

  private static let operationShape = Shape([
    "operation", "verb", "id", "name", "vm_id", "vmname", "outcome", "status", "error", "result",
    "sent", "took", "origin",
  ])

  static func value(_ record: OperationRecord) -> Value {
    let step = record.step
    return .record(
      Record(
        shape: operationShape,
        wireValues: [
          .int(record.number), .string(step.verb.rawValue),
          step.snapshot.map { $0.id.plannedBy == nil ? .int($0.id.rawValue) : .string("\($0.id)") }
            ?? .null,
          (step.newName ?? step.snapshot?.name).map(Value.string) ?? .null,
          .int(step.slice.rawValue), step.sliceName.map(Value.string) ?? .null,
          .string(record.state.rawValue), record.status.map(Value.int) ?? .null,
          record.error.map(Value.string) ?? .null,
          record.result.map { .int($0.rawValue) } ?? .null,
          record.sent.map(Value.datetime) ?? .null, took(record), .string(record.context.origin),
        ]))
  }

  private static func took(_ record: OperationRecord) -> Value {
    guard let sent = record.sent, let end = record.ended ?? record.answered else { return .null }
    return .duration(end - sent)
  }
}
