import OrderedJSON
import SnapLanguage

/// What the client has been told of, so that it is told of changes alone.
struct PublishedDiagnostics {
  var isDue = false
  /// Messages that were taken since diagnostics were last sent.
  var messagesSince = 0
  /// The last notification for each URI that has diagnostics.
  var sent: [String: JSON] = [:]
}

extension LanguageServer {
  /// Sends the diagnostics of all open texts and of what they use, where they differ from what was
  /// sent. False when the client has gone.
  func publishDiagnostics() -> Bool {
    published.messagesSince = 0
    guard published.isDue else { return true }
    published.isDue = false
    var found: [String: [Diagnostic]] = [:]
    var sources: [String: SourceText] = [:]
    for uri in documents.keys.sorted() {
      guard let document = documents[uri] else { continue }
      found[document.name] = found[document.name] ?? []
      for diagnostic in analysis(of: document).diagnostics {
        found[diagnostic.span.source.name, default: []].append(diagnostic)
        sources[diagnostic.span.source.name] = diagnostic.span.source
      }
    }
    var current: [String: JSON] = [:]
    for (name, diagnostics) in found {
      if let document = documents.values.first(where: { $0.name == name }) {
        current[document.uri] = params(
          uri: document.uri, version: document.version, document.lines, diagnostics)
      } else if let source = sources[name], name.hasPrefix("/") {
        let lines = TextLines(source.bytes, encoding: client.encoding)
        let uri = FileURI.uri(name)
        current[uri] = params(uri: uri, version: nil, lines, diagnostics)
      }
    }
    for uri in published.sent.keys where current[uri] == nil {
      current[uri] = ["uri": .string(uri), "diagnostics": []]
    }
    for (uri, params) in current.sorted(by: { $0.key < $1.key }) where published.sent[uri] != params
    {
      guard notify("textDocument/publishDiagnostics", params) else { return false }
    }
    published.sent = current.filter { documents[$0.key] != nil || $0.value["diagnostics"] != [] }
    return true
  }

  private func params(
    uri: String, version: Int?, _ lines: TextLines, _ diagnostics: [Diagnostic]
  ) -> JSON {
    // Two texts that use a library find the same in it.
    var seen: Set<JSON> = []
    let items = diagnostics.map { $0.json(lines) }.filter { seen.insert($0).inserted }
    var params: JSONObject = ["uri": .string(uri)]
    params["version"] = version.map(JSON.int)
    params["diagnostics"] = .array(items)
    return .object(params)
  }
}

extension Diagnostic {
  fileprivate func json(_ lines: TextLines) -> JSON {
    [
      "range": lines.range(span.range),
      "severity": severity == .error ? 1 : 2,
      "source": "snapsh",
      "message": .string(message + (help.map { "\nhelp: \($0)" } ?? "")),
    ]
  }
}
