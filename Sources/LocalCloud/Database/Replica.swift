import GRDB
import Glibc
import OrderedJSON
import Synchronization

/// A copy of the records that a `RecordLog` tells, in a database of this process.
///
/// A read first follows the log, so it sees all that had ended when it began. A write decides on the
/// copy and then appends what it decided as the log's next entry: when another machine was first,
/// the decision is thrown away and made again on what that one wrote. When the log's answer is lost,
/// the log itself is asked what came of it. Writes that wait at the same time become one entry:
///
///     {"by": "9c1f….7", "changes": [["beginOperation", …], …]}
final class Replica: Sendable {
  private let log: any RecordLog
  private let database: DatabasePool
  private let waiting = Mutex<[Job]>([])
  private let lastFollowed = Mutex(ContinuousClock.now)
  private let lastCheckpoint: Mutex<Int>
  /// Tells this copy's entries from those of others.
  private let name = String(UInt64.random(in: .min ... .max), radix: 16)
  private let written = Mutex(0)

  /// The entries after which the log is shortened, for records of so many bytes: the more there is to
  /// save, the more rarely. Two such logs stay below what Ceph calls a large omap, 200,000 keys.
  private static func longestLog(bytes: Int) -> Int { min(max(4000, bytes / 2000), 90_000) }

  /// `database` has the tables and no rows.
  init(of log: any RecordLog, in database: DatabasePool) throws {
    self.log = log
    self.database = database
    lastCheckpoint = Mutex(0)
    try database.write { try $0.execute(sql: Self.schema) }
    try follow()
  }

  /// Ended operations are told by the log, and needn't be kept.
  private static let schema = """
    CREATE TABLE replica (position INTEGER NOT NULL);
    INSERT INTO replica VALUES (0);
    CREATE TRIGGER operation_ended AFTER UPDATE OF outcome ON operation
      WHEN NEW.outcome IS NOT NULL BEGIN DELETE FROM operation WHERE id = NEW.id; END;
    """

  /// Brings the copy to the log's end.
  func follow() throws {
    let called = ContinuousClock.now
    try lastFollowed.withLock { last in
      // Another thread began to follow after this call, and has done so.
      guard last < called else { return }
      let begun = ContinuousClock.now
      while try followOnce() {}
      last = begun
    }
  }

  private func followOnce() throws -> Bool {
    let position = try database.read { try Self.position(in: $0) }
    switch try log.read(after: position) {
    case .forgotten:
      try reload()
      return true
    case .entries(let entries, let isMore):
      if !entries.isEmpty {
        try database.write { try Self.apply(entries, after: position, in: $0) }
      }
      return isMore
    }
  }

  /// `patience` is how long to ask, when an answer was lost, before the end isn't known.
  func write<Result: Sendable>(
    patience: Duration, _ body: @escaping @Sendable (RecordTransaction) throws -> Result
  ) throws -> Result {
    let result = Mutex<Swift.Result<Result, any Error>?>(nil)
    let job = Job(
      deadline: .now + patience,
      run: { transaction in
        do {
          let value = try body(transaction)
          result.withLock { $0 = .success(value) }
          return true
        } catch {
          result.withLock { $0 = .failure(error) }
          return false
        }
      },
      fail: { error in
        result.withLock { if case .failure = $0 { return } else { $0 = .failure(error) } }
      })
    waiting.withLock { $0.append(job) }
    database.writeWithoutTransaction { database in
      // Who had the database before may have done this job among its own.
      let jobs = waiting.withLock { jobs in
        defer { jobs = [] }
        return jobs
      }
      guard !jobs.isEmpty else { return }
      do { try decide(jobs, in: database) } catch { for job in jobs { job.fail(error) } }
    }
    guard let result = result.withLock({ $0 }) else {
      throw LocalCloudError.unreachable("the records: a write was lost")
    }
    return try result.get()
  }

  /// Runs `jobs` on the newest records until what they decide is the log's next entry.
  private func decide(_ jobs: [Job], in database: Database) throws {
    while true {
      try catchUp(in: database)
      var isAppended = true
      try database.inTransaction(.immediate) {
        var changes: [RecordChange] = []
        for job in jobs {
          try database.inSavepoint {
            let transaction = RecordTransaction(database)
            guard job.run(transaction) else { return .rollback }
            changes += transaction.changes
            return .commit
          }
        }
        guard !changes.isEmpty else { return .rollback }
        let next = try Self.position(in: database) + 1
        isAppended = try append(
          entry(changes), as: next, until: jobs.map(\.deadline).max() ?? .now)
        guard isAppended else { return .rollback }
        try Self.setPosition(next, in: database)
        return .commit
      }
      if isAppended { return }
    }
  }

  private func entry(_ changes: [RecordChange]) -> [UInt8] {
    let count = written.withLock { count in
      count += 1
      return count
    }
    let entry: JSON = [
      "by": .string("\(name).\(count)"), "changes": .array(changes.map(\.json)),
    ]
    return Array(entry.text().utf8)
  }

  /// As the log's `append`; when the answer is lost, asks until `deadline` whether the entry is there.
  private func append(
    _ entry: [UInt8], as number: Int, until deadline: ContinuousClock.Instant
  ) throws -> Bool {
    do { return try log.append(entry, as: number) } catch LocalCloudError.unreachable {
      while true {
        do {
          guard case .entries(let entries, _) = try log.read(after: number - 1) else {
            return false
          }
          if let found = entries.first { return found == entry }
          return try log.append(entry, as: number)
        } catch LocalCloudError.unreachable(let reason) {
          guard .now < deadline else { throw LocalCloudError.unreachable(reason) }
          usleep(200_000)
        }
      }
    }
  }

  /// As `follow`, for the thread that has the database.
  private func catchUp(in database: Database) throws {
    while true {
      let position = try Self.position(in: database)
      switch try log.read(after: position) {
      case .forgotten: try reload(into: database)
      case .entries(let entries, let isMore):
        if !entries.isEmpty {
          try database.inTransaction {
            try Self.apply(entries, after: position, in: database)
            return .commit
          }
        }
        guard isMore else { return }
      }
    }
  }

  /// Saves the records in the log's place when many entries have come since that was done.
  func shortenLog() throws {
    let (position, bytes) = try database.read { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
      return (try Self.position(in: database), pages * size)
    }
    let longest = Self.longestLog(bytes: bytes)
    guard position - lastCheckpoint.withLock({ $0 }) >= longest else { return }
    // Mostly another server has done it.
    let newest = try log.newestCheckpoint()
    lastCheckpoint.withLock { $0 = newest }
    guard position - newest >= longest else { return }
    try withTemporaryFile { path in
      // A connection of its own: those who write don't wait for it.
      let source = try DatabaseQueue(path: database.path)
      try source.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
      try source.close()
      let copy = try DatabaseQueue(path: path)
      let saved = try copy.read { try Self.position(in: $0) }
      try copy.close()
      try log.saveCheckpoint(of: path, after: saved)
      lastCheckpoint.withLock { $0 = saved }
    }
  }
}

extension Replica {
  /// A write that waits for the database.
  private struct Job: Sendable {
    let deadline: ContinuousClock.Instant
    /// False when it decided nothing; it keeps its own result.
    let run: @Sendable (RecordTransaction) -> Bool
    let fail: @Sendable (any Error) -> Void
  }

  private func reload() throws {
    try database.writeWithoutTransaction { try reload(into: $0) }
  }

  /// Puts the newest checkpoint in the place of all rows.
  private func reload(into database: Database) throws {
    try withTemporaryFile { path in
      let saved = try log.loadCheckpoint(into: path)
      lastCheckpoint.withLock { $0 = saved }
      try database.execute(sql: "ATTACH ? AS checkpoint", arguments: [path])
      defer {
        // Only this connection has it; with the connection it would go as well.
        try? database.execute(sql: "DETACH checkpoint")
      }
      try database.inTransaction {
        for table in ["operation", "snapshot", "slice", "replica"] {
          try database.execute(sql: "DELETE FROM main.\(table)")
        }
        for table in ["slice", "snapshot", "operation", "replica"] {
          try database.execute(
            sql: "INSERT INTO main.\(table) SELECT * FROM checkpoint.\(table)")
        }
        try database.execute(sql: "DELETE FROM main.sqlite_sequence")
        try database.execute(
          sql: "INSERT INTO main.sqlite_sequence SELECT * FROM checkpoint.sqlite_sequence")
        return .commit
      }
    }
  }

  private func withTemporaryFile<Result>(_ body: (_ path: String) throws -> Result) throws -> Result
  {
    let path = database.path + "-checkpoint-\(UInt64.random(in: .min ... .max))"
    defer { _ = unlink(path) }
    return try body(path)
  }

  private static func position(in database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT position FROM replica") ?? 0
  }

  private static func setPosition(_ position: Int, in database: Database) throws {
    try database.execute(sql: "UPDATE replica SET position = ?", arguments: [position])
  }

  /// Makes the changes of the entries that the copy doesn't have yet; the first of them is the one
  /// after `position`.
  private static func apply(
    _ entries: [[UInt8]], after position: Int, in database: Database
  ) throws {
    let known = try Self.position(in: database)
    guard known >= position, known < position + entries.count else { return }
    for entry in entries.dropFirst(known - position) {
      guard let changes = try JSON(parsing: entry).objectValue?["changes"]?.arrayValue else {
        throw LocalCloudError.newerRecords
      }
      for change in changes { try RecordChange(change).apply(in: database) }
    }
    try setPosition(position + entries.count, in: database)
  }
}
