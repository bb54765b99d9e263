import GRDB

/// The database of a local cloud: what there is, and the operations on it.
///
/// Several processes open the same one. What they must agree on is decided inside one write
/// transaction, which begins IMMEDIATE, so it sees all that others have decided.
struct Catalog: Sendable {
  private let database: DatabasePool

  /// Opens the database in the file at `path`, which may be empty.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.label = "LocalCloud"
    configuration.prepareDatabase { $0.add(function: lowercase) }
    database = try DatabasePool(path: path, configuration: configuration)
    // What a 202 promises survives a power cut; GRDB's default in WAL mode is NORMAL.
    try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try database.write(Schema.migrate)
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    try await database.read(body)
  }

  func write<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    try await BlockingThreads.records.run { try database.write(body) }
  }

  /// For a thread that may block.
  func writeBlocking(_ body: (Database) throws -> Void) throws { try database.write(body) }
}

/// Lower case of all letters: SQLite's own `lower` knows ASCII only.
private let lowercase = DatabaseFunction("lowercase", argumentCount: 1, pure: true) { values in
  values.first.flatMap { String.fromDatabaseValue($0) }?.lowercased()
}
