import Logging

/// How operations end whose process died.
extension LocalCloud {
  /// What servers that share a storage do from time to time: ends what others, or lost answers, have
  /// left, and shortens the log.
  package func takeCare() async throws {
    try await recover()
    try await resolveOrphans()
    try await catalog.shortenLog()
  }

  /// Ends what any dead instance has left.
  func recover() async throws {
    let known = try await instances.known()
    let running = try await catalog.read { try Operation.instances(in: $0) }
    try await recover(from: known + running)
  }

  /// Ends what those of `candidates` have left that are dead; true if there was anything.
  @discardableResult
  func recover(from candidates: [String]) async throws -> Bool {
    let heir = instances.id
    var operations: [Operation] = []
    for id in Set(candidates).sorted() where id != heir {
      guard try await instances.isGone(id) else { continue }
      // Of several processes that see the same instance dead, one gets its operations.
      operations += try await catalog.write { transaction in
        try Operation.adopt(from: id, by: heir, in: transaction)
      }
      try await instances.forget(id)
    }
    for operation in operations { performing.add(operation) }
    for operation in operations {
      await resolve(operation)
      performing.remove(operation)
    }
    return !operations.isEmpty
  }

  /// Ends what this process began without knowing it: the record was made, and the answer got lost.
  private func resolveOrphans() async throws {
    let instance = instances.id
    let running = try await catalog.read { try Operation.running(of: instance, in: $0) }
    for operation in performing.orphans(among: running) { await resolve(operation) }
  }

  /// Finishes what is acknowledged and can be: a restore that isn't running any more is done, for all
  /// that clients of the API can see. A creation can't: the disk isn't what it was then. It is taken
  /// back, and its row vanishes.
  private func resolve(_ operation: Operation) async {
    do {
      switch (operation.kind, operation.image) {
      case (.restore, _) where operation.isCommitting: try await finishRestore(operation)
      case (.restore, _): try await carryOut(operation)
      case (.delete, let snapshot?): try await finishDelete(of: snapshot, operation)
      case (.remove, _): try await finishRemove(operation)
      default:
        logger.warning("operation undone", metadata: operation.metadata(because: InstanceDied()))
        await takeBack(operation, as: .undone, message: "\(InstanceDied())")
        return
      }
      logger.info("operation finished", metadata: operation.metadata(because: InstanceDied()))
    } catch {
      await leaveOff(operation, because: error)
    }
  }
}

private struct InstanceDied: Error, CustomStringConvertible {
  var description: String { "the process that ran it has died" }
}
