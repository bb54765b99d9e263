import CEditline
import Glibc

/// Reads lines that a person edits on a terminal.
///
/// Runs on a thread of its own, where libedit lives. Between two reads the terminal is in the mode in
/// which it was found, so that Ctrl-C raises SIGINT then.
package actor LineEditor {
  private let thread: EditorThread
  private let configuration: EditorConfiguration
  private let history: History
  private let delegate: any LineEditorDelegate
  private let input: TerminalInput
  private let output: TerminalOutput
  private let board: MessageBoard
  private var engine: EditorEngine?

  nonisolated package var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Nil when `input` and `output` aren't both a terminal that can be drawn on; `PlainLineReader`
  /// reads there.
  package init?(
    configuration: EditorConfiguration, history: History, delegate: any LineEditorDelegate,
    input: Int32 = 0, output: Int32 = 1
  ) {
    guard isatty(input) == 1, isatty(output) == 1, Self.canDraw(on: getenv("TERM")),
      access("/dev/ptmx", R_OK | W_OK) == 0, let wakePipe = WakePipe(),
      let thread = EditorThread()
    else { return nil }
    self.thread = thread
    self.configuration = configuration
    self.history = history
    self.delegate = delegate
    self.input = TerminalInput(descriptor: input, wakePipe: wakePipe)
    self.output = TerminalOutput(descriptor: output)
    board = MessageBoard(output: self.output, wakePipe: wakePipe)
  }

  deinit { thread.stop() }

  private static func canDraw(on name: UnsafePointer<CChar>?) -> Bool {
    guard let name else { return false }
    return !["", "dumb", "unknown", "emacs"].contains(String(cString: name))
  }

  /// A cancelled task ends the read with `.interrupted`.
  package func readLine() async -> ReadResult {
    // The closure names `self`: else it would leave the actor and with it the editor's thread.
    await withTaskCancellationHandler {
      self.readOnOwnThread()
    } onCancel: {
      self.cancel()
    }
  }

  private func readOnOwnThread() -> ReadResult {
    guard let engine = startedEngine() else { return .failed(errno: errno) }
    return engine.readLine()
  }

  /// Prints a line of its own above the prompt, from any thread.
  nonisolated package func post(_ text: String) { board.post(text) }

  /// Ends the read in progress with `.interrupted`.
  nonisolated package func cancel() { board.cancel() }

  private func startedEngine() -> EditorEngine? {
    if engine == nil {
      engine = EditorEngine(
        configuration: configuration, history: history, delegate: delegate, input: input,
        output: output, board: board)
    }
    return engine
  }
}
