import GRDB

extension Journal {
  /// The latest runs first.
  ///
  /// - Parameters:
  ///   - since: microseconds since 1970.
  ///   - most: as many at most.
  /// - Returns: what the journal says about each.
  /// - Throws: `JournalError`.
  package func runs(since: Int? = nil, most: Int? = nil) throws(JournalError) -> [RunRecord] {
    let locks = locks
    return try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM run WHERE begun >= ? ORDER BY id DESC LIMIT ?",
        arguments: [since ?? 0, most ?? -1])
      return try rows.map { try RunRecord($0, database, locks) }
    }
  }

  /// Nil when there is no such run.
  ///
  /// - Throws: `JournalError`.
  package func run(_ id: Int) throws(JournalError) -> RunRecord? {
    let locks = locks
    return try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [id])
        .map { try RunRecord($0, database, locks) }
    }
  }

  /// The run that carries a plan out, or has done so; nil when none has.
  ///
  /// - Throws: `JournalError`.
  package func run(ofPlan digest: String) throws(JournalError) -> RunRecord? {
    let locks = locks
    return try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM run WHERE plan = ?", arguments: [digest])
        .map { try RunRecord($0, database, locks) }
    }
  }

  /// In the order of their numbers.
  ///
  /// - Throws: `JournalError`.
  package func operations(ofRun id: Int) throws(JournalError) -> [OperationRecord] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM operation WHERE run = ? ORDER BY number", arguments: [id]
      ).compactMap { OperationRecord($0) }
    }
  }

  /// What the cloud took on at that endpoint and no read has shown to be over, oldest first.
  ///
  /// - Throws: `JournalError`.
  package func acceptedOperations(at endpoint: String) throws(JournalError) -> [OperationRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT operation.* FROM operation JOIN run ON run.id = operation.run
          WHERE state = 'accepted' AND endpoint = ? ORDER BY operation.run, number
          """, arguments: [endpoint]
      ).compactMap { OperationRecord($0) }
    }
  }

  /// The operations that have been undone since, as `12.3`, of those of a run.
  ///
  /// - Throws: `JournalError`.
  package func undoneOperations(ofRun id: Int) throws(JournalError) -> Set<String> {
    try read { database in
      try String.fetchSet(
        database,
        sql: """
          SELECT undoes FROM operation WHERE undoes GLOB ? AND state IN
            ('sending', 'accepted', 'done', 'unknown')
          """, arguments: ["\(id).*"])
    }
  }
}

extension RunRecord {
  fileprivate init(_ row: Row, _ database: Database, _ locks: LockFile) throws {
    let id: Int = row["id"]
    self.id = id
    header = RunHeader(row)
    begun = row["begun"]
    ended = row["ended"]
    exitCode = row["code"]
    isAlive = locks.isTaken(LockFile.byte(ofRun: id))
    let counted = try Row.fetchAll(
      database, sql: "SELECT state, count(*) AS n FROM operation WHERE run = ? GROUP BY state",
      arguments: [id])
    counts = Dictionary(
      counted.compactMap { row in
        OperationState(rawValue: row["state"]).map { ($0, row["n"] as Int) }
      }, uniquingKeysWith: +)
  }
}
