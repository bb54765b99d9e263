import GRDB

/// The tables of the journal, and how they came to be. Times are microseconds since 1970.
enum JournalSchema {
  private static let version = 1

  /// Creates what is missing; in the transaction of the caller, so that of several processes that
  /// open a new journal together one does it.
  static func migrate(_ database: Database, path: String) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= version else {
      throw JournalError(problem: .newer(version: found), path: path)
    }
    guard found < version else { return }
    try database.execute(sql: first)
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// A run: who did what, where, by which text. A plan is carried out by one run at most.
  ///
  /// An operation: `step` is all that was known when it was decided, as JSON; the columns beside it
  /// are for people who look with `sqlite3`. `sent` is when its intent was written, which is before
  /// a byte of it left.
  private static let first = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      path TEXT,
      text TEXT NOT NULL,
      digest TEXT NOT NULL,
      arguments TEXT NOT NULL,
      endpoint TEXT NOT NULL,
      profile TEXT NOT NULL,
      user TEXT NOT NULL,
      process INTEGER NOT NULL,
      zone TEXT NOT NULL,
      limits TEXT NOT NULL,
      plan TEXT UNIQUE,
      begun INTEGER NOT NULL,
      ended INTEGER,
      code INTEGER
    );
    CREATE TABLE operation (
      run INTEGER NOT NULL REFERENCES run(id),
      number INTEGER NOT NULL,
      verb TEXT NOT NULL,
      slice INTEGER NOT NULL,
      slice_name TEXT,
      snapshot INTEGER,
      name TEXT,
      origin TEXT NOT NULL,
      statement INTEGER NOT NULL,
      waits INTEGER NOT NULL,
      guards INTEGER,
      undoes TEXT,
      step TEXT NOT NULL,
      state TEXT NOT NULL,
      status INTEGER,
      error TEXT,
      result INTEGER,
      candidates TEXT,
      planned INTEGER NOT NULL,
      sent INTEGER,
      answered INTEGER,
      ended INTEGER,
      PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
    CREATE INDEX operation_open ON operation(state)
      WHERE state IN ('planned', 'sending', 'accepted', 'unknown');
    CREATE INDEX operation_undoes ON operation(undoes) WHERE undoes IS NOT NULL;
    """
}
