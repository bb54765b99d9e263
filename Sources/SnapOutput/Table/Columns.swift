package import SnapLanguage

/// One column of a table: what it is called, where its cells come from, what it is worth.
package struct Column: Sendable {
  package enum Content: Sendable {
    case value
    /// A datetime as the time since.
    case age
    /// A list of words.
    case words
    /// The operation that runs on a snapshot, and how far it is.
    case state
    /// The slice's name, and whether it is gone.
    case slice
  }

  package var title: String
  /// The first of these fields that is there and not null is shown.
  package var fields: [String]
  package var content: Content
  /// How the field is read when its row does not say so itself, as rows from a file do not.
  package var form: WireForm
  /// Gives way last when the terminal is narrow.
  package var isName: Bool
  /// The column with the highest rank is left out first.
  package var rank: Int

  package init(
    _ title: String, _ fields: [String], _ content: Content = .value, form: WireForm = .plain,
    isName: Bool = false, rank: Int
  ) {
    self.title = title
    self.fields = fields
    self.content = content
    self.form = form
    self.isName = isName
    self.rank = rank
  }
}

/// Which columns a table shows.
package enum Columns {
  /// The columns for `rows`, of which at least one is a record.
  ///
  /// Whole rows of snapshots get the short list, other records all their fields. `wide` means all
  /// fields in any case, and `preferred` just these.
  package static func choose(
    for rows: [Value], preferred: [String]?, isWide: Bool
  ) -> [Column] {
    let names = union(of: rows)
    if let preferred { return preferred.filter(names.contains).enumerated().map(field) }
    // A row that lacks a field doesn't spoil the table for the others.
    let areSnapshots =
      rows.allSatisfy { $0.recordValue?["id"] != nil }
      && rows.contains { $0.recordValue?.isSnapshot == true }
    guard !isWide, areSnapshots else {
      return names.enumerated().map(field)
    }
    let isRunning = rows.contains { $0.recordValue?.isInProgress == true }
    return snapshot.filter { column in
      column.fields.contains(where: names.contains) && (column.content != .state || isRunning)
    }
  }

  /// The short list for rows of snapshots. What is left out first: region, perms, size, slice.
  package static let snapshot: [Column] = [
    // What would be done to it, in the rows of a plan.
    Column("VERB", ["verb"], rank: 0),
    Column("ACTION", ["action"], rank: 0),
    Column("ID", ["id"], rank: 0),
    Column("NAME", ["name"], isName: true, rank: 1),
    Column("SLICE", ["vmname"], .slice, rank: 4),
    Column("REGION", ["region"], rank: 7),
    Column("PERMS", ["perms"], rank: 6),
    Column("SIZE", ["snapshot_size", "backup_full_size"], form: .gigabytes, rank: 5),
    Column("AGE", ["created"], .age, form: .timestamp, rank: 3),
    Column("STATE", ["in_progress"], .state, rank: 2),
    // Why it would be done.
    Column("REASONS", ["reasons"], .words, rank: 2),
  ]

  private static func field(position: Int, name: String) -> Column {
    let isID = name == "id"
    let isName = name == "name"
    return Column(
      name.uppercased(), [name], name == "fields" ? .words : .value, isName: isName,
      rank: isID ? -2 : isName ? -1 : position)
  }

  /// The rows' names in the order in which they first come; `value` stands for what is no record.
  private static func union(of rows: [Value]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    var last: Shape?
    for row in rows {
      if let shape = row.recordValue?.shape, shape === last { continue }
      last = row.recordValue?.shape
      for name in row.recordValue?.names ?? ["value"] where known.insert(name).inserted {
        names.append(name)
      }
    }
    return names
  }
}

extension Record {
  /// Whether this is a snapshot's row as the API gives it, and not a choice of its fields.
  fileprivate var isSnapshot: Bool {
    ["id", "name", "created"].allSatisfy { shape.position(of: $0) != nil }
      && ["snapshot_size", "backup_full_size"].contains { shape.position(of: $0) != nil }
  }
}
