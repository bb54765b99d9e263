import GRDB
import Logging

/// How operations end whose process died.
extension LocalCloud {
  /// Ends what any dead instance has left.
  func recover() async throws {
    let folder = folder.instances
    let locks = try await BlockingThreads.records.run { try InstanceLock.all(in: folder) }
    let running = try await catalog.read { try Operation.instances(in: $0) }
    try await recover(from: locks + running)
  }

  /// Ends what those of `instances` have left that are dead; true if there was anything.
  @discardableResult
  func recover(from instances: [String]) async throws -> Bool {
    let (folder, heir) = (folder.instances, instance.id)
    var operations: [Operation] = []
    for id in Set(instances).sorted() where id != heir {
      let isHeld = try await BlockingThreads.records.run {
        try InstanceLock.isHeld(id, in: folder)
      }
      guard !isHeld else { continue }
      // Of several processes that see the same instance dead, one gets its operations.
      operations += try await catalog.write { database in
        try Operation.adopt(from: id, by: heir, in: database)
      }
    }
    for operation in operations { await resolve(operation) }
    return !operations.isEmpty
  }

  /// Finishes what was as good as done, or can only be done, and takes back the rest.
  private func resolve(_ operation: Operation) async {
    do {
      switch (operation.kind, operation.snapshot) {
      case (.restore, _) where operation.isCommitting: try await finishRestore(operation)
      case (.delete, let snapshot?): try await finishDelete(of: snapshot, operation)
      case (.remove, _): try await finishRemove(operation)
      default:
        logger.warning("operation undone", metadata: operation.metadata(because: InstanceDied()))
        await takeBack(operation, as: .undone, message: "\(InstanceDied())")
        return
      }
      logger.info("operation finished", metadata: operation.metadata(because: InstanceDied()))
    } catch {
      await fail(operation, with: error)
    }
  }
}

private struct InstanceDied: Error, CustomStringConvertible {
  var description: String { "the process that ran it has died" }
}
