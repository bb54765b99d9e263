package import SnapLanguage
import SnapOutput

/// `diff`: what came, went and changed between two listings.
package struct Diff: Callable {
  package let signature = Signature(
    "diff", group: .rows, about: "Show what came, went and changed between two listings",
    details: """
      BEFORE and AFTER are files that 'save' has written; rows before it stand for AFTER. Rows are
      the same thing when they have the same --by, which no other row of their listing has. What
      came and went is shown with its name and slice, what changed with each field's old and new
      value. When nothing differs no rows come.
      """,
    parameters: [
      Parameter("before", .path), Parameter("after", .path, required: false),
    ],
    flags: [Flag("by", .string, about: "the column that tells rows apart", default: .string("id"))],
    input: .optional, effect: .read,
    examples: [
      Signature.Example("ls | diff before.json", "since 'ls | save before.json'"),
      Signature.Example("diff monday.jsonl tuesday.jsonl", "between two files"),
    ],
    columns: .fixed(Diff.columns))

  private static let columns = ["change", "id", "name", "vm_id", "vmname", "fields"]

  package init() {}

  package func run(_ call: Call) throws -> Outcome {
    let key = call.flag("by")?.stringValue ?? "id"
    let after = call["after"]?.stringValue
    guard (after == nil) != (call.input == nil) else {
      throw Failure(
        .usage, "'diff' needs a second listing: either a file or rows before it",
        help: signature.usage, exitCode: ExitCode.usage)
    }
    let old = try Listing(
      try Self.rows(of: call["before"]?.stringValue ?? ""), by: key,
      named: call["before"]?.stringValue ?? "")
    let new = try Listing(
      try after.map(Self.rows) ?? call.rows.collect(), by: key, named: after ?? "what is piped in")
    var rows: [Value] = []
    for (key, row) in old.rows {
      guard let now = new.byKey[RowKey(key)] else {
        rows.append(Self.row("gone", key, row, []))
        continue
      }
      let changes = Self.changes(row, now)
      if !changes.isEmpty { rows.append(Self.row("changed", key, now, changes)) }
    }
    for (key, row) in new.rows where old.byKey[RowKey(key)] == nil {
      rows.append(Self.row("new", key, row, []))
    }
    return .rows(RowStream(rows))
  }

  private static func rows(of path: String) throws -> [Value] {
    guard let format = DataFormat(path: path) else {
      throw Failure(
        .usage, "the format of '\(path)' can't be told by its name",
        help: "it ends with .json, .jsonl, .csv or .yaml", exitCode: ExitCode.usage)
    }
    let bytes = try LocalFile(path).contents()
    do throws(DecodeError) {
      let value = try Formats.decode(bytes, as: format)
      return value.listValue ?? [value]
    } catch { throw error.failure(about: path) }
  }

  /// `name: old → new` for each field that differs, as the cloud and files write it.
  private static func changes(_ old: Record, _ new: Record) -> [String] {
    let names = old.names + new.names.filter { old.shape.position(of: $0) == nil }
    return names.compactMap { name in
      let (before, now) = (wireValue(name, of: old), wireValue(name, of: new))
      let (text, newText) = (Self.text(before), Self.text(now))
      // CSV has the same text for a number and for its digits, and none for null.
      if Value.areEqual(before, now) || text == newText && !text.hasPrefix("a ") { return nil }
      return "\(name): \(text) → \(newText)"
    }
  }

  private static func wireValue(_ name: String, of record: Record) -> Value {
    record.shape.position(of: name).map { record.wireValue(at: $0) } ?? .null
  }

  private static func text(_ value: Value) -> String {
    (try? value.interpolated()) ?? value.kindName
  }

  private static let shape = Shape(columns)

  private static func row(
    _ change: String, _ key: Value, _ row: Record, _ fields: [String]
  ) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .string(change), key, row["name"] ?? .null, row["vm_id"] ?? .null,
          row["vmname"] ?? .null, .list(fields.map(Value.string)),
        ]))
  }
}

/// The rows of a listing by what tells them apart.
private struct Listing {
  private(set) var rows: [(key: Value, row: Record)] = []
  private(set) var byKey: [RowKey: Record] = [:]

  /// - Throws: `Failure` for a row that has no such column, and for two that are alike in it.
  init(_ values: [Value], by column: String, named name: String) throws {
    for value in values {
      guard let row = value.recordValue, let key = row[column], !key.isNull else {
        throw Failure(
          .usage, "a row of '\(name)' has no '\(column)'", help: "another column is chosen by --by",
          item: value)
      }
      guard byKey.updateValue(row, forKey: RowKey(key)) == nil else {
        throw Failure(
          .usage, "two rows of '\(name)' have the same '\(column)'",
          help: "another column is chosen by --by", item: key)
      }
      rows.append((key, row))
    }
  }
}
