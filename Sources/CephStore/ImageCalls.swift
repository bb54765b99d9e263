import LocalCloud
import Synchronization

/// The calls about images, on threads of their own.
///
/// librbd waits for a cluster that doesn't answer, as a disk does. What only looks is given up here
/// after a while. What changes an image can't be: it might yet happen. When such a call hangs although
/// the cluster answers, the server must end, and be shut out, before others touch the image.
final class ImageCalls: Sendable {
  private let connection: CephConnection
  private let changing = Mutex<[UInt64: ContinuousClock.Instant]>([:])
  private let last = Atomic<UInt64>(0)

  /// How long a request waits for what it must know of an image.
  private static let patience = Duration.seconds(15)
  /// After which a change hangs: the longest is a copy from one slice to another.
  private static let longestChange = Duration.seconds(3600)

  var address: CephAddress { connection.address }

  init(_ connection: CephConnection) { self.connection = connection }

  func change<Result: Sendable>(
    _ body: @escaping @Sendable (CephConnection) throws -> Result
  ) async throws -> Result {
    let id = last.wrappingAdd(1, ordering: .relaxed).newValue
    changing.withLock { $0[id] = .now }
    defer { changing.withLock { $0[id] = nil } }
    return try await run(body)
  }

  /// Throws `LocalCloudError.unreachable` when the answer takes too long.
  func look<Result: Sendable>(
    _ body: @escaping @Sendable (CephConnection) throws -> Result
  ) async throws -> Result {
    let (answers, answer) = AsyncThrowingStream<Result, any Error>.makeStream()
    // Neither task is awaited: a thread that librbd holds can't be called back.
    let call = Task {
      do { answer.yield(try await run(body)) } catch { answer.finish(throwing: error) }
    }
    let limit = Task {
      try await Task.sleep(for: Self.patience)
      answer.finish(throwing: LocalCloudError.unreachable("the images: no answer in time"))
    }
    defer {
      call.cancel()
      limit.cancel()
    }
    for try await result in answers { return result }
    throw CancellationError()
  }

  /// Whether a change has taken longer than any should.
  var hangs: Bool {
    changing.withLock { $0.values.contains { .now - $0 > Self.longestChange } }
  }

  private func run<Result: Sendable>(
    _ body: @escaping @Sendable (CephConnection) throws -> Result
  ) async throws -> Result {
    let connection = connection
    return try await BlockingThreads.images.run { try reachable { try body(connection) } }
  }
}
