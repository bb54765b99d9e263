import OrderedJSON
import SnapLanguage

extension LanguageServer {
  func prepareRename(_ params: Params) throws(ResponseError) -> JSON {
    guard let place = try place(params), let reference = place.reference else { return .null }
    let declaration = try renamed(reference, in: place)
    guard let range = reference.nameRange(declaration) else { return .null }
    return [
      "range": place.document.lines.range(range),
      "placeholder": .string(declaration.text),
    ]
  }

  /// New text for a variable or a function, in all open texts that name it.
  ///
  /// The text is read again with the new name. Where a name would mean something else then, or
  /// something would be wrong, nothing is renamed.
  func rename(_ params: Params) throws(ResponseError) -> JSON {
    let name = try params.string("newName")
    guard let place = try place(params), let reference = place.reference else { return .null }
    let declaration = try renamed(reference, in: place)
    var ranges: [String: [Range<Int>]] = [:]
    for found in references(to: declaration) {
      guard let range = found.nameRange(declaration) else { continue }
      ranges[found.span.source.name, default: []].append(range)
    }
    var edited: [String: Document] = [:]
    var changes: JSONObject = [:]
    for document in documents.values {
      guard let ranges = ranges[document.name] else { continue }
      let edits = ranges.map { range -> JSON in
        ["range": document.lines.range(range), "newText": .string(name)]
      }
      changes[document.uri] = .array(edits)
      edited[document.name] = document.replacing(ranges, with: name)
    }
    for document in edited.values { try checkSameMeaning(document, edited, newName: name) }
    return ["changes": .object(changes)]
  }

  /// The declaration of what can be renamed.
  private func renamed(_ reference: Reference, in place: Place) throws(ResponseError) -> Span {
    guard let declaration = reference.namedDeclaration else {
      throw ResponseError(.requestFailed, "only what a script declares can be renamed")
    }
    guard documents.values.contains(where: { $0.name == declaration.source.name }) else {
      throw ResponseError(
        .requestFailed, "it is declared in '\(declaration.source.name)', which is not open")
    }
    let isFlag = declaration.source.text(0..<declaration.range.lowerBound).hasSuffix("--")
    guard !isFlag else {
      throw ResponseError(.requestFailed, "a flag's name is a part of the calls")
    }
    guard reference.nameRange(declaration) != nil else {
      throw ResponseError(.requestFailed, "the name is the language's own")
    }
    return declaration
  }

  private func checkSameMeaning(
    _ document: Document, _ edited: [String: Document], newName: String
  ) throws(ResponseError) {
    guard let original = documents[document.uri] else { return }
    let before = analysis(of: original)
    var open = Dictionary(documents.values.map { ($0.name, $0) }) { first, _ in first }
    open.merge(edited) { _, new in new }
    let after = Analysis(
      SourceText(name: document.name, text: document.text), commands: commands,
      libraries: OpenLibraries(open: open, files: files))
    guard after.diagnostics.count <= before.diagnostics.count else {
      let words = after.diagnostics.first { diagnostic in
        !before.diagnostics.contains { $0.message == diagnostic.message }
      }
      throw ResponseError(
        .requestFailed, words?.message ?? "'\(newName)' can't be the name")
    }
    guard before.meanings == after.meanings else {
      throw ResponseError(
        .requestFailed, "'\(newName)' would mean something else in another place")
    }
  }
}

extension Reference {
  /// The part of the reference that is the declared name; nil where the name is not written.
  fileprivate func nameRange(_ declaration: Span) -> Range<Int>? {
    let name = Array(declaration.text.utf8)
    let bytes = span.source.bytes[span.range]
    guard bytes.suffix(name.count).elementsEqual(name) else { return nil }
    if case .variable(let text, _, _) = meaning, text != declaration.text { return nil }
    return span.range.upperBound - name.count..<span.range.upperBound
  }
}

extension Document {
  fileprivate func replacing(_ ranges: [Range<Int>], with name: String) -> Document {
    var bytes = lines.bytes
    for range in ranges.sorted(by: { $0.lowerBound > $1.lowerBound }) {
      bytes.replaceSubrange(range, with: name.utf8)
    }
    return Document(
      uri: uri, version: version, text: String(decoding: bytes, as: UTF8.self),
      encoding: lines.encoding)
  }
}

extension Analysis {
  /// For each name, in the order of the text, which of the names declares it.
  fileprivate var meanings: [Int?] {
    let ordered = references.sorted {
      ($0.span.source.name, $0.span.range.lowerBound)
        < ($1.span.source.name, $1.span.range.lowerBound)
    }
    var places: [String: Int] = [:]
    for (index, reference) in ordered.enumerated() { places[reference.span.key] = index }
    return ordered.map { reference in reference.declaration.flatMap { places[$0.key] } }
  }
}
