import CEditline
import Glibc
import SnapCommands
import SnapLanguage
import SnapPlugins
import SnapRun

/// Runs with nobody at a prompt: a script, code, a command, or checks.
struct Batch: Sendable {
  let session: Session
  let runner: ScriptRunner
  /// The names of the commands, for a mistyped one.
  let commands: [String]
  let plugins: InstalledPlugins

  func run(_ action: Invocation.Action) async -> Int32 {
    let (session, runner) = (session, runner)
    Signals.onStop {
      if session.cancellation.isCancelled {
        session.console.line("stopped without waiting; what was sent may still be carried out")
        ced_leave(ExitCode.interrupted)
      }
      session.cancellation.cancel()
    }
    return await InterpreterThread.run {
      do {
        switch action {
        case .script(let name, let arguments) where isPlugin(name):
          let wantsHelp = name.contains(".") && arguments.contains { $0 == "--help" || $0 == "-h" }
          let words = CommandText(wantsHelp ? ["help", name] : [name] + arguments).text
          let source = SourceText(name: "<command line>", text: words)
          return runner.run(RunText(kind: .prompt, source: source))
        case .script(let path, let arguments):
          let source = try script(path)
          let lock = try ScriptLock(path, arguments, session.settings)
          defer { lock?.free() }
          return runner.runScript(source, arguments: arguments, kind: .script)
        case .code(let code, let arguments):
          let source = SourceText(name: "<code>", text: code)
          return runner.runScript(source, arguments: arguments, kind: .code)
        case .shell:
          return runner.runScript(try ScriptFile.standardInput(), arguments: [], kind: .code)
        case .standardInput(let arguments):
          return runner.runScript(
            try ScriptFile.standardInput(), arguments: arguments, kind: .code)
        case .command(let words):
          let source = SourceText(name: "<command line>", text: CommandText(words).text)
          return runner.run(RunText(kind: .prompt, source: source))
        case .check(let files): return try Check(session: session, runner: runner).run(files)
        case .format, .serve, .languageServer, .manual, .completions, .complete, .help, .version:
          return ExitCode.usage
        }
      } catch {
        let failure = error as? Failure ?? Failure(.unknown, "\(error)")
        session.console.report(failure)
        return failure.exitCode ?? ExitCode.usage
      }
    }
  }

  /// Whether a word that names no file is the command of a plugin.
  private func isPlugin(_ name: String) -> Bool {
    guard !name.contains("/"), !name.hasSuffix(".snap"), access(name, F_OK) != 0 else {
      return false
    }
    return plugins.names().contains(name)
  }

  /// - Throws: `Failure`; a word that is neither a file nor a command gets what it may have meant.
  private func script(_ path: String) throws -> SourceText {
    if !path.contains("/"), !path.hasSuffix(".snap"), access(path, F_OK) != 0 {
      throw Failure(
        .usage, "there is neither a command nor a file '\(path)'",
        help: Suggestions.help(for: path, among: commands + plugins.names())
          ?? "'snapsh --help' lists the commands",
        exitCode: ExitCode.usage)
    }
    return try ScriptFile.read(path)
  }
}

/// The words of a command line as a statement of the language.
struct CommandText {
  let words: [String]

  init(_ words: [String]) { self.words = words }

  var text: String { words.map(Self.quoted).joined(separator: " ") }

  /// Plain words stay as they are, so that numbers remain numbers; the others are quoted.
  private static func quoted(_ word: String) -> String {
    if word.hasPrefix("--"), let equal = word.firstIndex(of: "=") {
      return word[...equal] + quoted(String(word[word.index(after: equal)...]))
    }
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"):
          true
        default: false
        }
      }
    if isPlain { return word }
    if !word.contains("'") { return "'\(word)'" }
    var out = "\""
    for character in word {
      if "\"\\$".contains(character) { out += "\\" }
      out.append(character)
    }
    return out + "\""
  }
}
