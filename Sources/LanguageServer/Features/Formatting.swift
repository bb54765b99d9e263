import OrderedJSON
import SnapLanguage

extension LanguageServer {
  /// The edit that gives the text its one form; none for a text that doesn't parse, whose errors
  /// are told as diagnostics.
  func formatting(_ params: Params) throws(ResponseError) -> JSON {
    guard let (document, analysis) = try document(params) else { return .null }
    let formatted: String
    do throws(Program.Rejection) {
      formatted = try ScriptFormatter.format(analysis.script.source)
    } catch {
      return .null
    }
    return .array(document.lines.edits(to: Array(formatted.utf8)))
  }
}

extension TextLines {
  /// One edit between the first and the last line that differ, so that the cursor stays where the
  /// text stays.
  fileprivate func edits(to new: [UInt8]) -> [JSON] {
    guard new != bytes else { return [] }
    let (old, new) = (Self.lines(bytes), Self.lines(new))
    let shortest = min(old.count, new.count)
    let before = (0..<shortest).first { old[$0] != new[$0] } ?? shortest
    let after =
      (0..<shortest - before).first {
        old[old.count - 1 - $0] != new[new.count - 1 - $0]
      } ?? shortest - before
    let removed = old[before..<old.count - after]
    let start = old[..<before].reduce(0) { $0 + $1.count }
    let end = start + removed.reduce(0) { $0 + $1.count }
    let text = String(decoding: new[before..<new.count - after].joined(), as: UTF8.self)
    return [["range": range(start..<end), "newText": .string(text)]]
  }

  /// The lines with their ends.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return lines
  }
}
