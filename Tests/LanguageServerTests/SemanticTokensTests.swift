import OrderedJSON
import Testing

@testable import LanguageServer

struct SemanticTokensTests {
  /// `kind text` or `kind.modifier text` for each token.
  private func tokens(_ script: String) throws -> [String] {
    let text = try OpenText(script)
    let data = try #require(try text.ask("semanticTokens/full")["data"]?.arrayValue)
    let numbers = data.compactMap(\.intValue)
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    var (line, column) = (0, 0)
    return stride(from: 0, to: numbers.count, by: 5).map { index in
      let token = Array(numbers[index..<index + 5])
      column = token[0] == 0 ? column + token[1] : token[1]
      line += token[0]
      let word = Array(lines[line].utf16)[column..<column + token[2]]
      let modifiers = TokenLegend.modifiers.enumerated().filter { token[4] & 1 << $0.offset != 0 }
      let kind = ([TokenLegend.types[token[3]]] + modifiers.map(\.element)).joined(separator: ".")
      return "\(kind) \(String(decoding: word, as: UTF16.self))"
    }
  }

  @Test("Each part of a text has its kind")
  func kinds() throws {
    #expect(
      try tokens(
        "fn f(x: int) { print $x }\nvar n = 20GB # 😀 x\nls -q \"😀 ${n}!\" | where id in [1]\nf len([2])"
      )
        == [
          "keyword fn", "function.declaration f", "variable.declaration.readonly x",
          "function.defaultLibrary print", "variable.readonly $x",
          "keyword var", "variable.declaration n", "number 20GB", "comment # 😀 x",
          "function.defaultLibrary ls", "parameter -q", "string \"😀 ", "variable ${n",
          "string !\"", "function where", "variable id", "keyword in", "number 1",
          "function f",
        ])
  }

  @Test("A text over several lines is a token on each")
  func severalLines() throws {
    #expect(
      try tokens("print 'a\n\n  😀b'") == [
        "function.defaultLibrary print", "string 'a", "string   😀b'",
      ])
  }
}
