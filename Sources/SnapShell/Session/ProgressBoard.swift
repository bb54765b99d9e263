import CloudAPI
import CloudClient
import SnapCommands
import SnapLanguage
import SnapOutput
import Synchronization

/// All long work that goes on at a time, such as that of a parallel loop's bodies, as one picture.
final class ProgressBoard: Sendable {
  private let state = Mutex(State())

  private struct State {
    /// Those that have ended stay, for the count, as long as others go on.
    var trackers: [ProgressTracker] = []
    var running = 0
    var drawn: ContinuousClock.Instant?
  }

  func begin(_ tracker: ProgressTracker) {
    state.withLock { state in
      state.trackers.append(tracker)
      state.running += 1
    }
  }

  /// Whether it was the last.
  func end() -> Bool {
    state.withLock { state in
      state.running -= 1
      if state.running == 0 { state = State() }
      return state.running == 0
    }
  }

  /// Nil when it was drawn just now: ten times a second are enough.
  func view(at now: ContinuousClock.Instant) -> ProgressView? {
    state.withLock { state in
      if let drawn = state.drawn, now - drawn < .milliseconds(100) { return nil }
      state.drawn = now
      let views = state.trackers.map(\.state)
      guard let started = views.map(\.started).min() else { return nil }
      return ProgressView(views.flatMap(\.operations), started: started)
    }
  }
}

extension Console {
  /// Runs `body` and shows meanwhile what `tracker` knows, with what others know that run.
  func showing<Result: Sendable>(
    _ tracker: ProgressTracker, _ body: @Sendable () async throws -> Result
  ) async rethrows -> Result {
    guard canRedraw else { return try await body() }
    board.begin(tracker)
    // After the last drawing, whose task the group awaits.
    defer { if board.end() { clearPassing() } }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        // Short work leaves no trace.
        try await Task.sleep(for: .milliseconds(200))
        while true {
          self.drawProgress()
          try await Task.sleep(for: .milliseconds(250))
        }
      }
      defer { group.cancelAll() }
      return try await body()
    }
  }

  private func drawProgress() {
    guard let view = board.view(at: .now) else { return }
    passing { width, rows in
      view.lines(
        width: width, most: max(1, min(8, rows / 2)), now: Clock.microseconds(),
        isColored: isColored)
    }
  }
}

extension Console {
  /// How a wait goes on: a line for each end, and what runs meanwhile on a terminal.
  func following(
    _ rows: [SnapshotRow], _ durations: RecordedDurations,
    _ wait: @Sendable (@escaping @Sendable ([WaitProgress]) -> Void) async throws -> [WaitOutcome]
  ) async throws -> [WaitOutcome] {
    let tracker = ProgressTracker(rows, durations: durations)
    return try await showing(tracker) {
      try await wait { progress in for one in progress where tracker.note(one) { self.note(one) } }
    }
  }

  private func note(_ ended: WaitProgress) {
    guard case .any(let id) = ended.operation else { return }
    let row = ended.rows.first
    let name = row?.name.map { " '\($0)'" } ?? ""
    note("\(id)\(name): \(ended.end == .done ? "done" : "its row vanished")")
  }
}
