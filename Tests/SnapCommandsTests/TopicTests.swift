import SnapCommands
import SnapLanguage
import Testing

/// The pages of `help` that are about more than one command.
struct TopicTests {
  /// Commands of the shell that a page may name and that need more than a cloud.
  private static let others = CommandList(
    cloud: .unconnected,
    others: ["local", "set", "profile", "alias"].map { name in
      Declared(
        signature: Signature(
          name, group: .shell, about: "",
          parameters: [Parameter("word", .string, required: false, rest: true)],
          flags: [Flag("size", .size)], effect: .local))
    })

  private struct Declared: Callable {
    let signature: Signature
    func run(_ call: Call) throws -> Outcome { .nothing }
  }

  @Test("The code of a topic passes the check", arguments: Topic.all.map(\.name))
  func codePasses(_ name: String) throws {
    let topic = try #require(Topic.named(name))
    let scope = GlobalScope()
    for case .code(let code) in topic.parts {
      #expect(throws: Never.self) {
        _ = try Program(
          SourceText(name: name, text: code), commands: Self.others.lookup(), scope: scope,
          isPrompt: true, libraries: NoLibraries())
      }
    }
  }

  @Test(
    "A topic fits into 100 columns and names itself by no command", arguments: Topic.all.map(\.name)
  )
  func fits(_ name: String) throws {
    let topic = try #require(Topic.named(name))
    #expect(topic.page.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(!Self.others.signatures.contains { $0.name == name || $0.aliases.contains(name) })
  }
}
