import Synchronization

/// How many of a run's changes may be under way at its beginning: one, then ten, then as many as there
/// are jobs, so that what fails for all fails for few. The bodies of a parallel loop come here too.
final class Ramp: Sendable {
  private struct State {
    var begun = 0
    var ended = 0
    var waiting: [CheckedContinuation<Void, Never>] = []

    var most: Int { ended == 0 ? 1 : ended < Ramp.firstBatches ? Ramp.firstBatches : Int.max }
  }

  private static let firstBatches = 11
  private let state = Mutex(State())

  /// Who comes in must `leave`, also when the run stops.
  func enter() async {
    await withCheckedContinuation { continuation in
      let mayBegin = state.withLock { state in
        guard state.begun < state.most else {
          state.waiting.append(continuation)
          return false
        }
        state.begun += 1
        return true
      }
      if mayBegin { continuation.resume() }
    }
  }

  func leave() {
    let next = state.withLock { state in
      state.ended += 1
      let next = state.waiting.prefix(max(0, state.most - state.begun))
      state.waiting.removeFirst(next.count)
      state.begun += next.count
      return next
    }
    for continuation in next { continuation.resume() }
  }
}
