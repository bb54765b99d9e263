package struct EditorConfiguration: Sendable {
  /// The name that `PROGRAM:` prefixes in editrc(5) are compared with.
  package var program: String
  /// Nil: no settings file is read.
  package var editrc: String?
  /// False: the editor itself uses neither colour nor dim text, and so suggests nothing.
  package var usesStyles: Bool
  /// A line for `sh` that edits the file whose name follows it.
  package var externalEditor: String
  /// Milliseconds that a lone ESC waits for the rest of a key's sequence.
  package var escapeTimeout: Int32

  package init(
    program: String, editrc: String? = EditorConfiguration.defaultEditrc, usesStyles: Bool = true,
    externalEditor: String = "vi", escapeTimeout: Int32 = 30
  ) {
    self.program = program
    self.editrc = editrc
    self.usesStyles = usesStyles
    self.externalEditor = externalEditor
    self.escapeTimeout = escapeTimeout
  }
}

/// How a read ended.
package enum ReadResult: Sendable, Equatable {
  /// The text without its last newline; a text of several lines has newlines inside.
  case line(String)
  /// Ctrl-C, `cancel`, or a cancelled task.
  case interrupted
  /// Ctrl-D on an empty line.
  case endOfInput
  /// The terminal is gone.
  case hangup
  case failed(errno: Int32)
}
