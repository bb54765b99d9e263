import Foundation
import SnapCommands
import SnapLanguage
import SnapShell
import Testing

/// The command reference and the examples come from the declarations, and stay equal to them. With
/// SNAPSH_UPDATE_DOCUMENTS=1 the reference is written anew.
struct ReferenceTests {
  private static let commands = CommandList.declared(
    Console(color: .never, isQuiet: true, environment: [:]))

  @Test("docs/commands.md says what help says")
  func referenceSaysWhatHelpSays() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "docs/commands.md")
    var text = """
      # Commands

      What `help NAME` prints for each, in the order: read, change, rows, shell. `help` lists them, and
      topics such as `help tour` and `help language`; `help functions` shows the functions of expressions,
      which are in [language.md](language.md).

      """
    for group in Signature.Group.allCases {
      let signatures = Self.commands.signatures.filter { $0.group == group }
      for signature in signatures.sorted(by: { $0.name < $1.name }) {
        text += "\n## \(signature.name)\n\n```text\n\(HelpText.page(signature))\n```\n"
      }
    }
    if ProcessInfo.processInfo.environment["SNAPSH_UPDATE_DOCUMENTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
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
          source, commands: Self.commands.lookup(), scope: GlobalScope(), isPrompt: false,
          libraries: NoLibraries())
      }
    }
  }
}

private struct NoLibraries: LibraryLoader {
  func library(_ path: String, from source: SourceText) throws -> SourceText {
    throw Failure(.notfound, "there are no libraries here")
  }
}
