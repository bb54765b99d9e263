import OrderedJSON
import SnapLanguage

extension LanguageServer {
  func definition(_ params: Params) throws(ResponseError) -> JSON {
    guard let reference = try place(params)?.reference else { return .null }
    if case .library = reference.meaning {
      return reference.declaration.flatMap(location) ?? .null
    }
    return reference.namedDeclaration.flatMap(location) ?? .null
  }

  func references(_ params: Params) throws(ResponseError) -> JSON {
    guard let declaration = try place(params)?.reference?.namedDeclaration else { return [] }
    let includesDeclaration =
      params.optional("context", "includeDeclaration")?.boolValue ?? true
    let spans = references(to: declaration).map(\.span)
    return .array(
      spans.filter { includesDeclaration || !$0.isSame(as: declaration) }.compactMap(location))
  }

  /// The places in all open texts, and in what they use, that mean what is declared at `span`.
  func references(to declaration: Span) -> [Reference] {
    var seen: Set<String> = []
    return documents.keys.sorted().compactMap { documents[$0] }.flatMap { document in
      analysis(of: document).references.filter { reference in
        reference.declaration?.isSame(as: declaration) ?? false
      }
    }
    .filter { seen.insert($0.span.key).inserted }
  }
}

extension Reference {
  /// The declaration of a variable or a function in a text.
  var namedDeclaration: Span? {
    if case .library = meaning { return nil }
    guard let declaration, !declaration.range.isEmpty else { return nil }
    return declaration
  }
}

extension Span {
  /// Whether both are one place of one file, which may have been read twice.
  func isSame(as other: Span) -> Bool {
    range == other.range && source.name == other.source.name
  }

  /// The same for what is one place.
  var key: String { "\(range) \(source.name)" }
}
