import Foundation
import SnapCommands
import SnapLanguage
import Testing

/// The command reference and the examples come from the declarations, and stay equal to them.
struct ReferenceTests {
  private static let commands = CommandList(cloud: .unconnected)

  @Test("docs/commands.md says what help says", arguments: commands.signatures.map(\.name))
  func referenceSaysWhatHelpSays(_ name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let reference = try String(
      contentsOf: root.appending(path: "docs/commands.md"), encoding: .utf8)
    let signature = try #require(Self.commands.signatures.first { $0.name == name })
    #expect(reference.contains("```text\n\(HelpText.page(signature))\n```"))
  }

  @Test("Every example of a command passes the check", arguments: commands.signatures.map(\.name))
  func examplesPass(_ name: String) throws {
    let signature = try #require(Self.commands.signatures.first { $0.name == name })
    #expect(!signature.examples.isEmpty)
    for example in signature.examples where !example.code.hasPrefix("local") {
      let needsRow = example.code.contains("${s.") && !example.code.contains("for s")
      let prelude = needsRow ? "let s = $(ls)\n" : ""
      let source = SourceText(name: "example", text: prelude + example.code)
      #expect(throws: Never.self) {
        _ = try Program(
          source, commands: Self.commands.lookup, scope: GlobalScope(), isPrompt: false,
          libraries: NoLibraries())
      }
    }
  }
}
