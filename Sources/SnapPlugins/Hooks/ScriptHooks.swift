import SnapLanguage
import Synchronization

/// The functions `before` and `after` of a script plugin, compiled once for a session.
final class ScriptHooks: @unchecked Sendable {
  let source: SourceText
  private let lock = RecursiveLock()
  private let interpreter: Interpreter
  private let host: any Host

  /// - Throws: `Failure` when the file has errors, or anything but functions.
  init(
    _ plugin: Plugin, _ source: SourceText, commands: CommandLookup,
    libraries: any LibraryLoader, host: any Host
  ) throws {
    self.source = source
    self.host = host
    interpreter = Interpreter(host: host)
    let program: Program
    do throws(Program.Rejection) {
      program = try Program(
        source, commands: commands, scope: interpreter.scope, isPrompt: false, libraries: libraries)
    } catch {
      let first = error.diagnostics.first
      throw Failure(
        .plugin,
        "the plugin '\(plugin.name)' has errors: \(first.map { "line \($0.span.line): \($0.message)" } ?? "")",
        help: "snapsh check \(plugin.path)")
    }
    for statement in program.script.code.statements {
      switch statement.kind {
      case .function, .use: continue
      default:
        throw Failure(
          .plugin, "the plugin '\(plugin.name)' has more than functions", at: statement.span)
      }
    }
    try interpreter.run(program)
  }

  /// What the function gives for the change; nil when there is no such function.
  func result(of name: String, for change: Value, _ host: any Host) throws -> Value? {
    try lock.holding { try interpreter.result(of: name, for: change, host: host) }
  }
}
