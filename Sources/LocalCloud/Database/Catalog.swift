import GRDB

/// The records of a local cloud: what there is, and the operations on it.
///
/// They lie in a SQLite database. Without a log that is all there is: several processes open the
/// same file, and what they must agree on is decided inside one write transaction, which begins
/// IMMEDIATE, so it sees all that others have decided. With a `RecordLog` the database is this
/// process's own copy of what the log says; see `Replica`.
struct Catalog: Sendable {
  private let database: DatabasePool
  private let replica: Replica?
  /// Kept as long as the database is.
  private let file: ReplicaFile?

  /// Opens the database in the file at `path`, which may be empty.
  init(path: String) throws {
    database = try Self.open(path, synchronous: "FULL")
    replica = nil
    file = nil
  }

  /// Makes a copy of what `log` says in `file`.
  init(following log: any RecordLog, in file: ReplicaFile) throws {
    self.file = file
    database = try Self.open(file.path, synchronous: "OFF")
    replica = try Replica(of: log, in: database)
  }

  private static func open(_ path: String, synchronous: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.label = "LocalCloud"
    configuration.prepareDatabase { $0.add(function: lowercase) }
    let database = try DatabasePool(path: path, configuration: configuration)
    // What a 202 promises survives a power cut; GRDB's default in WAL mode is NORMAL.
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = \(synchronous)")
    }
    try database.write(Schema.migrate)
    return database
  }

  /// Whether other machines change the records as well.
  var isShared: Bool { replica != nil }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    if let replica { try await BlockingThreads.records.run { try replica.follow() } }
    return try await database.read(body)
  }

  /// `patience` is how long to ask what came of a write whose answer was lost; the body may then have
  /// been run more than once, and counts once. Throws `LocalCloudError.unreachable` when that isn't
  /// known.
  func write<Result: Sendable>(
    patience: Duration = .zero, _ body: @escaping @Sendable (RecordTransaction) throws -> Result
  ) async throws -> Result {
    try await BlockingThreads.records.run { try writeBlocking(patience: patience, body) }
  }

  /// For a thread that may block.
  func writeBlocking<Result: Sendable>(
    patience: Duration = .zero, _ body: @escaping @Sendable (RecordTransaction) throws -> Result
  ) throws -> Result {
    guard let replica else { return try database.write { try body(RecordTransaction($0)) } }
    return try replica.write(patience: patience, body)
  }

  /// Saves the records where the log begins, when it has grown long.
  func shortenLog() async throws {
    guard let replica else { return }
    try await BlockingThreads.copies.run { try replica.shortenLog() }
  }
}

/// Lower case of all letters: SQLite's own `lower` knows ASCII only.
private let lowercase = DatabaseFunction("lowercase", argumentCount: 1, pure: true) { values in
  values.first.flatMap { String.fromDatabaseValue($0) }?.lowercased()
}
