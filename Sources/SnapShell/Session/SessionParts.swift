import SnapCommands
import SnapLanguage
import SnapPlugins
import Synchronization

/// A session with all that belongs to it, for one cloud.
struct SessionParts: Sendable {
  let session: Session
  let runner: ScriptRunner
  let commands: CommandList
  /// The commands with the aliases.
  let known: CommandLookup
  let functions: FunctionSignatures
  let cloud: CloudSession
  private let connection: Connection
  private let list: SnapshotList
  let secrets: Secrets
  let plugins: InstalledPlugins

  /// `list` is what Tab completes with. `prompt` is what
  /// commands may change of it.
  init(
    settings: Settings, console: Console, environment: [String: String], canAsk: Bool,
    mayPage: Bool, list: SnapshotList, prompt: PromptState? = nil
  ) {
    let current = CurrentSettings(settings)
    let secrets = Secrets(settings)
    let connection = Connection(settings: current, console: console, secrets: secrets)
    let journal = JournalFile(folder: settings.folders.state)
    let cloud = CloudSession(
      profile: settings.profile, connect: { try await connection.client() },
      slicesWithoutSnapshots: { try await connection.knownSlices() },
      observe: { list.observer(isWhole: $0) }, changed: { list.learn($1, from: $0) },
      follow: { try await console.following($0, $1, $2) })
    let functions = FunctionSignatures()
    let catalog = PluginCatalog(
      folder: settings.folders.plugins, searchPath: environment["PATH"] ?? "")
    let processes = PluginProcesses(
      catalog: catalog, environment: { secrets.withoutTokens(environment) })
    let plugins = InstalledPlugins(catalog: catalog, processes: processes)
    let services = ShellServices(
      console: console, cloud: cloud, journal: journal, settings: current, environment: environment,
      prompt: prompt, plugins: processes)
    let commands = CommandList(
      cloud: cloud, policy: { current.value.policy }, others: ShellCommands.all(services),
      functions: {
        functions.all + (prompt?.aliases.map(\.signature) ?? []) + catalog.signatures
      },
      jobs: { _, _ in journal.jobs(at: current.value.endpointName) },
      columns: { console.width(of: 1) })
    let lookup = commands.lookup(installed: plugins).withFormats(of: plugins)
    prompt?.know { name in
      name == Where.signature.name
        ? nil
        : lookup.named(name)?.signature ?? plugins.command(name)?.signature
          ?? functions.all.first { $0.name == name }
    }
    let session = Session(
      settings: current, console: console, cloud: cloud, journal: journal,
      environment: environment, canAsk: canAsk, mayPage: mayPage)
    let isPrompt = prompt != nil
    let known = CommandLookup(
      named: lookup.named,
      names: { lookup.names() + (prompt.map { $0.aliases.map(\.name) } ?? []) },
      alias: { prompt?.alias($0) },
      placeOfFlag: { Option.anywhere($0)?.place(atPrompt: isPrompt) }, installed: plugins)
    runner = ScriptRunner(
      session: session, commands: known, functions: functions, prompt: prompt)
    session.nested.withLock { nested in
      nested = { [unowned session] text in
        ScriptRunner(session: session, commands: lookup, functions: functions, prompt: nil)
          .runScript(text.source, arguments: text.arguments, kind: text.kind)
      }
    }
    let servicesOfSession = SessionServices(session, commands: lookup)
    processes.serve(by: servicesOfSession)
    session.hooks.withLock {
      $0 = PluginHooks(processes: processes, commands: lookup, libraries: FileLibraries())
    }
    self.session = session
    self.plugins = plugins
    self.secrets = secrets
    self.known = known
    self.commands = commands
    self.functions = functions
    self.cloud = cloud
    self.connection = connection
    self.list = list
  }

  /// Ends what is under way and closes the connection.
  func end() async {
    if plugins.areRunning {
      let plugins = plugins
      await InterpreterThread.run { plugins.endAll() }
    }
    await list.stop(cloud)
    await connection.shutDown()
  }
}
