import Glibc
import LineEditing
import SnapCommands
import SnapLanguage

/// `history`: the lines that were entered at prompts, and what became of them.
struct HistoryCommand: Callable {
  let services: ShellServices

  static let columns = ["time", "duration", "code", "profile", "command"]

  let signature = Signature(
    "history", group: .shell, about: "Show the lines that were entered, and what became of them",
    details: """
      Of all sessions, the oldest first. A line without a code is still running, or its session was
      killed. --query shows each line once. --to-script prints a script of the lines that succeeded;
      the others, and those that would not pass 'snapsh check', are comments in it.

      A line that begins with a blank is not kept, nor is one that seems to hold a secret.
      """,
    flags: [
      Flag("failed", about: "lines with a code other than 0"),
      Flag("since", .duration, about: "lines that are not older"),
      Flag("profile", .string, about: "lines of one profile"),
      Flag("query", .string, about: "lines that contain a text"),
      Flag("last", .int, about: "so many of the newest"),
      Flag("to-script", about: "print a script of what was done"),
    ],
    effect: .read,
    examples: [
      Signature.Example("history --failed --since 2d", "what went wrong since yesterday"),
      Signature.Example("history --query restore | last 5", "the last restores"),
      Signature.Example("history --last 10 --to-script | save again.snap", "a script of them"),
    ], columns: .fixed(HistoryCommand.columns),
    columnTypes: [
      "time": .datetime, "duration": .duration, "code": .int, "profile": .string,
      "command": .string,
    ])

  func run(_ call: Call) throws -> Outcome {
    let entries = try chosen(call)
    guard call.isSet("to-script") else {
      return .rows(RowStream(entries.map(Self.value)))
    }
    let commands = CommandList(
      cloud: .unconnected, others: ShellCommands.all(ShellServices(console: services.console))
    ).lookup()
    let script = HistoryScript(entries) { text in
      Analysis(
        SourceText(name: "history", text: text), commands: commands, libraries: FileLibraries()
      ).diagnostics
    }
    return .value(.string(script.text))
  }

  private func chosen(_ call: Call) throws -> [HistoryEntry] {
    // The line that runs this is no news.
    var entries = try load().filter { !($0.code == nil && $0.isOfThisProcess) }
    if call.isSet("failed") { entries = entries.filter { ($0.code ?? 0) != 0 } }
    if case .duration(let age)? = call.flag("since") {
      let start = Clock.microseconds() - age
      entries = entries.filter { $0.time * 1_000_000 >= start }
    }
    if let profile = call.flag("profile")?.stringValue {
      entries = entries.filter { $0.profile == profile }
    }
    if let query = call.flag("query")?.stringValue?.lowercased() {
      entries = entries.filter { $0.command.lowercased().contains(query) }.distinct
    }
    guard let last = call.flag("last")?.intValue else { return entries }
    guard last >= 0 else {
      throw Failure(
        .usage, "'--last' must be a number from 0, not \(last)", exitCode: ExitCode.usage)
    }
    return entries.suffix(last)
  }

  private func load() throws -> [HistoryEntry] {
    do throws(HistoryFile.Failure) {
      return try HistoryFile(path: services.historyFile).load()
    } catch {
      throw Failure(
        .unknown, "can't read \(error.path): \(String(cString: strerror(error.errno)))")
    }
  }

  private static let shape = Shape(columns)

  private static func value(_ entry: HistoryEntry) -> Value {
    .record(
      Record(
        shape: shape,
        wireValues: [
          .datetime(entry.time * 1_000_000), entry.duration.map { .duration($0 * 1000) } ?? .null,
          entry.code.map(Value.int) ?? .null, entry.profile.map(Value.string) ?? .null,
          .string(entry.command),
        ]))
  }
}
