import CEditline
import Glibc

/// One editor on one terminal: libedit decides what keys do to the text, this draws it and adds what
/// libedit lacks. To be used on one thread only.
final class EditorEngine {
  let configuration: EditorConfiguration
  let delegate: any LineEditorDelegate
  let handle: EditLineHandle
  let buffer: EditBuffer
  let bindings: KeyBindings
  let input: TerminalInput
  let board: MessageBoard
  let history: History

  var display: TerminalDisplay
  var decoder: InputDecoder
  /// Characters that libedit hasn't asked for yet.
  var keys: [UInt32] = []
  var pastes: [String] = []
  var undo = UndoHistory()
  var walk = HistoryWalk()
  var menu: [MenuLine] = []
  /// The candidates that this key has listed, and the key before it.
  var listed: CandidateChoice?
  var listedBefore: CandidateChoice?
  /// What a running search has found, in scalars of the text.
  var match: Range<Int>?
  var isSearching = false
  /// Whether a candidate stands in the text that may yet be another one.
  var isChoosing = false
  var rings = false
  var rawMode: RawMode?
  /// How the read ends, and the text it leaves on the terminal.
  var ending: (result: ReadResult, text: [Unicode.Scalar])?

  /// Nil, with errno, when libedit can't be set up.
  init?(
    configuration: EditorConfiguration, history: History, delegate: any LineEditorDelegate,
    input: TerminalInput, output: TerminalOutput, board: MessageBoard
  ) {
    guard let handle = EditLineHandle(program: configuration.program) else { return nil }
    self.configuration = configuration
    self.history = history
    self.delegate = delegate
    self.handle = handle
    self.input = input
    self.board = board
    buffer = EditBuffer(editLine: handle.editLine)
    bindings = KeyBindings(
      handle, program: configuration.program, editrc: configuration.editrc)
    display = TerminalDisplay(output: output)
    decoder = InputDecoder(escapeTimeout: configuration.escapeTimeout)
    ced_set_client_data(handle.editLine, Unmanaged.passUnretained(self).toOpaque())
    ced_set_reader(handle.editLine) { editLine, character in
      guard let engine = EditorEngine.of(editLine), let key = engine.nextKeyForLibedit() else {
        return 0
      }
      character?.pointee = wchar_t(bitPattern: key)
      return 1
    }
  }

  static func of(_ editLine: OpaquePointer?) -> EditorEngine? {
    guard let editLine, let engine = ced_client_data(editLine) else { return nil }
    return Unmanaged<EditorEngine>.fromOpaque(engine).takeUnretainedValue()
  }

  /// Reads until the text is accepted or the read ends otherwise; the terminal's mode is changed for
  /// that time only.
  func readLine() -> ReadResult {
    guard handle.isEditing else {
      // `edit off` in the settings.
      let reader = PlainInput(input: input, output: display.output, board: board)
      return reader.readLine(prompt: delegate.prompt().text)
    }
    guard let mode = RawMode(entering: input.descriptor) else { return .failed(errno: errno) }
    rawMode = mode
    mode.copyCharacters(to: handle.terminal)
    let signals = [SIGWINCH, SIGCONT]
    input.wakePipe.relay(signals)
    board.beginReading()
    defer {
      board.endReading()
      input.wakePipe.stopRelay(signals)
      mode.leave()
      rawMode = nil
    }
    restart()
    if Task.isCancelled { ending = (.interrupted, []) }
    let line = handle.readLine()
    return finish(line: line)
  }

  private func restart() {
    ending = nil
    menu = []
    match = nil
    rings = false
    _ = handle.takeBell()
    undo.restart()
    history.refresh()
    walk = HistoryWalk(commands: history.commands)
    display.begin(usesStyles: configuration.usesStyles)
  }

  /// `line` is what libedit returned; our own commands have noted more in `ending`.
  private func finish(line: String?) -> ReadResult {
    let ended = ending ?? line.map { (.line($0), Array($0.unicodeScalars)) } ?? (.endOfInput, [])
    ending = nil
    menu = []
    match = nil
    switch ended.result {
    case .hangup, .failed: display.abandon()
    case .line, .endOfInput: display.finish(finalView(of: ended.text), mark: "")
    case .interrupted: display.finish(finalView(of: ended.text), mark: "^C")
    }
    return ended.result
  }
}
