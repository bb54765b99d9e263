import Glibc
import SnapCommands
import SnapLanguage

/// `source`: a file in place of lines of the prompt.
struct SourceCommand: Callable {
  let services: ShellServices

  let signature = Signature(
    "source", group: .shell, about: "Run a file as if it were typed here",
    details: """
      Its functions, variables and aliases stay. It runs when the statement that names it has ended,
      so that the rest of the line can't use them yet. 'use' brings the functions of a library
      into a script.
      """,
    parameters: [Parameter("file", .path)], effect: .local,
    examples: [Signature.Example("source ~/.config/snapsh/rc.snap", "after a change of it")])

  func run(_ call: Call) throws -> Outcome {
    let path = call["file"]?.stringValue ?? ""
    let prompt = try services.promptState(
      for: "source", help: "a script has: use \"\(path)\"; to run the file: snapsh \(path)")
    prompt.source(LocalFile.expanded(path))
    return .nothing
  }
}
