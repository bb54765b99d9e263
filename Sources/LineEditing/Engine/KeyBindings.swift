import CEditline

/// The keys of one libedit: the defaults, then the user's settings.
struct KeyBindings {
  private let handle: EditLineHandle
  private let program: String
  /// Sequences that do something, as they come after ESC; any other is dropped whole.
  private var sequences: Set<[UInt8]> = []

  init(_ handle: EditLineHandle, program: String, editrc: String?) {
    self.handle = handle
    self.program = program
    for command in EditorCommand.all {
      ced_add_command(handle.editLine, command.name, "snapsh", command.function)
    }
    handle.run(["bind", "-e"])
    bindDefaults()
    if let editrc { source(editrc) }
  }

  private mutating func bindDefaults() {
    for binding in DefaultBindings.bindings(vi: ced_is_vi(handle.editLine)) {
      handle.run(binding.words)
    }
    sequences = Set(DefaultBindings.sequences.map { Array($0.0.utf8) })
  }

  /// A line that libedit refuses is passed over, for the file may be meant for another version.
  private mutating func source(_ path: String) {
    for line in SettingsFile.lines(at: path) {
      guard let words = handle.words(of: line) else { continue }
      let command = EditrcCommand(words: words) { ced_program_matches(program, $0) }
      guard let command else { continue }
      let accepted = handle.run(command.words)
      if command.selectsKeyMap { bindDefaults() }
      if accepted, let sequence = command.sequence { sequences.insert(sequence) }
    }
  }

  /// The characters that libedit gets for a key's sequence, nil when the key does nothing. Arrows of
  /// a keypad in application mode (SS3) do what the others do.
  func key(sequence: [UInt8]) -> [UInt8]? {
    if sequences.contains(sequence) { return EightBitKey.bytes(sequence: sequence) }
    let normal = [UInt8(ascii: "[")] + sequence.dropFirst()
    return sequences.contains(normal) ? EightBitKey.bytes(sequence: normal) : nil
  }
}
