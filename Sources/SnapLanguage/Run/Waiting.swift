import Dispatch
import Synchronization

extension Host {
  /// The result of asynchronous work, awaited on the interpreter's own thread.
  ///
  /// The interpreter is synchronous, for speed, and has threads of its own, so this never blocks a
  /// thread of the cooperative pool. A cancellation cancels the work and still awaits its end.
  package func wait<Success: Sendable>(
    for work: @escaping @Sendable () async throws -> Success
  ) throws -> Success {
    let handoff = Handoff<Success>()
    let task = Task {
      do { handoff.set(.success(try await work())) } catch { handoff.set(.failure(error)) }
    }
    return try cancellation.withHandler({ task.cancel() }, { try handoff.get() })
  }
}

private final class Handoff<Success: Sendable>: Sendable {
  private let result = Mutex<Result<Success, any Error>?>(nil)
  private let isSet = DispatchSemaphore(value: 0)

  func set(_ value: Result<Success, any Error>) {
    result.withLock { $0 = value }
    isSet.signal()
  }

  func get() throws -> Success {
    isSet.wait()
    guard let result = result.withLock({ $0 }) else { throw Cancelled() }
    return try result.get()
  }
}
