package struct EditorConfiguration: Sendable {
  /// The name that `PROGRAM:` prefixes in editrc(5) are compared with.
  package var program: String
  /// Nil: the history lives as long as the editor.
  package var historyFile: String?
  /// Commands kept, in memory and in the file.
  package var historyLimit: Int
  /// Nil: no settings file is read.
  package var editrc: String?
  /// Whether the newest command of the history that begins with the text is suggested.
  package var suggestsFromHistory: Bool
  /// False: the editor itself uses neither colour nor dim text, and so suggests nothing.
  package var usesStyles: Bool
  /// Milliseconds that a lone ESC waits for the rest of a key's sequence.
  package var escapeTimeout: Int32

  package init(
    program: String, historyFile: String? = nil, historyLimit: Int = 10_000,
    editrc: String? = EditorConfiguration.defaultEditrc, suggestsFromHistory: Bool = true,
    usesStyles: Bool = true, escapeTimeout: Int32 = 30
  ) {
    self.program = program
    self.historyFile = historyFile
    self.historyLimit = historyLimit
    self.editrc = editrc
    self.suggestsFromHistory = suggestsFromHistory
    self.usesStyles = usesStyles
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
