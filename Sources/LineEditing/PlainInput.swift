/// Reads lines as they come, for a descriptor that isn't a terminal or a terminal that can't be drawn
/// on; the terminal's own line editing applies. Blocks its thread.
struct PlainInput {
  let input: TerminalInput
  let output: TerminalOutput
  let board: MessageBoard

  func readLine(prompt: String) -> ReadResult {
    board.beginReading()
    defer { board.endReading() }
    if Task.isCancelled { return .interrupted }
    if !prompt.isEmpty { output.write(prompt) }
    var bytes: [UInt8] = []
    while true {
      switch input.next(timeout: -1) {
      case .byte(UInt8(ascii: "\n")): return .line(String(decoding: bytes, as: UTF8.self))
      case .byte(let byte): bytes.append(byte)
      case .endOfInput, .hangup:
        return bytes.isEmpty ? .endOfInput : .line(String(decoding: bytes, as: UTF8.self))
      case .failed(let errno): return .failed(errno: errno)
      case .timeout: break
      case .woken:
        _ = input.wakePipe.drain()
        let messages = board.takeMessages()
        if !messages.isEmpty { output.write(messages.map { $0 + "\n" }.joined()) }
        if board.isCancelled { return .interrupted }
      }
    }
  }
}
