import SnapLanguage
import Synchronization

/// What became of a text.
struct Ran: Sendable {
  var shown: [String] = []
  var performed: [String] = []
  var noted: [Failure] = []
  var failure: Failure?
  var isCancelled = false
  /// `line:column-end: message (help)` of each error; nothing ran when there is one.
  var errors: [String] = []
}

/// One session: several texts over the same variables, as at a prompt.
final class TestSession: @unchecked Sendable {
  private let commands: CommandLookup
  private let libraries: TestLibraries
  private let isPrompt: Bool
  private var interpreter: Interpreter
  private let scopeHost = TestHost()

  init(
    commands: [TestCommand] = [], libraries: [String: String] = [:], isPrompt: Bool = true
  ) {
    self.commands = TestCommands.lookup(commands)
    self.libraries = TestLibraries(texts: libraries)
    self.isPrompt = isPrompt
    interpreter = Interpreter(host: scopeHost)
  }

  /// Runs `text`; what is shown counts from its beginning.
  func run(_ text: String, arguments: [String]? = nil) async -> Ran {
    await InterpreterThread.run { [self] in runHere(text, arguments) }
  }

  private func runHere(_ text: String, _ arguments: [String]?) -> Ran {
    var ran = Ran()
    let before = (scopeHost.shown.count, scopeHost.performed.count, scopeHost.noted.count)
    if let arguments, !isPrompt { interpreter.declareArguments(arguments) }
    do {
      let program = try Program(
        SourceText(name: "test.snap", text: text), commands: commands, scope: interpreter.scope,
        isPrompt: isPrompt, libraries: libraries)
      try interpreter.run(program)
      if let arguments, let main = program.main {
        try interpreter.runMain(main, words: arguments) { try $0.run() }
      }
    } catch let rejection as Program.Rejection {
      ran.errors = rejection.diagnostics.map(\.line)
    } catch let failure as Failure {
      ran.failure = failure
    } catch is Cancelled {
      ran.isCancelled = true
    } catch {
      ran.errors = ["unexpected: \(error)"]
    }
    ran.shown = Array(scopeHost.shown.dropFirst(before.0))
    ran.performed = Array(scopeHost.performed.dropFirst(before.1))
    ran.noted = Array(scopeHost.noted.dropFirst(before.2))
    return ran
  }
}

/// Runs a script in a session of its own.
func run(
  _ text: String, arguments: [String]? = nil, commands: [TestCommand] = [],
  libraries: [String: String] = [:]
) async -> Ran {
  await TestSession(commands: commands, libraries: libraries, isPrompt: false)
    .run(text, arguments: arguments)
}

/// The errors of a script, as `Ran.errors` has them.
func errors(_ text: String, libraries: [String: String] = [:]) -> [String] {
  do {
    _ = try Program(
      SourceText(name: "test.snap", text: text), commands: TestCommands.lookup(),
      scope: GlobalScope(), isPrompt: false, libraries: TestLibraries(texts: libraries))
    return []
  } catch {
    return error.diagnostics.map(\.line)
  }
}
