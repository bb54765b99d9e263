import OrderedJSON
import SnapLanguage

/// The kinds of tokens, as numbers that the client is told once.
enum TokenLegend {
  static let types = [
    "keyword", "function", "parameter", "variable", "string", "number", "comment",
  ]
  static let modifiers = ["declaration", "readonly", "defaultLibrary"]

  static let json: JSON = [
    "tokenTypes": .array(types.map(JSON.string)),
    "tokenModifiers": .array(modifiers.map(JSON.string)),
  ]

  static func type(_ kind: Mark.Kind) -> Int {
    switch kind {
    case .keyword: 0
    case .command: 1
    case .flag: 2
    case .variable: 3
    case .string: 4
    case .number: 5
    case .comment: 6
    }
  }

  /// A bit for each modifier.
  static func modifiers(_ reference: Reference) -> Int {
    var bits = 0
    if reference.declaration?.isSame(as: reference.span) ?? false { bits |= 1 }
    switch reference.meaning {
    case .variable(_, _, let isMutable): if !isMutable { bits |= 2 }
    case .command, .builtIn: bits |= 4
    case .function, .flag, .library: break
    }
    return bits
  }
}

extension LanguageServer {
  func semanticTokens(_ params: Params) throws(ResponseError) -> JSON {
    guard let (document, analysis) = try document(params) else { return .null }
    let source = analysis.script.source
    var modifiers: [Int: Int] = [:]
    for reference in analysis.references where reference.span.source === source {
      modifiers[reference.span.range.lowerBound] = TokenLegend.modifiers(reference)
    }
    var data: [JSON] = []
    var last = Position(line: 0, character: 0)
    var end = 0
    // What the parser looked at twice is marked twice.
    for token in analysis.tokens where token.range.lowerBound >= end {
      end = token.range.upperBound
      for part in document.lines.partsByLine(token.range) {
        let start = document.lines.position(of: part.lowerBound)
        let isSameLine = start.line == last.line
        data += [
          .int(start.line - last.line),
          .int(isSameLine ? start.character - last.character : start.character),
          .int(document.lines.width(part)), .int(TokenLegend.type(token.kind)),
          .int(modifiers[token.range.lowerBound] ?? 0),
        ]
        last = start
      }
    }
    return ["data": .array(data)]
  }
}

extension Analysis {
  /// What the parser marked, and the names of the functions, which it doesn't mark, in their order.
  fileprivate var tokens: [(kind: Mark.Kind, range: Range<Int>)] {
    let functions = script.code.statements.compactMap { statement -> Range<Int>? in
      guard case .function(let function) = statement.kind else { return nil }
      return function.nameSpan.range
    }
    let tokens = script.marks.map { ($0.kind, $0.range) } + functions.map { (.command, $0) }
    return tokens.sorted {
      ($0.1.lowerBound, $1.1.upperBound) < ($1.1.lowerBound, $0.1.upperBound)
    }
  }
}
