import SnapLanguage

/// The commands that need more of the program than a cloud. A new one is a file beside this one
/// and a line here.
enum ShellCommands {
  static func all(_ services: ShellServices) -> [any Callable] {
    [
      Runs(services: services), Resume(), Resolve(services: services),
      HistoryCommand(services: services),
      LocalCommand(services: services),
    ]
  }
}

/// What the commands of the shell may touch of the program.
struct ShellServices: Sendable {
  let console: Console
  /// The folder of the session's local cloud.
  var dataFolder = ""
  var historyFile = ""
  /// Nothing on this machine is changed then.
  var isDryRun = true
  let journal: JournalFile

  /// For the declarations alone.
  init(console: Console) {
    self.console = console
    journal = JournalFile(folder: "")
  }

  init(settings: Settings, console: Console, journal: JournalFile) {
    self.console = console
    self.journal = journal
    dataFolder = settings.dataFolder
    historyFile = settings.folders.history
    isDryRun = settings.isDryRun
  }
}
