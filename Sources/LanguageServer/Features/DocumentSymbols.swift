import OrderedJSON
import SnapLanguage

extension LanguageServer {
  /// The functions and the variables of the top level.
  func documentSymbols(_ params: Params) throws(ResponseError) -> JSON {
    guard let (document, analysis) = try document(params) else { return .null }
    let symbols = analysis.script.code.statements.compactMap { Symbol($0, analysis) }
    return .array(
      symbols.map { symbol in
        client.readsNestedSymbols
          ? symbol.nested(document.lines) : symbol.flat(document.lines, uri: document.uri)
      })
  }
}

private struct Symbol {
  let name: String
  let detail: String
  let kind: Int
  let nameRange: Range<Int>
  let range: Range<Int>

  private static let function = 12
  private static let variable = 13
  private static let constant = 14

  init?(_ statement: Statement, _ analysis: Analysis) {
    range = statement.span.range
    switch statement.kind {
    case .function(let function):
      (name, nameRange, kind) = (function.name, function.nameSpan.range, Self.function)
      detail = analysis.functions[function.name]?.usage ?? ""
    case .declaration(let declaration):
      name = declaration.name.text
      nameRange = declaration.name.span.range
      kind = declaration.isMutable ? Self.variable : Self.constant
      detail = declaration.type?.description ?? ""
    default: return nil
    }
  }

  func nested(_ lines: TextLines) -> JSON {
    [
      "name": .string(name), "detail": .string(detail), "kind": .int(kind),
      "range": lines.range(range), "selectionRange": lines.range(nameRange),
    ]
  }

  /// For clients that only know the older form.
  func flat(_ lines: TextLines, uri: String) -> JSON {
    let location: JSON = ["uri": .string(uri), "range": lines.range(range)]
    return ["name": .string(name), "kind": .int(kind), "location": location]
  }
}
