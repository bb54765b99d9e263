import SnapLanguage

extension Diagnostic {
  /// `line:column-end: message (help)`; the file stands before it when it is another.
  var line: String {
    let start = span.source.position(of: span.range.lowerBound)
    let end = span.source.position(of: span.range.upperBound)
    let file = span.source.name == "test.snap" ? "" : "\(span.source.name):"
    let range =
      "\(start.line):\(start.column)-\(start.line == end.line ? "\(end.column)" : "\(end.line):\(end.column)")"
    return "\(file)\(range): \(message)" + (help.map { " (\($0))" } ?? "")
  }
}

extension Failure {
  /// `kind line:column: message`.
  var line: String {
    let place = span.map { " \($0.line):\($0.column)" } ?? ""
    return "\(kind.rawValue)\(place): \(message)"
  }
}
