import Glibc
import SnapCommands
import SnapCompletion
import SnapLanguage
import SnapRun
import Synchronization

/// Runs texts of the language in a session: checks them, asks once for each statement, reports.
///
/// It belongs to one thread at a time.
final class ScriptRunner: @unchecked Sendable {
  let session: Session
  private let commands: CommandLookup
  private let functions: FunctionSignatures
  private let interpreter: Interpreter
  /// Nil in a run without a prompt.
  private let prompt: PromptState?
  /// The files that `source` has begun and that have not come to their end.
  private var sourcing: [String] = []

  init(
    session: Session, commands: CommandLookup, functions: FunctionSignatures,
    prompt: PromptState? = nil
  ) {
    self.prompt = prompt
    self.session = session
    self.commands = commands
    self.functions = functions
    interpreter = Interpreter(host: session)
  }

  /// Runs a script, which sees `arguments` in `$args` and in its `main`.
  func runScript(_ source: SourceText, arguments: [String], kind: RunHeader.Kind) -> Int32 {
    interpreter.declareArguments(arguments)
    return run(RunText(kind: kind, source: source, arguments: arguments))
  }

  /// Runs a text and gives the exit code; errors have been reported.
  func run(_ text: RunText) -> Int32 {
    let (source, arguments) = (text.source, text.arguments)
    let isPrompt = text.kind == .prompt
    // What failed has declared nothing.
    defer { functions.update(from: interpreter.scope) }
    do throws(Program.Rejection) {
      let program = try Program(
        source, commands: commands, scope: interpreter.scope, isPrompt: isPrompt,
        libraries: FileLibraries())
      functions.update(from: interpreter.scope)
      if let refusal = refusal(of: arguments, program) {
        session.console.report(refusal)
        return ExitCode.usage
      }
      if let main = program.main, !isPrompt, arguments.contains("--help") {
        return ending {
          try session.show(.value(.string(HelpText.page(main.signature, script: source.name))))
        }
      }
      session.begin(text)
      let code = ending { try run(program, isPrompt: isPrompt, arguments) }
      session.end(exitCode: code)
      return code
    } catch {
      session.console.report(error.diagnostics)
      return ExitCode.usage
    }
  }

  /// Words that a script would never see are a mistake, and a dangerous one when they were meant as
  /// options of snapsh.
  private func refusal(of arguments: [String], _ program: Program) -> Failure? {
    guard let first = arguments.first, program.main == nil, !program.usesArguments else {
      return nil
    }
    return Failure(
      .usage, "the script takes no arguments, and got '\(first)'; nothing was run",
      help: first.hasPrefix("-")
        ? "options of snapsh stand before the script" : "it would see them in $args or fn main(…)")
  }

  /// The diagnostics of a text, which is not run.
  func check(_ source: SourceText) -> [Diagnostic] {
    Analysis(source, commands: commands, libraries: FileLibraries()).diagnostics
  }

  private func run(_ program: Program, isPrompt: Bool, _ arguments: [String]) throws {
    defer { if isPrompt { functions.note(interpreter.variables) } }
    try interpreter.run(program, around: asking)
    if !isPrompt, let main = program.main {
      try interpreter.runMain(main, words: arguments, around: asking)
    }
  }

  /// A statement that may change several things is first run without changing anything, so that a
  /// person sees all of it at once. What turns up later all the same is asked about then.
  private func asking(_ statement: StatementRun) throws {
    var isWell = false
    defer { session.endStatement(well: isWell) }
    if session.needsPreview(of: statement) {
      let preview = Preview(session)
      defer { preview.end() }
      var isWhole = true
      do { try statement.preview(preview) } catch is Failure {
        // It fails in earnest as well, or takes another way there; what was found is asked about.
        isWhole = false
      }
      try session.agree(toPreviewed: preview.groups, isWhole: isWhole)
    }
    try statement.run()
    while let path = prompt?.takeSource() { try runFile(path) }
    isWell = true
  }

  /// Runs what stands in the file in place of a line of the prompt.
  private func runFile(_ path: String) throws {
    let source = try ScriptFile.read(path)
    guard !sourcing.contains(path) else {
      throw Failure(
        .usage, "'\(path)' sources itself", help: (sourcing + [path]).joined(separator: " → "))
    }
    sourcing.append(path)
    defer { sourcing.removeLast() }
    let program = try Program(
      source, commands: commands, scope: interpreter.scope, isPrompt: true,
      libraries: FileLibraries())
    functions.update(from: interpreter.scope)
    if let change = program.firstChange, prompt?.isStarting == true {
      throw Failure(
        .denied, "what runs at every start can't change anything in the cloud",
        help: "put it into a function, and call that at the prompt", at: change)
    }
    try interpreter.run(program, around: asking)
  }

  /// Runs the file that is run at every start, when it is there.
  func runStartFile(_ path: String) -> Int32 {
    guard access(path, F_OK) == 0 else { return ExitCode.done }
    prompt?.isStarting = true
    defer { prompt?.isStarting = false }
    session.begin(RunText(kind: .prompt, source: SourceText(name: path, text: "")))
    return ending { try runFile(path) }
  }

  func hasFunction(_ name: String) -> Bool { interpreter.scope.functions[name] != nil }

  /// What the session's function gives for one argument.
  func result(of name: String, for argument: Value, host: any Host) throws -> Value? {
    try interpreter.result(of: name, for: argument, host: host)
  }

  private func ending(_ body: () throws -> Void) -> Int32 {
    defer { prompt?.forgetSources() }
    do {
      try body()
      return ExitCode.done
    } catch let rejection as Program.Rejection {
      session.console.report(rejection.diagnostics)
      return ExitCode.usage
    } catch let failure as Failure {
      if case .cancelled = failure.kind, session.cancellation.isCancelled { return interrupted() }
      session.showResults(of: failure)
      session.console.report(failure.withoutObviousPlace)
      return failure.exitCode ?? ExitCode.failed
    } catch let stop as RunStopped {
      session.console.report(stop.failure)
      return stop.failure.exitCode ?? ExitCode.failed
    } catch let exit as ExitRequest {
      exitRequest = exit.code
      return exit.code
    } catch is OutputClosed {
      return ExitCode.done
    } catch is Cancelled {
      return interrupted()
    } catch {
      session.console.error("unexpected: \(error)")
      return ExitCode.failed
    }
  }

  private func interrupted() -> Int32 {
    // Over the ^C that the terminal has shown.
    session.console.signal("\r")
    session.console.note(
      session.hasChanged ? "interrupted; what the cloud accepted goes on there" : "interrupted")
    return ExitCode.interrupted
  }

  /// The code that `exit` asked for.
  private(set) var exitRequest: Int32?
}

extension Failure {
  /// Without its place when that is the whole of what was typed and nothing else.
  fileprivate var withoutObviousPlace: Failure {
    guard let span, span.source.name.hasPrefix("<"), trace.isEmpty else { return self }
    let typed = span.source.text(0..<span.source.bytes.count)
    guard typed.drop(while: \.isWhitespace).hasPrefix(span.text),
      typed.filter({ !$0.isWhitespace }).count == span.text.filter({ !$0.isWhitespace }).count
    else { return self }
    var failure = self
    failure.span = nil
    return failure
  }
}

/// The session's own functions and variables, for help and completion on other threads.
final class FunctionSignatures: Sendable {
  private struct State {
    var functions: [Signature] = []
    var variables: [String] = []
    var names = LineCheck.Names(GlobalScope())
    var fields: [String: VariableFields] = [:]
  }

  private let state = Mutex(State())

  var all: [Signature] { state.withLock { $0.functions } }
  var variables: [String] { state.withLock { $0.variables } }
  /// For the check of the next line.
  var names: LineCheck.Names { state.withLock { $0.names } }

  func update(from scope: GlobalScope) {
    // A library's functions are called by the name that it is used as.
    let functions = scope.functions.map { name, function in
      var signature = function.signature
      signature.name = name
      return signature
    }
    let (variables, names) = (scope.variableNames, LineCheck.Names(scope))
    state.withLock { state in
      (state.functions, state.variables, state.names) = (functions, variables, names)
    }
  }

  /// What the variables hold after a line.
  func note(_ values: [String: Value]) {
    let fields = values.compactMapValues(VariableFields.init)
    state.withLock { $0.fields = fields }
  }

  func fields(of variable: String) -> VariableFields? { state.withLock { $0.fields[variable] } }
}
