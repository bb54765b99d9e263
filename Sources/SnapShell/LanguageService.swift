import LanguageServer
import SnapCommands
import SnapLanguage

/// `snapsh lsp`: the language server on stdin and stdout, for an editor that starts it. It needs
/// neither settings nor a cloud.
struct LanguageService {
  let commands: CommandList

  func run() async -> Int32 {
    let commands = commands
    return await InterpreterThread.run {
      LanguageServer(
        commands: commands.lookup, signatures: commands.signatures, files: FileLibraries(),
        input: 0, output: 1
      ).run()
    }
  }
}
