import CEditline

/// The text that libedit edits; offsets count Unicode scalars, libedit's own unit.
struct EditBuffer {
  let editLine: OpaquePointer

  var count: Int {
    guard let line = el_wline(editLine)?.pointee else { return 0 }
    return line.lastchar - line.buffer
  }

  var cursor: Int {
    guard let line = el_wline(editLine)?.pointee else { return 0 }
    return line.cursor - line.buffer
  }

  var text: [Unicode.Scalar] {
    guard let line = el_wline(editLine)?.pointee else { return [] }
    return UnsafeBufferPointer(start: line.buffer, count: line.lastchar - line.buffer).map {
      Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{fffd}"
    }
  }

  func move(to offset: Int) { el_cursor(editLine, Int32(offset - cursor)) }

  /// libedit's `ed-move-to-end`, vi's `$`, leaves the cursor before the start of an empty text, and the
  /// next insertion would write there.
  func repairCursor() {
    let cursor = cursor
    if cursor < 0 { el_cursor(editLine, Int32(-cursor)) }
  }

  /// False, with nothing changed, when the text would outgrow libedit's window.
  func insert(_ added: [Unicode.Scalar]) -> Bool {
    guard FakeWindow.fits(text, inserting: added) else { return false }
    let wide = added.filter { $0 != "\0" }.map { wchar_t(bitPattern: $0.value) }
    return wide.isEmpty || el_winsertstr(editLine, wide + [0]) == 0
  }

  /// libedit deletes before the cursor only, and its replacing function can't reach the end.
  func delete(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    move(to: range.upperBound)
    el_deletestr(editLine, Int32(range.count))
  }

  func replace(_ range: Range<Int>, with added: [Unicode.Scalar]) -> Bool {
    delete(range)
    move(to: range.lowerBound)
    return insert(added)
  }

  func set(_ text: [Unicode.Scalar], cursor: Int) -> Bool {
    guard replace(0..<count, with: text) else { return false }
    move(to: cursor)
    return true
  }
}
