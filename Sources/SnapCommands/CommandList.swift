package import SnapLanguage

/// The built-in commands, by noun. A new command is a file and a line here.
package struct CommandList: Sendable {
  package let commands: [any Callable]
  private let byName: [String: any Callable]

  /// `policy` is what the settings say for the commands about policy; `others` are commands that need
  /// more of the program than a cloud; `functions` gives the signatures of the session's own
  /// functions, for `help`; `jobs` are what `wait` can wait for; `columns` those of the terminal that results are shown on.
  package init(
    cloud: CloudSession, policy: @escaping @Sendable () -> PolicySettings = { PolicySettings() },
    others: [any Callable] = [],
    functions: @escaping @Sendable () -> [Signature] = { [] }, jobs: Candidates? = nil,
    columns: @escaping @Sendable () -> Int? = { nil }
  ) {
    let snapshots: [any Callable] = [
      Ls(cloud: cloud), Show(cloud: cloud), Wait(cloud: cloud, jobs: jobs), Create(cloud: cloud),
      Restore(cloud: cloud), Rename(cloud: cloud), Rm(cloud: cloud),
      Prune(cloud: cloud, settings: policy),
    ]
    let slices: [any Callable] = [Slices(cloud: cloud), Coverage(cloud: cloud)]
    let rows: [any Callable] = [
      SortBy(), Select(), First(), Last(), Skip(), Count(), Length(), Sum(), Avg(), Min(), Max(),
      Get(), Reverse(), Uniq(), GroupBy(), Flatten(), Join(), Diff(), Each(), To(), From(), Save(),
      Open(),
      Print(),
    ]
    let shell: [any Callable] = [Exit(), Sleep(), Date(), OutsideProgram()]
    let all = snapshots + slices + rows + shell + others
    let help = Help(
      commands: { all.map(\.signature) + [Where.signature, Help.declaration] + functions() },
      columns: columns)
    commands = all + [help]
    byName = Dictionary(
      commands.flatMap { command in
        ([command.signature.name] + command.signature.aliases).map { ($0, command) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// `installed` are commands beside these.
  package func lookup(installed: (any InstalledCommands)? = nil) -> CommandLookup {
    let byName = byName
    return CommandLookup(
      named: { byName[$0] }, names: { byName.keys.filter { $0 != "!" }.sorted() },
      installed: installed)
  }

  /// All declarations, `where` among them, which is a part of the grammar.
  package var signatures: [Signature] { commands.map(\.signature) + [Where.signature] }
}
