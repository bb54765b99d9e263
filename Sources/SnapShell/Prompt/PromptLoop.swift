import CEditline
import Glibc
import LineEditing
import SnapCommands
import SnapLanguage
import SnapRun
import Synchronization

/// The interactive shell: a line, its run, the next line.
struct PromptLoop: Sendable {
  let session: Session
  let runner: ScriptRunner
  let delegate: PromptDelegate
  let history: History
  let secrets: Secrets
  let externalEditor: String
  let greeting: Greeting

  /// - Returns: the exit code.
  func run() async -> Int32 {
    let configuration = EditorConfiguration(
      program: "snapsh", usesStyles: delegate.isColored, externalEditor: externalEditor)
    if let editor = LineEditor(
      configuration: configuration, history: history, delegate: delegate)
    {
      return await run(editor)
    }
    guard let reader = PlainLineReader() else {
      session.console.error("no terminal can be read")
      return ExitCode.failed
    }
    return await run(reader)
  }

  private func run(_ editor: LineEditor) async -> Int32 {
    watchSignals { editor.cancel() }
    session.console.note(greeting.text)
    if let code = await runStartFile() { return code }
    while true {
      await delegate.ownPrompt.refresh(runner, session.console)
      switch await editor.readLine() {
      case .line(let text):
        guard !text.allSatisfy(\.isWhitespace) else { continue }
        if let code = await execute(text) { return code }
      case .interrupted: if isStopped { return ExitCode.interrupted }
      case .endOfInput: return ExitCode.done
      case .hangup: return ExitCode.interrupted
      case .failed(let code):
        session.console.error("the terminal failed: \(String(cString: strerror(code)))")
        return ExitCode.failed
      }
    }
  }

  /// A terminal that can't be drawn on: plain lines, joined until they are complete.
  private func run(_ reader: PlainLineReader) async -> Int32 {
    watchSignals { reader.cancel() }
    let isReading = isReading
    Signals.onInterrupt {
      if isReading.isSet { reader.cancel() } else { interrupt() }
    }
    if let code = await runStartFile() { return code }
    var text = ""
    while true {
      if text.isEmpty { await delegate.ownPrompt.refresh(runner, session.console) }
      let prompt = delegate.prompt()
      isReading.withLock { $0 = true }
      let read = await reader.readLine(prompt: text.isEmpty ? prompt.text : prompt.continuation)
      isReading.withLock { $0 = false }
      switch read {
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        guard delegate.isComplete(text) else { continue }
        let whole = text
        text = ""
        if let code = await execute(whole) { return code }
      case .interrupted:
        text = ""
        if isStopped { return ExitCode.interrupted }
        // Behind the ^C that the terminal has shown.
        session.console.signal("\n")
      case .endOfInput, .hangup: return ExitCode.done
      case .failed: return ExitCode.failed
      }
    }
  }

  /// The exit code when the line ended the session.
  private func execute(_ text: String) async -> Int32? {
    let console = session.console
    let entry = begin(text)
    _ = console.takeAttendedTime()
    let (exit, code, took) = await execute {
      $0.run(RunText(kind: .prompt, source: SourceText(name: "<prompt>", text: text)))
    }
    if let entry {
      let (seconds, fraction) = took.components
      history.end(
        entry, duration: Int(seconds) * 1000 + Int(fraction / 1_000_000_000_000_000),
        code: Int(code))
    }
    let notice = EndNotice(session.settings.notify, after: session.settings.notifyAfter)
    let worked = took - console.takeAttendedTime()
    if let codes = notice.codes(took: worked, line: text, code: code) { console.signal(codes) }
    return exit
  }

  /// Runs `rc.snap`; the shell starts whatever it says, unless it leaves by `exit`.
  private func runStartFile() async -> Int32? {
    let settings = session.settings
    guard settings.readsStartFile else { return nil }
    return await execute { $0.runStartFile("\(settings.folders.config)/rc.snap") }.exit
  }

  private func execute(
    _ body: @escaping @Sendable (ScriptRunner) -> Int32
  ) async -> (exit: Int32?, code: Int32, took: Duration) {
    session.cancellation.reset()
    isLeaving.withLock { $0 = false }
    let (runner, clock) = (runner, ContinuousClock())
    let start = clock.now
    let code = await InterpreterThread.run { body(runner) }
    let took = clock.now - start
    delegate.ownPrompt.note(code: code, took: took)
    return (runner.exitRequest ?? (isStopped ? ExitCode.interrupted : nil), code, took)
  }

  /// Notes the line before it runs; nil when it isn't kept.
  private func begin(_ text: String) -> String? {
    guard !secrets.areSeen(in: text) else {
      if secrets.isFirst {
        session.console.note("a line that seems to hold a secret is not kept in the history")
      }
      return nil
    }
    return history.begin(text, at: Clock.microseconds())
  }

  private func watchSignals(_ wake: @escaping @Sendable () -> Void) {
    let (session, stopped) = (session, stopped)
    Signals.onInterrupt { interrupt() }
    for signal in [SIGTERM, SIGHUP] {
      Signals.on(signal) {
        stopped.withLock { $0 = true }
        session.cancellation.cancel()
        wake()
      }
    }
  }

  /// What Ctrl-C does while a line runs.
  private func interrupt() {
    if session.cancellation.isCancelled, session.hasChanged {
      if isLeaving.isSet {
        session.console.line("left without waiting; what was sent may still be carried out")
        ced_leave(ExitCode.interrupted)
      }
      isLeaving.withLock { $0 = true }
      session.console.note(
        "waiting for the answer to what was sent; Ctrl-C once more leaves the shell")
    }
    session.cancellation.cancel()
  }

  private final class Flag: Sendable {
    private let value = Mutex(false)
    func withLock(_ body: (inout Bool) -> Void) { value.withLock { body(&$0) } }
    var isSet: Bool { value.withLock { $0 } }
  }

  private let stopped = Flag()
  /// Whether one more Ctrl-C leaves without waiting.
  private let isLeaving = Flag()
  /// Whether a line is being read from a terminal that isn't drawn on.
  private let isReading = Flag()
  private var isStopped: Bool { stopped.isSet }

  init(
    session: Session, runner: ScriptRunner, delegate: PromptDelegate, history: History,
    secrets: Secrets, externalEditor: String, greeting: Greeting
  ) {
    self.session = session
    self.runner = runner
    self.delegate = delegate
    self.history = history
    self.secrets = secrets
    self.externalEditor = externalEditor
    self.greeting = greeting
  }
}
