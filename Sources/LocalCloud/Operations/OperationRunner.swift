import ServiceLifecycle

/// Performs accepted operations in the background; ends when it is shut down and all have ended.
struct OperationRunner: Service {
  private let cloud: LocalCloud
  private let operations: AsyncStream<Operation>
  private let accepting: AsyncStream<Operation>.Continuation

  init(cloud: LocalCloud) {
    self.cloud = cloud
    (operations, accepting) = AsyncStream.makeStream()
  }

  /// Takes over an operation that has begun.
  func accept(_ operation: Operation) async throws {
    guard case .enqueued = accepting.yield(operation) else {
      let error = LocalCloudError.shuttingDown
      await cloud.fail(operation, with: error)
      throw error
    }
  }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for await operation in operations {
          group.addTask { await cloud.perform(operation) }
        }
      }
    } onGracefulShutdown: {
      accepting.finish()
    }
  }
}
