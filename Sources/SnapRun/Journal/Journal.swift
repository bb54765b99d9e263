import CloudAPI
package import GRDB
import Glibc

/// What was decided, sent and found out, in a SQLite file that survives the process: write-ahead
/// log, synced at every commit, for this user alone, without secrets.
package final class Journal: Sendable {
  package let path: String
  let database: DatabaseQueue
  private let writer: JournalWriter
  let locks: LockFile
  let now: @Sendable () -> Int

  /// Opens the journal in `folder`, which must be there.
  ///
  /// - Parameters:
  ///   - folder: for the journal and its locks.
  ///   - configuration: for what else is to be known of its transactions.
  ///   - now: microseconds since 1970.
  /// - Throws: `JournalError`.
  package init(
    folder: String, configuration: Configuration = Configuration(),
    now: @escaping @Sendable () -> Int
  ) throws(JournalError) {
    path = "\(folder)/journal.sqlite"
    self.now = now
    // SQLite gives its other files the mode of this one.
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw JournalError(problem: .unusable(String(cString: strerror(errno))), path: path)
    }
    close(file)
    locks = try LockFile(path: "\(folder)/journal.lock")
    var configuration = configuration
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
      // Now, and not in `prepareDatabase`: the mode of the log has set it to NORMAL in between.
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      try database.write { [path] in try JournalSchema.migrate($0, path: path) }
    } catch {
      throw JournalError(error, path: path)
    }
    writer = JournalWriter(database)
  }

  func write(_ change: @escaping JournalWriter.Change) async throws(JournalError) {
    do { try await writer.write(change) } catch { throw JournalError(error, path: path) }
  }

  func read<Value: Sendable>(
    _ query: @escaping @Sendable (Database) throws -> Value
  ) throws(JournalError) -> Value {
    do { return try database.read(query) } catch { throw JournalError(error, path: path) }
  }

  // MARK: Runs

  /// Begins a run, which no other process can resume while this one lives.
  ///
  /// - Throws: `JournalError`, `alreadyApplied` among them.
  package func begin(_ header: RunHeader) async throws(JournalError) -> Run {
    if let plan = header.plan, let run = try run(applying: plan) {
      throw JournalError(problem: .alreadyApplied(run: run), path: path)
    }
    let begun = now()
    let id: Int
    do {
      let locks = locks
      id = try await database.write { database in
        try header.insert(into: database, begun: begun)
        let id = Int(database.lastInsertedRowID)
        // Before anybody can see the run, and take it for one whose process has died.
        _ = locks.take(LockFile.byte(ofRun: id))
        return id
      }
    } catch {
      if let plan = header.plan, let run = try run(applying: plan) {
        throw JournalError(problem: .alreadyApplied(run: run), path: path)
      }
      throw JournalError(error, path: path)
    }
    return Run(id: id, header: header, journal: self)
  }

  /// Takes up a run whose process has ended.
  ///
  /// - Returns: nil when a process is at it.
  package func reopen(_ record: RunRecord) throws(JournalError) -> Run? {
    guard locks.take(LockFile.byte(ofRun: record.id)) else { return nil }
    let last = try read { database in
      try Int.fetchOne(
        database, sql: "SELECT max(number) FROM operation WHERE run = ?", arguments: [record.id])
    }
    return Run(id: record.id, header: record.header, journal: self, last: last ?? 0)
  }

  private func run(applying plan: String) throws(JournalError) -> Int? {
    try read { database in
      try Int.fetchOne(database, sql: "SELECT id FROM run WHERE plan = ?", arguments: [plan])
    }
  }
}

extension LockFile {
  static func byte(ofRun id: Int) -> Int { id }

  /// Runs stand below 2³²; two endpoints that share a byte wait for each other at worst.
  static func byte(of slice: SliceID, at endpoint: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in endpoint.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let place = Int(hash % (1 << 28) + 1) << 32
    return place | (slice.rawValue & 0xFFFF_FFFF)
  }
}
