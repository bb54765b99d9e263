import SnapLanguage

/// Comma-separated values (RFC 4180, with line feeds alone), headed by the fields' names.
///
/// When the first rows agree in their names, these are the header, and rows leave as they come; a
/// later row with another name is an error. When they differ, all rows are awaited, and the header
/// is the union. Null is an empty field; text that is empty or looks like a number is quoted.
struct CSVRows: RowWriter {
  let isTerminal: Bool
  private var header: [String: Int] = [:]
  private var waiting: [Value] = []
  private var isStreaming = false

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    if isStreaming { return try writeLines(rows, to: out) }
    waiting += rows
    guard let first = waiting.first else { return }
    let names = first.csvNames
    if waiting.allSatisfy({ $0.csvNames == names }) { try begin(names, to: out) }
  }

  mutating func finish(to out: TextSink) throws {
    var names: [String] = []
    var known: Set<String> = []
    for row in waiting {
      for name in row.csvNames where known.insert(name).inserted { names.append(name) }
    }
    if !isStreaming, !names.isEmpty { try begin(names, to: out) }
  }

  mutating func writeSole(_ value: Value, to out: TextSink) throws {
    if value.isNull { return }
    try write([value], to: out)
    try finish(to: out)
  }

  private mutating func begin(_ names: [String], to out: TextSink) throws {
    isStreaming = true
    header = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try out(line(names.map { CSVRows.quoted($0, isText: false) }))
    try writeLines(waiting, to: out)
    waiting = []
  }

  private func writeLines(_ rows: [Value], to out: TextSink) throws {
    var text = ""
    for row in rows {
      var fields = Array(repeating: "", count: header.count)
      for (name, value) in zip(row.csvNames, row.csvValues) {
        guard let position = header[name] else { throw EncodeError.newColumn(name) }
        fields[position] = try CSVRows.field(value)
      }
      text += line(fields)
    }
    if !text.isEmpty { try out(text) }
  }

  private func line(_ fields: [String]) -> String {
    // An empty line would be no row at all.
    let line = fields == [""] ? "\"\"" : fields.joined(separator: ",")
    return (isTerminal ? TerminalText.escaped(line, keepsLines: true) : line) + "\n"
  }

  private static func field(_ value: Value) throws(EncodeError) -> String {
    let text = try value.fieldText()
    return quoted(text, isText: value.stringValue != nil)
  }

  private static func quoted(_ text: String, isText: Bool) -> String {
    let needsQuotes =
      text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      || isText && CSVReader.value(ofPlain: text).stringValue == nil
    guard needsQuotes else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

extension Value {
  fileprivate var csvNames: [String] { recordValue?.names ?? ["value"] }
  fileprivate var csvValues: [Value] { recordValue?.wireValues ?? [self] }
}
