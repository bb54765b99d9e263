import OrderedJSON
import SnapLanguage

/// An array with one row a line; a value that is no list as an indented document.
struct JSONRows: RowWriter {
  let isTerminal: Bool
  private var isEmpty = true

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    var text = JSONText()
    for row in rows {
      text.append(byte: isEmpty ? "[" : ",")
      text.append(byte: "\n")
      isEmpty = false
      try text.append(row)
    }
    if !rows.isEmpty { try out(text.string.shown(isTerminal: isTerminal)) }
  }

  mutating func finish(to out: TextSink) throws { try out(isEmpty ? "[]\n" : "\n]\n") }

  func writeSole(_ value: Value, to out: TextSink) throws {
    let text = try json(of: value).text(indented: true)
    try out(text.shown(isTerminal: isTerminal) + "\n")
  }
}

/// One value a line (https://jsonlines.org).
struct JSONLines: RowWriter {
  let isTerminal: Bool

  func write(_ rows: [Value], to out: TextSink) throws {
    var text = JSONText()
    for row in rows {
      try text.append(row)
      text.append(byte: "\n")
    }
    if !rows.isEmpty { try out(text.string.shown(isTerminal: isTerminal)) }
  }
}

extension String {
  /// JSON text; before a terminal, what could mislead it is escaped as JSON allows.
  fileprivate func shown(isTerminal: Bool) -> String {
    guard isTerminal, unicodeScalars.contains(where: TerminalText.isUnsafe) else { return self }
    var shown = ""
    for scalar in unicodeScalars {
      if scalar != "\n", TerminalText.isUnsafe(scalar) {
        shown += JSON.escape(scalar)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}

extension Formats {
  static func decodeJSON(_ bytes: [UInt8]) throws(DecodeError) -> Value {
    do throws(JSONError) { return Value(json: try JSON(parsing: bytes)) } catch {
      throw DecodeError(.json, offset: error.offset, in: bytes, .json(error.problem))
    }
  }
}
