import LanguageServer
import SnapCommands
import SnapLanguage
import SnapPlugins

/// `snapsh lsp`: the language server on stdin and stdout, for an editor that starts it. It needs
/// neither settings nor a cloud.
struct LanguageService {
  let commands: CommandList
  let environment: [String: String]

  func run() async -> Int32 {
    let commands = commands
    let catalog = PluginCatalog(
      folder: Folders(environment: environment).plugins, searchPath: environment["PATH"] ?? "")
    let plugins = InstalledPlugins(
      catalog: catalog, processes: PluginProcesses(catalog: catalog, environment: { [:] }))
    return await InterpreterThread.run {
      LanguageServer(
        commands: commands.lookup(installed: plugins).withFormats(of: plugins),
        signatures: commands.signatures + catalog.signatures, files: FileLibraries(),
        input: 0, output: 1
      ).run()
    }
  }
}
