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
    // The closure names `self`: else it would leave the actor and block a thread of the pool.
    await withTaskCancellationHandler {
      self.readOnOwnThread(prompt)
    } onCancel: {
      self.cancel()
    }
  }

  private func readOnOwnThread(_ prompt: String) -> ReadResult {
    plainInput.readLine(prompt: prompt)
  }

  /// Ends the read in progress with `.interrupted`.
  nonisolated package func cancel() { plainInput.board.cancel() }

  /// Prints a line of its own, also while a read waits.
  nonisolated package func post(_ text: String) { plainInput.board.post(text) }
}
