import Foundation
import OrderedJSON
import SnapLanguage
import Testing

/// The words in the files for editors against those of the language.
struct EditorFilesTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/editors")

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  private static func grammar() throws -> JSON {
    try JSON(parsing: text("vscode/syntaxes/snapsh.tmLanguage.json"))
  }

  /// The words of the alternation `(a|b|c)` or `(?:a|b|c)` in a pattern that has `member`.
  private static func alternatives(in pattern: String, with member: String) throws -> Set<String> {
    let groups = try Regex(#"\((?:\?:)?([A-Za-z-]+(?:\|[A-Za-z-]+)+)\)"#)
    let lists = pattern.matches(of: groups).compactMap { $0.output[1].substring }.map {
      Set($0.split(separator: "|").map(String.init))
    }
    return try #require(lists.first { $0.contains(member) })
  }

  private static func vimWords(_ name: String) throws -> Set<String> {
    let text = try text("vim/syntax/snapsh.vim")
    let definition = try #require(
      text.components(separatedBy: "let s:\(name) = ").dropFirst().first)
    // It goes on in lines that begin with a backslash.
    let lines = definition.split(separator: "\n")
    let more = lines.dropFirst().prefix { $0.hasPrefix("  \\") }
    let quoted = (lines.prefix(1) + more).joined().split(
      separator: "'", omittingEmptySubsequences: false)
    let inside = quoted.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return Set(inside.joined().split(separator: " ").map(String.init))
  }

  private static let functions = Set(Functions.all.keys)
  private static let types = Set(Parser.typeNames)
  private static let units = Set(Units.durations.map(\.unit) + Units.sizes.map(\.unit))

  @Test("The TextMate grammar has the language's words, no more and no fewer")
  func grammarHasWords() throws {
    let rules = try #require(try Self.grammar()["repository"])
    func pattern(_ path: String...) throws -> String {
      let rule = path.reduce(rules) { owner, name in
        owner[name] ?? Int(name).flatMap { owner[$0] } ?? .null
      }
      return try #require((rule["match"] ?? rule["begin"])?.stringValue)
    }
    #expect(
      try Self.alternatives(in: pattern("statement", "patterns", "0"), with: "let")
        == Set(Keyword.offered))
    #expect(try Self.alternatives(in: pattern("builtin"), with: "len") == Self.functions)
    #expect(try Self.alternatives(in: pattern("type"), with: "int") == Self.types)
    #expect(try Self.alternatives(in: pattern("number", "patterns", "1"), with: "ms") == Self.units)
    let all = try Self.text("vscode/syntaxes/snapsh.tmLanguage.json")
    for word in Keywords.all {
      #expect(try all.firstMatch(of: Regex("[(|:]\(word)[)|(]")) != nil, "\(word)")
    }
  }

  @Test("The Vim syntax has the language's words, no more and no fewer")
  func vimHasWords() throws {
    #expect(try Self.vimWords("statements") == Set(Keyword.offered))
    #expect(try Self.vimWords("functions") == Self.functions)
    #expect(try Self.vimWords("types") == Self.types)
    #expect(try Self.vimWords("units") == Self.units)
    let all = try Self.text("vim/syntax/snapsh.vim")
    for word in Keywords.all { #expect(all.contains(word), "\(word)") }
  }

  @Test("Every rule that the grammar includes is there, and every rule is included")
  func rulesAreThere() throws {
    let text = try Self.text("vscode/syntaxes/snapsh.tmLanguage.json")
    let included = text.matches(of: /"include": "#(\w+)"/).map { String($0.output.1) }
    let rules = try #require(try Self.grammar()["repository"]?.objectValue).members.map(\.name)
    #expect(Set(included) == Set(rules))
  }

  @Test("The extension's files are where its manifest says, and it starts the language server")
  func manifestIsRight() throws {
    let manifest = try JSON(parsing: Self.text("vscode/package.json"))
    let contributed = manifest["contributes"]
    let language = contributed?["languages"]?[0]
    let paths = [
      manifest["main"], language?["configuration"], contributed?["grammars"]?[0]?["path"],
    ].compactMap { $0?.stringValue }
    #expect(paths.count == 3)
    for path in paths { #expect(try !Self.text("vscode/\(path)").isEmpty) }
    #expect(
      try contributed?["grammars"]?[0]?["scopeName"] == Self.grammar()["scopeName"])
    #expect(language?["id"] == contributed?["grammars"]?[0]?["language"])
    #expect(try Self.text("vscode/extension.js").contains("args: [\"lsp\"]"))
    #expect(try Self.text("helix/languages.toml").contains("args = [\"lsp\"]"))
    _ = try JSON(parsing: Self.text("vscode/language-configuration.json"))
  }
}
