import SnapCommands
import SnapLanguage

/// `alias`: names of one's own for pipelines.
struct AliasCommand: Callable {
  let services: ShellServices

  static let columns = ["name", "text"]
  private static let shape = Shape(columns)

  let signature = Signature(
    "alias", group: .shell, about: "Call a pipeline by a name of your own",
    details: """
      Without arguments, the aliases that there are. An alias is called like a command, and words
      after it go to the last command of its pipeline. What changes something is asked about as
      without the alias. An alias lasts as long as the session; those for every session stand in
      rc.snap. Scripts know none, and an alias stands for commands, not for another alias.
      """,
    parameters: [
      Parameter("name", .string, required: false),
      Parameter("text", .string, about: "the pipeline, in quotes", required: false),
    ],
    flags: [Flag("remove", .string, about: "forget an alias")],
    effect: .local,
    examples: [
      Signature.Example("alias ll 'ls | sort-by created --desc'", "ll, then also: ll | first 3"),
      Signature.Example("alias find 'ls --query'", "find web: the words go to ls"),
      Signature.Example("alias", "all of them"),
      Signature.Example("alias --remove ll", "forget it"),
    ], columns: .fixed(AliasCommand.columns))

  func run(_ call: Call) throws -> Outcome {
    let prompt = try services.promptState(for: "alias", help: "a script has functions: fn NAME()")
    if let name = call.flag("remove")?.stringValue {
      guard call["name"] == nil else {
        throw Failure(.usage, "'alias --remove' takes one name", exitCode: ExitCode.usage)
      }
      guard prompt.removeAlias(name) else {
        throw Failure(
          .notfound, "there is no alias '\(name)'",
          help: Suggestions.help(for: name, among: prompt.aliases.map(\.name)))
      }
      return .nothing
    }
    guard let name = call["name"]?.stringValue else {
      return .rows(
        RowStream(
          prompt.aliases.map {
            .record(
              Record(shape: Self.shape, wireValues: [.string($0.name), .string($0.text)]))
          }))
    }
    guard let text = call["text"]?.stringValue else {
      throw Failure(
        .usage, "'alias \(name)' needs the pipeline that it stands for", help: signature.usage,
        exitCode: ExitCode.usage)
    }
    if let taken = prompt.signature(of: name) {
      throw Failure(
        .conflict, "'\(name)' is a \(taken.group == .function ? "function" : "command") already",
        help: "choose another name")
    }
    prompt.add(try Alias(name, text: text, signatureOf: prompt.signature))
    return .nothing
  }
}
