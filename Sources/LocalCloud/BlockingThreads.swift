import NIOPosix

/// Threads for calls that block, so that none blocks a thread of Swift's own pool.
///
/// Unlike most `async` functions, work here isn't given up when its task is cancelled: a copy, and
/// the record of its end, belong together.
package struct BlockingThreads: Sendable {
  private let pool: NIOThreadPool

  private init(count: Int) {
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  /// Copies of images: they last, and more of them at a time aren't faster.
  package static let copies = BlockingThreads(count: 4)
  /// What is soon done and must not queue behind copies: the database, locks, names of files.
  package static let records = BlockingThreads(count: 8)
  /// Images that other machines have a part in, and may be waited for.
  package static let images = BlockingThreads(count: 16)
  /// What may wait for the cluster's monitors.
  package static let takeovers = BlockingThreads(count: 1)
  /// What must be in time whatever else waits.
  package static let leases = BlockingThreads(count: 1)

  package func run<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      pool.submit { _ in continuation.resume(with: Swift.Result(catching: work)) }
    }
  }
}
