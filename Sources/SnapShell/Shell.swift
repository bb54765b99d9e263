import Glibc
import LineEditing
import SnapCommands
import SnapLanguage
import SnapPlugins
import Synchronization

/// The program: settings, session and what the command line asks for, put together.
package struct Shell: Sendable {
  private let environment: [String: String]

  package init(environment: [String: String]) { self.environment = environment }

  /// - Parameter words: the command line without the program's name.
  /// - Returns: the exit code.
  package func run(_ words: [String]) async -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    let fallback = Console(color: .auto, isQuiet: false, environment: environment)
    do throws(SettingError) {
      let commands = CommandList.declared(fallback)
      let declared = commands.signatures
      let invocation = try Invocation(words, commands: declared)
      switch invocation.action {
      case .help: return show(Usage.text(declared), fallback)
      case .version: return show(Usage.version, fallback)
      case .manual(let page): return show(Manual.text(page, commands: declared), fallback)
      case .completions(let shell):
        return show(CompletionScript(rawValue: shell)?.text ?? "", fallback)
      case .complete(let shell, let words):
        let installed = PluginCatalog(
          folder: Folders(environment: environment).plugins, searchPath: environment["PATH"] ?? ""
        ).signatures
        // These know the runs of the journal.
        let services = ShellServices(
          console: fallback, cloud: .unconnected,
          journal: JournalFile(folder: Folders(environment: environment).state))
        let known = CommandList(cloud: .unconnected, others: ShellCommands.all(services)).signatures
        let answer = CommandLineCompletion(
          commands: known + installed, words: words, environment: environment
        ).answer()
        let lines = CompletionScript(rawValue: shell)?.lines(answer) ?? []
        return lines.isEmpty
          ? ExitCode.done : show(lines.joined(separator: "\n"), fallback)
      case .languageServer:
        return await LanguageService(commands: commands, environment: environment).run()
      default: break
      }
      let settings = try Settings(flags: invocation.flags, environment: environment)
      return await run(invocation.action, settings)
    } catch {
      fallback.error(error.message, help: error.help)
      return error.isAboutCredential ? ExitCode.authentication : ExitCode.usage
    }
  }

  private func show(_ text: String, _ console: Console) -> Int32 {
    do { try console.data(text + "\n") } catch { return ExitCode.failed }
    return ExitCode.done
  }

  private func run(_ action: Invocation.Action, _ settings: Settings) async -> Int32 {
    let console = Console(
      color: settings.color, isQuiet: settings.isQuiet, environment: environment)
    if case .serve(let listen) = action {
      return await Serve(
        listen: listen, store: settings.store, environment: environment, console: console
      ).run()
    }
    if case .format(let files, let isCheck) = action {
      return await FormatRun(files: files, isCheck: isCheck, console: console).run()
    }
    let isInteractive = if case .shell = action { isatty(0) == 1 } else { false }
    if isInteractive {
      return await InteractiveShell(environment: environment).run(settings, console)
    }
    let isOneCommand = if case .command = action { true } else { false }
    let readsScriptFromInput = if case .standardInput = action { true } else { false }
    let parts = SessionParts(
      settings: settings, console: console, environment: environment,
      canAsk: isatty(0) == 1 && isatty(2) == 1 && !readsScriptFromInput,
      mayPage: isOneCommand, list: SnapshotList(file: settings.listFile, isForPrompt: false))
    let code = await Batch(
      session: parts.session, runner: parts.runner, commands: parts.commands.signatures.map(\.name),
      plugins: parts.plugins
    ).run(action)
    await parts.end()
    return code
  }
}
