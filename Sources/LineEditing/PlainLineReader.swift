/// Lines from a descriptor without editing, on a thread of their own.
///
/// Reads byte by byte: what follows a line belongs to the program that reads next.
package actor PlainLineReader {
  private let thread: EditorThread
  private let plainInput: PlainInput

  nonisolated package var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Nil when the system has no pipe or thread left.
  package init?(input: Int32 = 0, output: Int32 = 1) {
    guard let wakePipe = WakePipe(), let thread = EditorThread() else { return nil }
    self.thread = thread
    let output = TerminalOutput(descriptor: output)
    plainInput = PlainInput(
      input: TerminalInput(descriptor: input, wakePipe: wakePipe), output: output,
      board: MessageBoard(output: output, wakePipe: wakePipe))
  }

  deinit { thread.stop() }

  /// The next line; a last one without newline counts. Without a terminal `prompt` should be empty.
  package func readLine(prompt: String = "") async -> ReadResult {
    let board = plainInput.board
    return await withTaskCancellationHandler {
      plainInput.readLine(prompt: prompt)
    } onCancel: {
      board.cancel()
    }
  }

  /// Ends the read in progress with `.interrupted`.
  nonisolated package func cancel() { plainInput.board.cancel() }

  /// Prints a line of its own, also while a read waits.
  nonisolated package func post(_ text: String) { plainInput.board.post(text) }
}
