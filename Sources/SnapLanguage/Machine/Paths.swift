/// Parts of values, by name and by number.
enum Paths {
  static func field(_ name: String, of value: Value, isOptional: Bool) throws -> Value {
    if isOptional, value.isNull { return .null }
    guard case .record(let record) = value else {
      throw Failure(
        .usage, "\(value.kindName) has no field '\(name)'",
        help: value.isNull
          ? "allow null: .\(name)?"
          : value.listValue != nil ? "a list has items: .0, or use: … | get \(name)" : nil)
    }
    if let field = record[name] { return field }
    try record.shape.checkKnown(name)
    if isOptional { return .null }
    throw missing(name, record)
  }

  /// An item of a list; a negative index counts from the end.
  static func item(_ index: Int, of value: Value, isOptional: Bool) throws -> Value {
    guard case .list(let items) = value else {
      throw Failure(.usage, "\(value.kindName) has no item \(index)")
    }
    let position = index < 0 ? items.count + index : index
    if items.indices.contains(position) { return items[position] }
    if isOptional { return .null }
    throw Failure(
      .usage, "there is no item \(index) in a list of \(items.count)",
      help: items.isEmpty ? "the list is empty" : nil)
  }

  /// A column of the row that `where` looks at. A documented column that the row lacks is null.
  static func column(_ name: String, of row: Value, whenMissing: FieldSite.MissingColumn) throws
    -> Value
  {
    guard case .record(let record) = row else {
      throw Failure(.usage, "\(row.kindName) has no column '\(name)'", item: row)
    }
    if let field = record[name] { return field }
    try record.shape.checkKnown(name)
    if whenMissing == .isNull { return .null }
    throw missing(name, record)
  }

  private static func missing(_ name: String, _ record: Record) -> Failure {
    Failure(
      .usage, "there is no field '\(name)'",
      help: Suggestions.help(for: name, among: record.names)
        ?? "fields: \(record.names.joined(separator: " "))")
  }
}
