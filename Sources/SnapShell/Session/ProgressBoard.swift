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
    /// A person is busy with the terminal.
    var pauses = 0
    var hiding: HiddenTyping?
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
      guard state.running == 0 else { return false }
      state.hiding?.end()
      (state.trackers, state.drawn, state.hiding) = ([], nil, nil)
      return true
    }
  }

  /// Leaves the terminal alone until `body` has ended.
  func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { state in
      state.pauses += 1
      state.hiding?.end()
      state.hiding = nil
    }
    defer { state.withLock { $0.pauses -= 1 } }
    return try body()
  }

  /// Gives `body` what is to be drawn. Nothing when it was drawn just now, since ten times a second are
  /// enough, and when a person is busy with the terminal.
  func draw(at now: ContinuousClock.Instant, _ body: (ProgressView) -> Void) {
    state.withLock { state in
      if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
      let views = state.trackers.map(\.state)
      guard state.pauses == 0, state.running > 0, let started = views.map(\.started).min() else {
        return
      }
      state.drawn = now
      if state.hiding == nil { state.hiding = HiddenTyping() }
      body(ProgressView(views.flatMap(\.operations), started: started))
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
    board.draw(at: .now) { view in
      passing { width, rows in
        view.lines(
          width: width, most: max(1, min(8, rows / 2)), now: Clock.microseconds(),
          isColored: isColored)
      }
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
