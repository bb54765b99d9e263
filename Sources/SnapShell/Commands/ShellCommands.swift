package import SnapCommands
import SnapLanguage
import SnapOutput
import SnapPlugins

/// The commands that need more of the program than a cloud. A new one is a file beside this one
/// and a line here.
enum ShellCommands {
  static func all(_ services: ShellServices) -> [any Callable] {
    [
      Runs(services: services), Resume(services: services), Resolve(services: services), Plan(),
      Apply(),
      Undo(services: services), JobsCommand(services: services),
      HistoryCommand(services: services),
      AliasCommand(services: services), LocalCommand(services: services),
      ProfileCommand(services: services), SetCommand(services: services),
      SourceCommand(services: services), Explain(services: services), Watch(services: services),
      Timeline(services: services), ScheduleCommand(services: services),
      PluginCommand(services: services),
    ]
  }
}

extension CommandList {
  /// All commands of the program, to be asked what they take and not to be run.
  package static func declared(_ console: Console) -> CommandList {
    CommandList(
      cloud: .unconnected, others: ShellCommands.all(ShellServices(console: console)))
  }
}

/// What the commands of the shell may touch of the program.
struct ShellServices: Sendable {
  let console: Console
  let cloud: CloudSession
  let journal: JournalFile
  /// Nil where commands are only declared.
  var settings: CurrentSettings?
  var environment: [String: String] = [:]
  /// Nil in a run without a prompt.
  var prompt: PromptState?
  /// Nil where commands are only declared.
  var plugins: PluginProcesses?

  var historyFile: String { settings?.value.folders.history ?? "" }
  /// The session's local cloud; nil where commands are only declared.
  var store: LocalStore? { settings?.value.store }
  /// Nothing on this machine is changed then.
  var isDryRun: Bool { settings?.value.isDryRun ?? true }

  /// The form of results.
  var output: OutputFormat { settings?.value.output ?? .table }
  /// Whether results are in a form for people, as words may be then.
  var isForPeople: Bool { output == .table || output == .wide }

  /// - Throws: `Failure` in a run without a prompt.
  func promptState(for command: String, help: String) throws -> PromptState {
    guard let prompt else {
      throw Failure(
        .usage, "'\(command)' is for the prompt and rc.snap", help: help,
        exitCode: ExitCode.usage)
    }
    return prompt
  }
}

extension ShellServices {
  /// For the declarations alone.
  init(console: Console) {
    self.init(console: console, cloud: .unconnected, journal: JournalFile(folder: ""))
  }
}
