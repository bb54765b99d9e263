import Glibc
import LineEditing
import SnapCommands
import SnapCompletion
import SnapLanguage
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
      let commands = CommandList(
        cloud: .unconnected, others: ShellCommands.all(ShellServices(console: fallback)))
      let declared = commands.signatures
      let invocation = try Invocation(words, commands: declared)
      switch invocation.action {
      case .help: return show(Usage.text(declared), fallback)
      case .version: return show(Usage.version, fallback)
      case .languageServer: return await LanguageService(commands: commands).run()
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
        listen: listen, folder: settings.dataFolder, environment: environment, console: console
      ).run()
    }
    if case .format(let files, let isCheck) = action {
      return await FormatRun(files: files, isCheck: isCheck, console: console).run()
    }
    let secrets = Secrets(settings)
    let connection = Connection(settings: settings, console: console, secrets: secrets)
    let readsScriptFromInput = if case .standardInput = action { true } else { false }
    let isInteractive = if case .shell = action { isatty(0) == 1 } else { false }
    let isOneCommand = if case .command = action { true } else { false }
    let list = SnapshotList(file: settings.listFile, isForPrompt: isInteractive)
    let cloud = cloud(settings, connection, console, list)
    let journal = JournalFile(folder: settings.folders.state)
    let session = Session(
      settings: settings, console: console, cloud: cloud, journal: journal,
      environment: environment,
      canAsk: isatty(0) == 1 && isatty(2) == 1 && !readsScriptFromInput,
      mayPage: isInteractive || isOneCommand)
    let functions = FunctionSignatures()
    let commands = CommandList(
      cloud: cloud,
      others: ShellCommands.all(
        ShellServices(settings: settings, console: console, journal: journal)),
      functions: { functions.all })
    let runner = ScriptRunner(session: session, commands: commands.lookup, functions: functions)
    session.nested.withLock { nested in
      nested = { [unowned session] text in
        ScriptRunner(session: session, commands: commands.lookup, functions: functions)
          .runScript(text.source, arguments: text.arguments, kind: text.kind)
      }
    }
    let code: Int32
    if isInteractive {
      Folders.create(settings.folders.state)
      list.refresh(from: cloud)
      let history = History(file: settings.folders.history)
      let completer = Completer(
        signatures: { commands.signatures + functions.all }, variables: { functions.variables },
        index: list.index, now: Clock.microseconds)
      code = await PromptLoop(
        session: session, runner: runner,
        delegate: PromptDelegate(
          completer: completer,
          check: { LineCheck(commands: commands.lookup, names: functions.names) },
          history: history, profile: settings.profile, isProduction: settings.isProduction,
          isColored: console.isColored, refresh: { list.refresh(from: cloud) }),
        history: history, secrets: secrets, externalEditor: externalEditor
      ).run()
    } else {
      code = await Batch(
        session: session, runner: runner, commands: commands.signatures.map(\.name)
      ).run(action)
    }
    await list.stop()
    await connection.shutDown()
    return code
  }

  /// As POSIX has it for programs that call an editor; the one that every system has else.
  private var externalEditor: String {
    ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
  }

  /// `list` is what Tab completes with.
  private func cloud(
    _ settings: Settings, _ connection: Connection, _ console: Console, _ list: SnapshotList
  ) -> CloudSession {
    CloudSession(
      profile: settings.profile, connect: { try await connection.client() },
      slicesWithoutSnapshots: { try await connection.knownSlices() },
      observe: { list.observe($0, isWhole: $1) }, changed: { list.learn($1, from: $0) },
      follow: { try await console.following($0, $1, $2) })
  }
}
