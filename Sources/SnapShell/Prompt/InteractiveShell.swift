import Glibc
import LineEditing
import SnapCommands
import SnapCompletion
import SnapLanguage
import SnapPlugins

/// The shell at a terminal: a session for the profile, and another when the profile is changed.
struct InteractiveShell: Sendable {
  let environment: [String: String]

  /// - Returns: the exit code.
  func run(_ settings: Settings, _ console: Console) async -> Int32 {
    Folders.create(settings.folders.state)
    var settings = settings
    var greeting = Greeting(settings)
    while true {
      let prompt = PromptState()
      let code = await session(settings, console, prompt, greeting)
      guard let next = prompt.nextSettings else { return code }
      (settings, greeting) = (next, Greeting(changedTo: next))
    }
  }

  private func session(
    _ settings: Settings, _ console: Console, _ prompt: PromptState, _ greeting: Greeting
  ) async -> Int32 {
    let list = SnapshotList(file: settings.listFile, isForPrompt: true)
    let parts = SessionParts(
      settings: settings, console: console, environment: environment, canAsk: isatty(2) == 1,
      mayPage: true, list: list, prompt: prompt)
    list.refresh(from: parts.cloud)
    let (commands, functions, plugins) = (parts.commands, parts.functions, parts.plugins)
    let completer = Completer(
      signatures: {
        commands.signatures + functions.all + prompt.aliases.map(\.signature) + plugins.signatures
      },
      variables: { functions.variables }, fields: { functions.fields(of: $0) },
      topics: Topic.all.map { ($0.name, $0.about) },
      index: list.index, now: Clock.microseconds)
    let ownPrompt = OwnPrompt(settings)
    let history = History(file: settings.folders.history, profile: settings.profile)
    let (known, cloud) = (parts.known, parts.cloud)
    let code = await PromptLoop(
      session: parts.session, runner: parts.runner,
      delegate: PromptDelegate(
        completer: completer, check: { LineCheck(commands: known, names: functions.names) },
        history: history, profile: settings.profile, isProduction: settings.isProduction,
        isColored: console.isColored, refresh: { list.refresh(from: cloud) },
        ownPrompt: ownPrompt),
      history: history, secrets: parts.secrets, externalEditor: externalEditor,
      greeting: greeting
    ).run()
    await parts.end()
    return code
  }

  /// As POSIX has it for programs that call an editor; the one that every system has else.
  private var externalEditor: String {
    ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
  }
}
