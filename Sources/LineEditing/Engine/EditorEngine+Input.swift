import CEditline
import Glibc

extension EditorEngine {
  /// The next character for libedit's own loop. What a key left below the input goes with the next.
  func nextKeyForLibedit() -> UInt32? {
    buffer.repairCursor()
    while let key = nextKey() {
      if growsText(key), !FakeWindow.mayGrow(buffer.text) {
        rings = true
        continue
      }
      menu = []
      (listedBefore, listed) = (listed, nil)
      if isLoneEscape(key) { continue }
      return key
    }
    return nil
  }

  /// Whether Esc was pressed for itself: with Alt a key comes together with it. In emacs mode libedit
  /// would take the next key, whenever it comes, for one with Alt.
  private func isLoneEscape(_ key: UInt32) -> Bool {
    key == 0x1b && keys.isEmpty && !ced_is_vi(handle.editLine)
  }

  /// The next character, nil when the read has ended. Paints when nothing more has arrived.
  func nextKey() -> UInt32? {
    while ending == nil {
      if !keys.isEmpty { return keys.removeFirst() }
      waitForInput()
    }
    return nil
  }

  private func waitForInput() {
    var arrival = input.next(timeout: decoder.patience ?? 0)
    if arrival == .timeout, decoder.patience == nil {
      noteForUndo()
      paint()
      arrival = input.next(timeout: -1)
    }
    switch arrival {
    case .byte(let byte): decoder.feed(byte)
    case .timeout: decoder.timeOut()
    case .woken: answerNotes()
    case .endOfInput, .hangup: ending = (.hangup, [])
    case .failed(let errno): ending = (.failed(errno: errno), [])
    }
    for event in decoder.takeEvents() { enqueue(event) }
  }

  private func enqueue(_ event: InputDecoder.Event) {
    switch event {
    case .scalar(let scalar): keys.append(scalar.value)
    case .sequence(let sequence):
      keys += (bindings.key(sequence: sequence) ?? []).map(UInt32.init)
    case .paste(let text):
      pastes.append(text)
      keys.append(UInt32(EightBitKey.paste))
    }
  }

  private func answerNotes() {
    let signals = input.wakePipe.drain()
    let messages = board.takeMessages()
    if !messages.isEmpty { display.printAbove(messages) }
    if signals.contains(SIGCONT) {
      rawMode?.apply()
      display.resume()
    } else if signals.contains(SIGWINCH) {
      display.resize()
    }
    if board.isCancelled { ending = (.interrupted, buffer.text) }
  }

  /// Characters that insert themselves, and Ctrl-Y, which inserts what was killed.
  private func growsText(_ key: UInt32) -> Bool {
    key == 0x19 || key >= 0x20 && key != 0x7f && !(0x80..<0xa0).contains(key)
  }

  func noteForUndo() {
    undo.note(UndoHistory.State(text: buffer.text, cursor: buffer.cursor))
  }
}
