import OrderedJSON
import SnapLanguage

extension LanguageServer {
  func open(_ params: Params) throws(ResponseError) {
    let uri = try params.string("textDocument", "uri")
    documents[uri] = Document(
      uri: uri, version: params.optional("textDocument", "version")?.intValue,
      text: try params.string("textDocument", "text"), encoding: client.encoding)
    forgetAnalyses()
  }

  func change(_ params: Params) throws(ResponseError) {
    let uri = try params.string("textDocument", "uri")
    guard var document = documents.removeValue(forKey: uri) else { return }
    defer {
      document.analysis = nil
      documents[uri] = document
      forgetAnalyses(using: document.name)
    }
    document.version = params.optional("textDocument", "version")?.intValue
    for change in params.optional("contentChanges")?.arrayValue ?? [] {
      try document.apply(change)
    }
  }

  func close(_ params: Params) throws(ResponseError) {
    documents[try params.string("textDocument", "uri")] = nil
    forgetAnalyses()
  }

  /// What is known may be wrong: a file has come, gone or changed.
  func forgetAnalyses() {
    for uri in documents.keys { documents[uri]?.analysis = nil }
    published.isDue = true
  }

  private func forgetAnalyses(using name: String) {
    for (uri, document) in documents where document.analysis?.libraries.contains(name) ?? false {
      documents[uri]?.analysis = nil
    }
    published.isDue = true
  }

  /// The open document that a request is about, and what is known of it; nil when it isn't open,
  /// as happens when it is closed meanwhile.
  func document(_ params: Params) throws(ResponseError) -> (Document, Analysis)? {
    let uri = try params.string("textDocument", "uri")
    guard let document = documents[uri] else { return nil }
    return (document, analysis(of: document))
  }

  /// The document, and the offset of the position that a request is about.
  func place(_ params: Params) throws(ResponseError) -> Place? {
    guard let (document, analysis) = try document(params) else { return nil }
    let offset = document.lines.offset(of: try Position(params.optional("position")))
    return Place(document: document, analysis: analysis, offset: offset)
  }

  func analysis(of document: Document) -> Analysis {
    if let known = document.analysis { return known }
    let open = Dictionary(documents.values.map { ($0.name, $0) }) { first, _ in first }
    let analysis = Analysis(
      SourceText(name: document.name, text: document.text), commands: commands,
      libraries: OpenLibraries(open: open, files: files))
    documents[document.uri]?.analysis = analysis
    return analysis
  }

  /// A span as clients want it, in an open text or a file; nil for what is neither.
  func location(_ span: Span) -> JSON? {
    if let document = documents.values.first(where: { $0.name == span.source.name }) {
      return ["uri": .string(document.uri), "range": document.lines.range(span.range)]
    }
    guard span.source.name.hasPrefix("/") else { return nil }
    let lines = TextLines(span.source.bytes, encoding: client.encoding)
    return ["uri": .string(FileURI.uri(span.source.name)), "range": lines.range(span.range)]
  }
}

/// A place in an open text.
struct Place {
  let document: Document
  let analysis: Analysis
  /// In bytes.
  let offset: Int

  /// The name that stands here, or that ends here.
  var reference: Reference? {
    let here = analysis.references.filter { reference in
      reference.span.source === analysis.script.source
        && reference.span.range.lowerBound <= offset && offset <= reference.span.range.upperBound
    }
    // The narrowest, and of two that touch, the one that begins here.
    return here.min {
      ($0.span.range.upperBound == offset ? 1 : 0, $0.span.range.count)
        < ($1.span.range.upperBound == offset ? 1 : 0, $1.span.range.count)
    }
  }

  /// The word of the grammar that stands here, or that ends here.
  var mark: Mark? {
    let here = analysis.script.marks.filter { $0.range.lowerBound <= offset }
    return here.last { offset < $0.range.upperBound } ?? here.last { offset == $0.range.upperBound }
  }
}
