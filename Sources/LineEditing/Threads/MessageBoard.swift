import Synchronization

/// What other threads want of a read in progress: text above the prompt, or its end.
final class MessageBoard: Sendable {
  private struct State {
    var reading = false
    var cancelled = false
    var messages: [String] = []
  }

  private let state = Mutex(State())
  private let output: TerminalOutput
  private let wakePipe: WakePipe

  init(output: TerminalOutput, wakePipe: WakePipe) {
    self.output = output
    self.wakePipe = wakePipe
  }

  /// Printed at once when nothing is being read.
  func post(_ message: String) {
    state.withLock { state in
      if state.reading {
        state.messages.append(message)
      } else {
        output.write(message + "\n")
      }
    }
    wakePipe.wake()
  }

  /// Nothing when nothing is being read.
  func cancel() {
    state.withLock { if $0.reading { $0.cancelled = true } }
    wakePipe.wake()
  }

  func beginReading() {
    state.withLock {
      $0.reading = true
      $0.cancelled = false
    }
  }

  func endReading() {
    state.withLock { state in
      state.reading = false
      for message in state.messages { output.write(message + "\n") }
      state.messages = []
    }
  }

  func takeMessages() -> [String] {
    state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }

  var isCancelled: Bool { state.withLock(\.cancelled) }
}
