import GRDB

/// The tables, and how they came to be.
enum Schema {
  private static let version = 2

  /// Creates what is missing; in the transaction of the caller, so that of several processes that
  /// open a new folder together one does it.
  static func migrate(_ database: Database) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= version else { throw LocalCloudError.newerDatabase(version: found) }
    if found < 1 { try database.execute(sql: first) }
    if found < 2 { try database.execute(sql: second) }
    try database.execute(sql: "PRAGMA user_version = \(version)")
    // Earlier programs don't mind it. Pages of the list are found in it without reading rows.
    try database.execute(sql: "CREATE INDEX IF NOT EXISTS snapshot_id ON snapshot(id)")
  }

  /// AUTOINCREMENT never gives a number twice, not even that of a deleted row. The numbers of
  /// slices and snapshots begin far apart, so that one isn't taken for the other.
  ///
  /// A row of `operation` stays as a record; `outcome` is null while the operation is running.
  private static let first = """
    CREATE TABLE slice (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      region TEXT NOT NULL,
      perms TEXT NOT NULL,
      size INTEGER NOT NULL,
      created TEXT NOT NULL,
      deleted TEXT
    );
    CREATE UNIQUE INDEX slice_name ON slice(name) WHERE deleted IS NULL;
    CREATE TABLE snapshot (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      slice INTEGER NOT NULL REFERENCES slice(id),
      name TEXT NOT NULL,
      perms TEXT NOT NULL,
      size INTEGER NOT NULL,
      created TEXT NOT NULL,
      duration TEXT
    );
    CREATE INDEX snapshot_slice ON snapshot(slice);
    CREATE TABLE operation (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      slice INTEGER NOT NULL REFERENCES slice(id),
      snapshot INTEGER,
      instance TEXT NOT NULL,
      progress INTEGER NOT NULL DEFAULT 0,
      committing INTEGER NOT NULL DEFAULT 0,
      begun TEXT NOT NULL,
      ended TEXT,
      outcome TEXT,
      message TEXT
    );
    CREATE UNIQUE INDEX operation_running_slice ON operation(slice) WHERE outcome IS NULL;
    CREATE INDEX operation_running_snapshot ON operation(snapshot) WHERE outcome IS NULL;
    INSERT INTO sqlite_sequence (name, seq) VALUES ('slice', 3000), ('snapshot', 14000);
    """

  /// `source` is the slice that the snapshot of a row was taken of.
  private static let second = "ALTER TABLE operation ADD COLUMN source INTEGER"
}
