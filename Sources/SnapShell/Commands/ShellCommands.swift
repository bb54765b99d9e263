import SnapLanguage

/// The commands that need more of the program than a cloud. A new one is a file beside this one
/// and a line here.
enum ShellCommands {
  static func all(_ services: ShellServices) -> [any Callable] {
    [
      LocalCommand(services: services)
    ]
  }
}

/// What the commands of the shell may touch of the program.
struct ShellServices: Sendable {
  let console: Console
  /// The folder of the session's local cloud.
  var dataFolder = ""
  /// Nothing on this machine is changed then.
  var isDryRun = true

  init(console: Console) { self.console = console }

  init(settings: Settings, console: Console) {
    self.console = console
    dataFolder = settings.dataFolder
    isDryRun = settings.isDryRun
  }
}
