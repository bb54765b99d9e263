package import Logging

/// Slices and snapshots, as the Syminet API shows them.
///
/// Several processes, and several values in one process, may work on one storage. Nothing runs in
/// the background here: who begins an operation performs it, as `LocalCloudServer` does.
package struct LocalCloud: Sendable {
  let catalog: Catalog
  let store: any DiskStore
  let instances: any InstanceRegister
  let performing = PerformedOperations()
  let pageSize: Int
  let logger: Logger
  let now: @Sendable () -> Timestamp

  /// Opens the data folder at `folder`, makes it if it isn't there, and ends the operations that
  /// died with their process.
  ///
  /// `store` is where the images lie: files in the folder when nil. `pageSize` is the number of
  /// rows on a page of "List All Snapshots". `logger` is told what is undone or fails.
  package init(
    folder: String, store: (any DiskStore)? = nil, pageSize: Int = 100, logger: Logger? = nil,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) async throws {
    let storage = try await BlockingThreads.records.run {
      try CloudStorage(folder: folder, disks: store)
    }
    try await self.init(storage: storage, pageSize: pageSize, logger: logger, now: now)
  }

  /// Opens `storage`, and ends the operations that died with their process.
  package init(
    storage: CloudStorage, pageSize: Int = 100, logger: Logger? = nil,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) async throws {
    (catalog, store, instances) = (storage.catalog, storage.disks, storage.instances)
    self.pageSize = max(1, pageSize)
    self.logger = logger ?? Logger(label: "LocalCloud") { _ in SwiftLogNoOpLogHandler() }
    self.now = now
    try await recover()
  }

  /// A log of warnings and errors on stderr.
  package static var standardErrorLog: Logger {
    var logger = Logger(label: "snapsh") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    return logger
  }

  /// Says goodbye to those who share the storage; nothing may be begun after this.
  package func close() async {
    let instance = instances.id
    do {
      // Others take over what could not be ended.
      let running = try await catalog.read { try Operation.running(of: instance, in: $0) }
      if running.isEmpty { try await instances.leave() }
    } catch {
      // They find it out when the lease ends.
      logger.info("could not say goodbye", metadata: ["reason": "\(error)"])
    }
  }
}
