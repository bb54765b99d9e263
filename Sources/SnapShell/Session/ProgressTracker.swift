import CloudAPI
import CloudClient
import OrderedJSON
import SnapCommands
import SnapLanguage
import SnapOutput
import SnapRun
import Synchronization

/// Keeps what is known of long work up to date from what the executor and waits tell.
final class ProgressTracker: Sendable {
  private let view: Mutex<ProgressView>
  /// The places of the operations by what shows their ends.
  private let places: [Key: Int]
  private let awaitsEnds: Bool

  private enum Key: Hashable {
    case create(SliceID, String)
    case change(SnapshotID)

    init(_ operation: PendingOperation) {
      self =
        switch operation {
        case .create(let slice, let name, _): .create(slice, name)
        case .restore(let id, _), .rename(let id, _), .delete(let id), .any(let id): .change(id)
        }
    }

    init(_ step: Step) {
      if case .create(let slice, let name) = step.change {
        self = .create(slice, name)
      } else {
        self = .change(step.snapshot?.id ?? SnapshotID(0))
      }
    }
  }

  /// For a run of steps; `awaitsEnds`: what the cloud accepted goes on being watched.
  init(_ steps: [Step], durations: RecordedDurations, awaitsEnds: Bool) {
    self.awaitsEnds = awaitsEnds
    let operations = steps.map { step in
      OperationProgress(
        verb: step.verb.rawValue, name: Self.name(step),
        slice: step.sliceName ?? "\(step.slice)",
        expected: awaitsEnds ? durations.expected(step) : nil)
    }
    view = Mutex(ProgressView(operations, started: Clock.microseconds()))
    places = Dictionary(zip(steps.map(Key.init), steps.indices)) { first, _ in first }
  }

  /// For a wait until nothing runs on `rows`.
  init(_ rows: [SnapshotRow], durations: RecordedDurations) {
    awaitsEnds = true
    let now = Clock.microseconds()
    let operations = rows.map { row in
      let verb = row.fields[SnapshotRow.Field.inProgress]?.stringValue ?? "wait"
      return OperationProgress(
        verb: verb, name: row.name ?? "\(row.id)",
        slice: row.sliceName ?? row.slice.map { "\($0)" } ?? "",
        state: .running, percent: row.progressPercent, started: Self.start(row, verb) ?? now,
        expected: durations.expected(
          slice: row.slice, region: row.region, gigabytes: row.gigabytes))
    }
    view = Mutex(ProgressView(operations, started: now))
    places = Dictionary(zip(rows.map { .change($0.id) }, rows.indices)) { first, _ in first }
  }

  /// A creation began when its row was created; when another operation began, no row tells.
  private static func start(_ row: SnapshotRow, _ verb: String) -> Int? {
    verb == "create" ? row.created.flatMap(Timestamp.parse) : nil
  }

  private static func name(_ step: Step) -> String {
    if case .create(_, let name) = step.change { return name }
    return step.snapshot?.name ?? step.snapshot.map { "\($0.id)" } ?? ""
  }

  /// What is known now.
  var state: ProgressView { view.withLock { $0 } }

  func note(_ event: Executor.Event) {
    switch event {
    case .ended(let result):
      change(Key(result.step)) { operation in
        if case .accepted = result.outcome, awaitsEnds {
          operation.state = .running
          operation.started = operation.started ?? Clock.microseconds()
        } else {
          operation.state = result.outcome.isSuccess ? .done : .failed
        }
      }
    case .progress(let progress): for one in progress { note(one) }
    case .waitingForSlice, .retrying: break
    }
  }

  /// - Returns: whether the operation has ended just now.
  @discardableResult
  func note(_ progress: WaitProgress) -> Bool {
    change(Key(progress.operation)) { operation in
      let wasOver = operation.isOver
      if let percent = progress.rows.compactMap(\.progressPercent).max() {
        operation.percent = percent
      }
      if let end = progress.end, end != .timedOut {
        operation.state = end == .done ? .done : .failed
      } else if !operation.isOver {
        operation.state = .running
        operation.started = operation.started ?? Clock.microseconds()
      }
      return operation.isOver && !wasOver
    } ?? false
  }

  @discardableResult
  private func change<Result>(
    _ key: Key, _ body: (inout OperationProgress) -> Result
  ) -> Result? {
    places[key].map { place in view.withLock { body(&$0.operations[place]) } }
  }
}
