import OrderedJSON
import SnapLanguage

/// A text that an editor has open.
struct Document {
  let uri: String
  /// Its path, as diagnostics and `use` know it; for a text that is no file, its URI.
  let name: String
  /// As the client counts; nil when it doesn't.
  var version: Int?
  private(set) var lines: TextLines
  /// What is known about the text; nil when it has changed since.
  var analysis: Analysis?

  init(uri: String, version: Int?, text: String, encoding: PositionEncoding) {
    self.uri = uri
    self.version = version
    name = FileURI.path(uri) ?? uri
    lines = TextLines(Array(text.utf8), encoding: encoding)
  }

  var text: String { String(decoding: lines.bytes, as: UTF8.self) }

  /// Applies one of the changes of `textDocument/didChange`: a part of the text, or all of it.
  mutating func apply(_ change: JSON) throws(ResponseError) {
    guard let text = change["text"]?.stringValue else {
      throw ResponseError(.invalidParams, "a change without 'text'")
    }
    guard let range = change["range"], range != .null else {
      lines = TextLines(Array(text.utf8), encoding: lines.encoding)
      return
    }
    let start = lines.offset(of: try Position(range["start"]))
    let end = lines.offset(of: try Position(range["end"]))
    var bytes = lines.bytes
    bytes.replaceSubrange(min(start, end)..<max(start, end), with: text.utf8)
    lines = TextLines(bytes, encoding: lines.encoding)
  }
}

extension Position {
  init(_ json: JSON?) throws(ResponseError) {
    guard let line = json?["line"]?.intValue, let character = json?["character"]?.intValue else {
      throw ResponseError(.invalidParams, "a position has 'line' and 'character'")
    }
    self.init(line: line, character: character)
  }

  var json: JSON { ["line": .int(line), "character": .int(character)] }
}

extension TextLines {
  func range(_ bytes: Range<Int>) -> JSON {
    ["start": position(of: bytes.lowerBound).json, "end": position(of: bytes.upperBound).json]
  }
}
