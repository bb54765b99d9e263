import OrderedJSON
import SnapLanguage

/// An array with one row a line; a value that is no list as an indented document.
struct JSONRows: RowWriter {
  let isTerminal: Bool
  private var isEmpty = true

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  mutating func write(_ rows: [Value], to out: TextSink) throws {
    var text = ""
    for row in rows {
      text += isEmpty ? "[\n" : ",\n"
      isEmpty = false
      text += try json(of: row).shownText(isTerminal: isTerminal)
    }
    if !text.isEmpty { try out(text) }
  }

  mutating func finish(to out: TextSink) throws { try out(isEmpty ? "[]\n" : "\n]\n") }

  func writeSole(_ value: Value, to out: TextSink) throws {
    try out(try json(of: value).shownText(indented: true, isTerminal: isTerminal) + "\n")
  }
}

/// One value a line (https://jsonlines.org).
struct JSONLines: RowWriter {
  let isTerminal: Bool

  func write(_ rows: [Value], to out: TextSink) throws {
    var text = ""
    for row in rows { text += try json(of: row).shownText(isTerminal: isTerminal) + "\n" }
    if !text.isEmpty { try out(text) }
  }
}

extension JSON {
  /// The text; before a terminal, what could mislead it is escaped as JSON allows.
  fileprivate func shownText(indented: Bool = false, isTerminal: Bool) -> String {
    let text = text(indented: indented)
    guard isTerminal, text.unicodeScalars.contains(where: TerminalText.isUnsafe) else {
      return text
    }
    var shown = ""
    for scalar in text.unicodeScalars {
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

  static func decodeJSONLines(_ bytes: [UInt8]) throws(DecodeError) -> Value {
    var values: [Value] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      do throws(JSONError) { values.append(Value(json: try JSON(parsing: line))) } catch {
        let column = String(decoding: line.prefix(error.offset), as: UTF8.self).count + 1
        throw DecodeError(.jsonl, line: index + 1, column: column, .json(error.problem))
      }
    }
    return .list(values)
  }
}
