import SnapLanguage

/// The id of each row on a line of its own: what other commands take as arguments.
struct IDLines: RowWriter {
  let isTerminal: Bool

  func write(_ rows: [Value], to out: TextSink) throws {
    var text = ""
    for row in rows {
      let id = try Self.id(of: row).fieldText()
      text += (isTerminal ? TerminalText.escaped(id) : id) + "\n"
    }
    if !text.isEmpty { try out(text) }
  }

  func writeSole(_ value: Value, to out: TextSink) throws {
    if !value.isNull { try write([value], to: out) }
  }

  private static func id(of row: Value) throws(EncodeError) -> Value {
    var id = row
    if let record = row.recordValue {
      guard let position = record.shape.position(of: "id"), !record.wireValues[position].isNull
      else { throw .noID(names: record.names) }
      id = record.wireValues[position]
    }
    switch id {
    case .null, .list, .record, .block: throw .notAnID(type: id.typeName)
    default: return id
    }
  }
}
